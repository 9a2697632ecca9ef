/** What was read of a map, in the order in which its keys are written: a schema has an order of its own. `map` is its value as YAML has it. */
export function inWrittenOrder<V>(read: Readonly<Record<string, V | undefined>>, map: unknown): readonly V[] {
  const keys = typeof map === 'object' && map !== null ? Object.keys(map) : []
  return keys.flatMap((key): readonly V[] => {
    const value = read[key]
    return value === undefined ? [] : [value]
  })
}
