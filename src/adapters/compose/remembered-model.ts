import * as z from 'zod/mini'
import type {ComposeModel, ComposePlace, StackModel} from '../../ports/compose.js'
import {composeState} from './compose-state.js'
import type {FileMemory} from './file-memory.js'

export interface RememberedModelOptions {
  readonly place: ComposePlace
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly memory: FileMemory
  /** Of the hash that stands for what was read. */
  readonly key: string
}

const NAMES = z.array(z.string())

export const MODEL: z.ZodMiniType<ComposeModel> = z.object({
  services: NAMES,
  profiled: NAMES,
  expected: z.array(
    z.object({service: z.string(), replicas: z.number(), isJob: z.boolean(), mayEnd: z.optional(z.boolean())}),
  ),
})

/** To ask Compose takes longer than all of `status`: what it said is taken while nothing that decides it has changed. */
export function rememberedModel(
  {place, environment, memory, key}: RememberedModelOptions,
  compose: StackModel,
): StackModel {
  const name = `model of ${place.files.join(':')}`
  return {
    model: async () => {
      const state = composeState(place, environment, key)
      if (state === null) return compose.model()
      const known = MODEL.safeParse(memory.get(name, state)?.value)
      if (known.success) return known.data
      const model = await compose.model()
      // What was edited while Compose read it is of neither state.
      if (composeState(place, environment, key) === state) memory.set(name, state, model)
      return model
    },
  }
}
