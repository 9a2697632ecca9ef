import {parse} from 'yaml'
import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import type {ComposeModel} from '../../ports/compose.js'

const DOCUMENT = z.object({
  services: z.record(z.string(), z.nullable(z.object({profiles: z.optional(z.array(z.string()))}))),
})

/**
 * The model from the document that `docker-compose config` prints: v1.29 lists services of profiles that are off as well, so
 * they are told apart here.
 */
export function modelOfDocument(text: string, activeProfiles: readonly string[]): ComposeModel {
  const document = DOCUMENT.safeParse(parse(text))
  if (!document.success)
    throw new FaciError('badAnswer', 'docker-compose config printed something else than a Compose file')
  const isOn = (profiles: readonly string[]): boolean =>
    profiles.length === 0 ||
    activeProfiles.includes('*') ||
    profiles.some((profile) => activeProfiles.includes(profile))
  const services = Object.entries(document.data.services).map(([name, service]) => ({
    name,
    on: isOn(service?.profiles ?? []),
  }))
  const named = (on: boolean): readonly string[] =>
    services
      .filter((each) => each.on === on)
      .map(({name}) => name)
      .sort()
  return {services: named(true), profiled: named(false)}
}
