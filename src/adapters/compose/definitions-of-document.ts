import {parse} from 'yaml'
import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import type {ServiceDefinition} from '../../domain/stack/service-definition.js'

const NAMES = z.nullish(z.array(z.string()))

const SERVICE = z.object({
  image: z.nullish(z.string()),
  build: z.optional(z.unknown()),
  pull_policy: z.nullish(z.string()),
  depends_on: z.nullish(z.union([z.array(z.string()), z.record(z.string(), z.unknown())])),
  links: NAMES,
  volumes_from: NAMES,
  network_mode: z.nullish(z.string()),
  ipc: z.nullish(z.string()),
  pid: z.nullish(z.string()),
})

const RESTARTED = z.object({restart: z.literal(true)})
const AWAITED = z.object({
  condition: z.enum(['service_healthy', 'service_completed_successfully']),
  required: z.optional(z.literal(true)),
})

const DOCUMENT = z.object({services: z.record(z.string(), z.nullable(SERVICE))})

type Service = z.infer<typeof SERVICE>

const PULLED_BEFORE_UP = /^(?:always|refresh|daily|weekly|every_.*)$/

function refreshed({pull_policy: policy}: Service): ServiceDefinition['refreshed'] {
  if (policy === 'build') return 'built'
  return PULLED_BEFORE_UP.test(policy ?? '') ? 'pulled' : 'no'
}

/** `web:alias`, `web:ro`, `service:web`: the service that is named. */
function dependencies({
  depends_on: wanted,
  links,
  volumes_from: volumes,
  network_mode,
  ipc,
  pid,
}: Service): readonly string[] {
  const awaited = Array.isArray(wanted) ? wanted : Object.keys(wanted ?? {})
  const shared = [network_mode, ipc, pid].flatMap((mode) => /^service:(.+)$/.exec(mode ?? '')?.[1] ?? [])
  const before = [...(links ?? []), ...(volumes ?? []).filter((name) => !name.startsWith('container:'))]
  return [...new Set([...awaited, ...shared, ...before.map((name) => name.split(':')[0] ?? name)])]
}

/** Those that it waits for and cannot do without. */
function awaits({depends_on: wanted}: Service): readonly string[] {
  if (Array.isArray(wanted)) return []
  return Object.entries(wanted ?? {}).flatMap(([service, how]) => (AWAITED.safeParse(how).success ? [service] : []))
}

/** v2 says it of the services whose network or processes it shares, too. */
function follows({depends_on: wanted}: Service): readonly string[] {
  if (Array.isArray(wanted)) return []
  return Object.entries(wanted ?? {}).flatMap(([service, how]) => (RESTARTED.safeParse(how).success ? [service] : []))
}

/** What the services of the document that `config` prints are made of; `prefix` stands before the name of an image that has none. */
export function definitionsOfDocument(text: string, prefix: string): readonly ServiceDefinition[] {
  const document = DOCUMENT.safeParse(parse(text))
  if (!document.success) throw new FaciError('badAnswer', 'Compose did not print a valid Compose file')
  return Object.entries(document.data.services).map(([service, found]) => {
    const one = found ?? {}
    return {
      service,
      image: one.image ?? `${prefix}${service}`,
      refreshed: refreshed(one),
      isBuilt: one.build !== undefined && one.build !== null,
      dependencies: dependencies(one),
      follows: follows(one),
      awaits: awaits(one),
    }
  })
}
