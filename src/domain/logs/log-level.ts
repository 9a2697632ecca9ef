/** The guide's levels, least severe first. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'critical'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

const NAMES: Readonly<Record<LogLevel, readonly string[]>> = {
  debug: ['debug', 'trace', 'verbose'],
  info: ['info', 'notice', 'information'],
  warning: ['warning', 'warn'],
  error: ['error', 'err', 'severe'],
  critical: ['critical', 'crit', 'fatal', 'panic', 'alert', 'emerg', 'emergency'],
}

const BY_NAME = new Map(LOG_LEVELS.flatMap((level) => NAMES[level].map((name) => [name, level] as const)))

/** Pino's and Bunyan's numbers: the least one of each level. */
export const LEVEL_NUMBERS: Readonly<Record<LogLevel, number>> = {
  debug: Number.NEGATIVE_INFINITY,
  info: 30,
  warning: 40,
  error: 50,
  critical: 60,
}

export function levelNamed(name: string): LogLevel | null {
  return BY_NAME.get(name.trim().toLowerCase()) ?? null
}

export function levelNumbered(value: number): LogLevel {
  return LOG_LEVELS.findLast((level) => value >= LEVEL_NUMBERS[level]) ?? 'debug'
}

export function isAtLeast(level: LogLevel, minimum: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(minimum)
}

/** Every word that stands for `minimum` or worse. */
export function namesFrom(minimum: LogLevel): readonly string[] {
  return LOG_LEVELS.filter((level) => isAtLeast(level, minimum)).flatMap((level) => NAMES[level])
}
