import * as z from 'zod/mini'

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault
  ) {
    return unwrap(schema._zod.def.innerType)
  }
  return schema
}

/** The keys that a schema knows at a path, for "did you mean"; none where anything goes. */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const here = unwrap(schema)
  const [head, ...rest] = path
  if (here instanceof z.core.$ZodObject) {
    const shape: Readonly<Record<string, z.core.$ZodType>> = here._zod.def.shape
    if (head === undefined) return Object.keys(shape)
    const next = shape[String(head)]
    return next === undefined ? [] : knownKeys(next, rest)
  }
  if (here instanceof z.core.$ZodRecord && head !== undefined) return knownKeys(here._zod.def.valueType, rest)
  return []
}
