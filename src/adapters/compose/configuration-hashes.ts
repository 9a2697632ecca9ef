import {parse} from 'yaml'
import * as z from 'zod/mini'
import {namedServices, servicesOnPrevious} from '../../domain/change/change-plan.js'
import type {StackChange} from '../../domain/change/change.js'
import {keptReference} from '../../domain/stack/kept-image.js'
import {makePrivateFolder} from '../../files/private-folder.js'
import {previousImages} from './previous-images.js'

interface ComposeQuestion {
  /** Instead of the project's own. */
  readonly files?: readonly string[]
  readonly args: readonly string[]
  /** A Compose file, for `files: ['-']`. */
  readonly input?: string
}

/** What Compose prints on stdout; null when it fails. */
export type AskCompose = (question: ComposeQuestion) => Promise<string | null>

type Hashes = Readonly<Record<string, string>>

export const ALL_PROFILES = ['--profile', '*'] as const

const DOCUMENT = z.looseObject({services: z.record(z.string(), z.looseObject({}))})

/** v2 puts a container's id into these before it hashes them, which `config` does not. */
const RUNTIME_KEYS = ['network_mode', 'ipc', 'pid'] as const

function linesOf(printed: string | null): Hashes {
  const lines = (printed ?? '').split('\n').map((line) => /^(\S+)\s+([0-9a-f]{32,})$/.exec(line.trim()))
  return Object.fromEntries(lines.flatMap((found) => (found === null ? [] : [[found[1] ?? '', found[2] ?? '']])))
}

/** A service of a profile that is off is missing from `*`, unless it is named. */
async function ofV1(ask: AskCompose, change: StackChange, files: readonly string[]): Promise<Hashes> {
  const all = linesOf(await ask({files, args: ['config', '--hash', '*']}))
  const missing = namedServices(change).filter((service) => !(service in all))
  if (missing.length === 0) return all
  return {...all, ...linesOf(await ask({files, args: ['config', '--hash', missing.join(',')]}))}
}

interface Place {
  readonly project: string
  readonly files: readonly string[]
}

/** What is kept comes from a file of its own, away from the store: a plan leaves nothing there. */
async function ofV1Overridden(ask: AskCompose, change: StackChange, {project, files}: Place): Promise<Hashes> {
  if (servicesOnPrevious(change).length === 0) return await ofV1(ask, change, files)
  const folder = makePrivateFolder({environment: process.env, store: null}, 'plan')
  try {
    const override = previousImages(change, project)
    if (override === null) return {}
    return await ofV1(ask, change, [...files, folder.write(override.name, override.text)])
  } finally {
    folder.remove()
  }
}

function withKeptImages(document: z.infer<typeof DOCUMENT>, change: StackChange, project: string): string {
  const kept = servicesOnPrevious(change).flatMap((service) => {
    const found = document.services[service]
    return found === undefined
      ? []
      : [[service, {...found, image: keptReference(project, service, 'previous')}] as const]
  })
  return JSON.stringify({...document, services: {...document.services, ...Object.fromEntries(kept)}})
}

function sharesWithService(service: Readonly<Record<string, unknown>>): boolean {
  const shares = RUNTIME_KEYS.map((key) => service[key]).some(
    (mode) => typeof mode === 'string' && mode.startsWith('service:'),
  )
  return shares || service['volumes_from'] !== undefined
}

/**
 * v2 hashes what `up` has resolved: of the files themselves `config --hash` takes `env_file` unread and comes to another hash, of the
 * document that it prints to the same one.
 */
async function ofV2(ask: AskCompose, change: StackChange, project: string): Promise<Hashes> {
  const printed = await ask({args: [...ALL_PROFILES, 'config', '--format', 'json']})
  if (printed === null) return {}
  const document = DOCUMENT.safeParse(parse(printed))
  if (!document.success) return {}
  const input = withKeptImages(document.data, change, project)
  const all = linesOf(await ask({files: ['-'], args: [...ALL_PROFILES, 'config', '--hash', '*'], input}))
  const {services} = document.data
  return Object.fromEntries(Object.entries(all).filter(([service]) => !sharesWithService(services[service] ?? {})))
}

/** Compose's hash of each service as the change would make it; a service that is missing has none that could be compared. */
export async function configurationHashes(
  ask: AskCompose,
  change: StackChange,
  {project, files, coverImageId}: Place & {readonly coverImageId: boolean},
): Promise<Hashes> {
  return coverImageId ? await ofV1Overridden(ask, change, {project, files}) : await ofV2(ask, change, project)
}
