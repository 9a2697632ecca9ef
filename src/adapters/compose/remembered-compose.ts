import * as z from 'zod/mini'
import {namedServices, servicesOnPrevious} from '../../domain/change/change-plan.js'
import type {StackChange} from '../../domain/change/change.js'
import {keptReference} from '../../domain/stack/kept-image.js'
import type {ConfigurationHashes} from '../../domain/stack/service-definition.js'
import type {Compose, ComposeDefinitions, ComposePlace} from '../../ports/compose.js'
import type {ImageTags} from '../../ports/image-tags.js'
import {type ComposeInputs, composeInputs} from './compose-inputs.js'
import {composeToolState} from './compose-tool.js'
import type {FileMemory} from './file-memory.js'
import {MODEL} from './remembered-model.js'

export interface RememberedComposeOptions {
  readonly place: ComposePlace
  /** As Compose gets it. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly memory: FileMemory
  /** Of the hash that stands for what was read. */
  readonly key: string
  readonly images: () => Promise<Pick<ImageTags, 'find'>>
}

const DEFINITIONS: z.ZodMiniType<ComposeDefinitions> = z.object({
  model: MODEL,
  definitions: z.array(
    z.object({
      service: z.string(),
      image: z.string(),
      refreshed: z.enum(['no', 'built', 'pulled']),
      isBuilt: z.boolean(),
      dependencies: z.array(z.string()),
      follows: z.array(z.string()),
      awaits: z.optional(z.array(z.string())),
    }),
  ),
})

const HASHES: z.ZodMiniType<ConfigurationHashes> = z.object({
  hashes: z.record(z.string(), z.string()),
  coverImageId: z.boolean(),
})

interface Question<T> {
  readonly key: string
  /** What decides the answer; null when that cannot be told. */
  readonly state: () => Promise<string | null>
  readonly shape: z.ZodMiniType<T>
  readonly ask: () => Promise<T>
  readonly isWhole: (answer: T) => boolean
}

/** An answer to what was changed meanwhile is of neither state: it is given, not remembered. */
async function answered<T>(memory: FileMemory, {key, state, shape, ask, isWhole}: Question<T>): Promise<T> {
  const before = await state()
  if (before === null) return await ask()
  const known = shape.safeParse(memory.get(key, before)?.value)
  if (known.success && isWhole(known.data)) return known.data
  const answer = await ask()
  if (isWhole(answer) && (await state()) === before) memory.set(key, before, answer)
  return answer
}

interface Known {
  readonly inputs: ComposeInputs
  /** Of its files and of Compose itself. */
  readonly state: string
  /** null: not asked yet. */
  readonly definitions: ComposeDefinitions | null
}

const keyOf = (what: string, {place: {project, files}}: RememberedComposeOptions): string =>
  `${what} of ${project} ${files.join(':')}`

/** null when it cannot be told whether what is remembered still holds. */
async function knownNow(options: RememberedComposeOptions, {tool}: Compose): Promise<Known | null> {
  const {place, environment, memory, key} = options
  const program = composeToolState(await tool(), environment)
  const inputs = composeInputs(place, environment, key)
  if (program === null || inputs === null) return null
  const state = `${inputs.state} ${program}`
  const known = DEFINITIONS.safeParse(memory.get(keyOf('definitions', options), state)?.value)
  return {inputs, state, definitions: known.success ? known.data : null}
}

/** v1.29 hashes the ids of images as well, whose names are known once the definitions are. */
async function hashesState(
  {place: {project}, images}: RememberedComposeOptions,
  known: Known | null,
  change: StackChange,
): Promise<string | null> {
  if (known === null || known.inputs.dependsOnContainers || known.definitions === null) return null
  const kept = servicesOnPrevious(change).map((service) => keptReference(project, service, 'previous'))
  const names = [...new Set([...known.definitions.definitions.map(({image}) => image), ...kept])].sort()
  const {find} = await images()
  return JSON.stringify([known.state, names, await Promise.all(names.map((name) => find(name)))])
}

/**
 * To ask docker-compose 1.29 takes about a second of a processor for each question: what Compose made of its files is taken while
 * neither they, nor a variable that they could mean, nor Compose itself, nor an image that a hash covers has changed.
 */
export function rememberedCompose(options: RememberedComposeOptions, compose: Compose): Compose {
  const {memory} = options
  const now = (): Promise<Known | null> => knownNow(options, compose)
  return {
    ...compose,
    model: async () => (await now())?.definitions?.model ?? (await compose.model()),
    definitions: () =>
      answered(memory, {
        key: keyOf('definitions', options),
        state: async () => (await now())?.state ?? null,
        shape: DEFINITIONS,
        ask: () => compose.definitions(),
        isWhole: () => true,
      }),
    hashes: (change) => {
      const named = namedServices(change)
      return answered(memory, {
        key: [keyOf('hashes', options), ...servicesOnPrevious(change).toSorted()].join(' '),
        // An engine that does not answer is told of by whoever needs it.
        state: async () => hashesState(options, await now(), change).catch(() => null),
        shape: HASHES,
        ask: () => compose.hashes(change),
        isWhole: ({hashes}) => Object.keys(hashes).length > 0 && named.every((service) => service in hashes),
      })
    },
  }
}
