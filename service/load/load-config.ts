export interface LoadConfig {
  readonly target: URL
  readonly rps: number
  /** Infinity: until it is told to stop. */
  readonly durationSeconds: number
  readonly seed: number
  readonly maxInFlight: number
}

type Variables = Readonly<Record<string, string | undefined>>

/** Throws an Error that names the variable. */
export function readLoadConfig(variables: Variables): LoadConfig {
  const target = read(variables, 'TARGET_URL') ?? 'http://proxy:8000'
  if (!URL.canParse(target) || new URL(target).protocol !== 'http:') {
    throw new Error(`TARGET_URL is "${target}"; it must look like http://host:8000`)
  }
  const duration = readNumber(variables, 'LOAD_DURATION', {fallback: 0, min: 0})
  return {
    target: new URL(target),
    rps: readNumber(variables, 'LOAD_RPS', {fallback: 20, min: 0.01}),
    durationSeconds: duration === 0 ? Infinity : duration,
    seed: readNumber(variables, 'LOAD_SEED', {fallback: 1, min: 0}),
    maxInFlight: readNumber(variables, 'LOAD_MAX_IN_FLIGHT', {fallback: 200, min: 1}),
  }
}

function read(variables: Variables, name: string): string | undefined {
  const value = variables[name]?.trim()
  return value === '' ? undefined : value
}

function readNumber(variables: Variables, name: string, rule: {fallback: number; min: number}): number {
  const value = read(variables, name)
  if (value === undefined) return rule.fallback
  const number = Number(value)
  if (Number.isFinite(number) && number >= rule.min) return number
  throw new Error(`${name} is "${value}"; it must be a number from ${String(rule.min)}`)
}
