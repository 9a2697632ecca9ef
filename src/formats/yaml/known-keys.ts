import * as z from 'zod/mini'

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodMiniOptional ||
    schema instanceof z.ZodMiniDefault ||
    schema instanceof z.ZodMiniPrefault
  ) {
    return unwrap(schema._zod.def.innerType)
  }
  // What is written, rather than what is made of it.
  if (schema instanceof z.ZodMiniPipe) return unwrap(schema._zod.def.in)
  return schema
}

/** The keys that a schema knows at a path, for "did you mean"; none where anything goes. */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const here = unwrap(schema)
  const [head, ...rest] = path
  if (here instanceof z.ZodMiniObject) {
    const shape: Readonly<Record<string, z.core.$ZodType>> = here._zod.def.shape
    if (head === undefined) return Object.keys(shape)
    const next = shape[String(head)]
    return next === undefined ? [] : knownKeys(next, rest)
  }
  if (here instanceof z.ZodMiniArray) return knownKeys(here._zod.def.element, rest)
  if (here instanceof z.ZodMiniRecord && head !== undefined) return knownKeys(here._zod.def.valueType, rest)
  return []
}
