import type * as z from 'zod/mini'
import {interpolate, type Variables} from '../formats/compose/interpolate.js'
import {parseCache} from './parse-cache.js'

export interface Environment {
  readonly environment: Variables
  /** The environment over what is in `.env`. */
  readonly variables: Variables
}

/** Every text in it with its variables put in; names of keys stay as they are. */
function interpolated(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return interpolate(value, variables)
  if (Array.isArray(value)) return value.map((item) => interpolated(item, variables))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, variables)]))
}

interface Source<S> {
  readonly file: string
  readonly text: string
  readonly schema: S
}

/** `data` as the schema has it, `value` as it is written. Throws `configInvalid` with the place of every problem. */
export async function readDocument<S extends z.core.$ZodType>(
  {file, text, schema}: Source<S & {safeParse: z.ZodMiniType['safeParse']}>,
  {environment, variables}: Environment,
  only: (value: unknown) => unknown = (value) => value,
): Promise<{readonly value: unknown; readonly data: z.output<S>}> {
  const memory = parseCache(environment)
  const remembered = memory.get(file, text)
  const {value} = remembered ?? (await import('../formats/yaml/yaml-document.js')).readYaml(file, text)
  const parsed = schema.safeParse(only(interpolated(value ?? {}, variables)), {reportInput: true})
  if (!parsed.success) {
    const {schemaError} = await import('../formats/yaml/yaml-document.js')
    throw schemaError({file, text, schema}, parsed.error.issues)
  }
  if (remembered === null) memory.set(file, text, value)
  return {value, data: parsed.data as z.output<S>}
}
