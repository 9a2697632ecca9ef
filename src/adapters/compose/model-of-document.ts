import {parse} from 'yaml'
import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import type {ExpectedService} from '../../domain/stack/expected-service.js'
import {compareText} from '../../domain/text/compare-text.js'
import type {ComposeModel} from '../../ports/compose.js'

/** A list of names, or what is said of each. */
const DEPENDENCIES = z.union([
  z.array(z.string()),
  z.record(z.string(), z.nullable(z.object({condition: z.optional(z.string())}))),
])

/** v1.29 may print a number as a text. */
const COUNT = z.nullish(z.union([z.number(), z.string()]))

const SERVICE = z.object({
  profiles: z.optional(z.array(z.string())),
  restart: z.optional(z.string()),
  scale: COUNT,
  deploy: z.nullish(
    z.object({
      mode: z.nullish(z.string()),
      replicas: COUNT,
      restart_policy: z.nullish(z.object({condition: z.nullish(z.string())})),
    }),
  ),
  depends_on: z.nullish(DEPENDENCIES),
  healthcheck: z.nullish(
    z.object({disable: z.nullish(z.boolean()), test: z.nullish(z.union([z.string(), z.array(z.unknown())]))}),
  ),
  ports: z.nullish(z.array(z.unknown())),
  provider: z.optional(z.unknown()),
})

const DOCUMENT = z.object({services: z.record(z.string(), z.nullable(SERVICE))})

type Service = z.infer<typeof SERVICE>
type Services = readonly (readonly [string, Service])[]

function isOn(profiles: readonly string[], active: readonly string[]): boolean {
  return profiles.length === 0 || active.includes('*') || profiles.some((profile) => active.includes(profile))
}

/** The services that others wait for to come to their end. */
function awaitedJobs(services: Services): ReadonlySet<string> {
  const jobs = services.flatMap(([, {depends_on: wanted}]) => {
    if (wanted === null || wanted === undefined || Array.isArray(wanted)) return []
    const all = Object.entries(wanted)
    return all.flatMap(([name, how]) => (how?.condition === 'service_completed_successfully' ? [name] : []))
  })
  return new Set(jobs)
}

/** The services that others want to run: they serve somebody. */
function servingOthers(services: Services): ReadonlySet<string> {
  const serving = services.flatMap(([, {depends_on: wanted}]) => {
    if (wanted === null || wanted === undefined) return []
    if (Array.isArray(wanted)) return wanted
    const all = Object.entries(wanted)
    return all.flatMap(([name, how]) => (how?.condition === 'service_completed_successfully' ? [] : [name]))
  })
  return new Set(serving)
}

/** Of the two, Compose takes what `deploy` says. */
function policyOf({restart, deploy}: Service): string {
  return deploy?.restart_policy?.condition ?? restart ?? ''
}

function isChecked({healthcheck}: Service): boolean {
  if (healthcheck === null || healthcheck === undefined || healthcheck.disable === true) return false
  const [first] = typeof healthcheck.test === 'string' ? [healthcheck.test] : (healthcheck.test ?? [''])
  return first !== 'NONE'
}

/** Nobody can ask it anything. */
function isSilent(document: Service): boolean {
  return !isChecked(document) && (document.ports ?? []).length === 0
}

/** Told not to be started again, and nobody can ask it anything: it does its work and ends. */
function isDeclaredJob(document: Service): boolean {
  if (document.deploy?.mode?.endsWith('-job') === true) return true
  return /^(?:no|none)$/.test(policyOf(document)) && isSilent(document)
}

interface Wants {
  readonly jobs: ReadonlySet<string>
  readonly serving: ReadonlySet<string>
}

function expectedOf([service, document]: Services[number], {jobs, serving}: Wants): ExpectedService {
  const {deploy, scale, provider} = document
  return {
    service,
    // What a provider gives, a model or a database elsewhere, has no container.
    replicas: provider === undefined ? Number(deploy?.replicas ?? scale ?? 1) : 0,
    isJob: jobs.has(service) || isDeclaredJob(document),
    mayEnd: policyOf(document).startsWith('on-failure') && isSilent(document) && !serving.has(service),
  }
}

/**
 * The model from the document that `config` prints. v1.29 lists services of profiles that are off as well, so they are told apart
 * here; v2 leaves them out.
 */
export function modelOfDocument(text: string, activeProfiles: readonly string[]): ComposeModel {
  const document = DOCUMENT.safeParse(parse(text))
  if (!document.success) throw new FaciError('badAnswer', 'Compose did not print a valid Compose file')
  const services: Services = Object.entries(document.data.services)
    .map(([name, service]): Services[number] => [name, service ?? {}])
    .sort(([one], [other]) => compareText(one, other))
  const on = services.filter(([, {profiles = []}]) => isOn(profiles, activeProfiles))
  const wants = {jobs: awaitedJobs(on), serving: servingOthers(on)}
  return {
    services: on.map(([name]) => name),
    profiled: services.filter((one) => !on.includes(one)).map(([name]) => name),
    expected: on.map((one) => expectedOf(one, wants)),
  }
}
