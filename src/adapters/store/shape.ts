/** Whether what was read is of a shape; without a library, for it is asked at every start. */
export type Check = (value: unknown) => boolean

export const text: Check = (value) => typeof value === 'string'
export const number: Check = (value) => typeof value === 'number'
export const flag: Check = (value) => typeof value === 'boolean'
export const time: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))
export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value)
export const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
export const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value)
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
export const shape =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const found: Readonly<Record<string, unknown>> = {...value}
    return Object.entries(fields).every(([name, check]) => check(found[name]))
  }
