/** `Math.max` of any number of values: as arguments of a call, more than some ten thousand overflow the stack. Without values -Infinity. */
export function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity)
}

/** `Math.min` of any number of values; without values Infinity. */
export function least(values: readonly number[]): number {
  return values.reduce((fewest, value) => Math.min(fewest, value), Infinity)
}
