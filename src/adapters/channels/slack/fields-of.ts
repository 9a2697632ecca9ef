export type Fields = Readonly<Record<string, unknown>>

/** The own fields of anything, for looking into errors whose class must not be imported just for that. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? {...value} : {}
}
