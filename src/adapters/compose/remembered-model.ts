import * as z from 'zod/mini'
import type {ComposeModel, StackModel} from '../../ports/compose.js'
import {composeState} from './compose-state.js'
import type {FileMemory} from './file-memory.js'

export interface RememberedModelOptions {
  readonly files: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly memory: FileMemory
}

const NAMES = z.array(z.string())

export const MODEL: z.ZodMiniType<ComposeModel> = z.object({
  services: NAMES,
  profiled: NAMES,
  expected: z.array(z.object({service: z.string(), replicas: z.number(), isJob: z.boolean()})),
})

/** To ask Compose takes longer than all of `status`: what it said is taken while nothing that decides it has changed. */
export function rememberedModel({files, environment, memory}: RememberedModelOptions, compose: StackModel): StackModel {
  const key = `model of ${files.join(':')}`
  return {
    model: async () => {
      const state = composeState(files, environment)
      if (state === null) return compose.model()
      const known = MODEL.safeParse(memory.get(key, state)?.value)
      if (known.success) return known.data
      const model = await compose.model()
      // What was edited while Compose read it is of neither state.
      if (composeState(files, environment) === state) memory.set(key, state, model)
      return model
    },
  }
}
