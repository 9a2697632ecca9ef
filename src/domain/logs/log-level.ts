/** The guide's levels, least severe first. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'critical'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

const NAMES: Readonly<Record<LogLevel, readonly string[]>> = {
  debug: ['debug', 'trace', 'verbose', 'dbug', 'debg', 'dbg', 'trce', 'trc', 'vrb', 'silly', 'fine', 'finer', 'finest'],
  info: ['info', 'notice', 'information', 'informational', 'inf', 'log', 'note'],
  warning: ['warning', 'warn', 'wrn'],
  error: ['error', 'err', 'severe', 'erro', 'eror', 'fail'],
  critical: ['critical', 'crit', 'fatal', 'panic', 'dpanic', 'alert', 'emerg', 'emergency', 'ftl', 'fata'],
}

const BY_NAME = new Map(LOG_LEVELS.flatMap((level) => NAMES[level].map((name) => [name, level] as const)))

const BY_LETTER = new Map<string, LogLevel>(
  Object.entries({
    D: 'debug',
    V: 'debug',
    I: 'info',
    N: 'info',
    W: 'warning',
    E: 'error',
    C: 'critical',
    F: 'critical',
  } as const),
)

/** Pino's and Bunyan's numbers: the least one of each level. */
const LEVEL_NUMBERS: Readonly<Record<LogLevel, number>> = {
  debug: Number.NEGATIVE_INFINITY,
  info: 30,
  warning: 40,
  error: 50,
  critical: 60,
}

const MONOLOG: Readonly<Record<LogLevel, number>> = {
  debug: Number.NEGATIVE_INFINITY,
  info: 200,
  warning: 300,
  error: 400,
  critical: 500,
}
const OPEN_TELEMETRY: Readonly<Record<LogLevel, number>> = {
  debug: Number.NEGATIVE_INFINITY,
  info: 9,
  warning: 13,
  error: 17,
  critical: 21,
}
/** Syslog's, as in GELF: 0 is the worst. */
const SYSLOG: readonly LogLevel[] = ['critical', 'critical', 'critical', 'error', 'warning', 'info', 'info', 'debug']

/** Which family of loggers a level's number is of. */
export const LEVEL_FAMILIES = ['pino', 'syslog', 'monolog', 'otel'] as const
export type LevelFamily = (typeof LEVEL_FAMILIES)[number]

/** slog writes what is between its levels as `ERROR+2`, npm's log `ERR!`. */
const BETWEEN = /[+-]\d+$|!$/

export function levelNamed(name: string): LogLevel | null {
  const plain = name.trim().toLowerCase()
  return BY_NAME.get(plain) ?? BY_NAME.get(plain.replace(BETWEEN, '')) ?? null
}

/** MongoDB, klog and others say it by a capital letter. */
export function levelOfLetter(letter: string): LogLevel | null {
  return BY_LETTER.get(letter) ?? null
}

function fromNumbers(value: number, numbers: Readonly<Record<LogLevel, number>>): LogLevel {
  return LOG_LEVELS.findLast((level) => value >= numbers[level]) ?? 'debug'
}

/** null for a number that the family does not have. */
export function levelNumbered(value: number, family: LevelFamily = 'pino'): LogLevel | null {
  switch (family) {
    case 'pino':
      return fromNumbers(value, LEVEL_NUMBERS)
    case 'monolog':
      return fromNumbers(value, MONOLOG)
    case 'otel':
      return value >= 1 && value <= 24 ? fromNumbers(value, OPEN_TELEMETRY) : null
    case 'syslog':
      return SYSLOG[value] ?? null
  }
}

/** The severity in syslog's `<PRI>`. */
export function levelOfPriority(priority: number): LogLevel | null {
  return priority <= 191 ? (SYSLOG[priority % 8] ?? null) : null
}

export function isAtLeast(level: LogLevel, minimum: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(minimum)
}

/** Every word that stands for `minimum` or worse. */
export function namesFrom(minimum: LogLevel): readonly string[] {
  return LOG_LEVELS.filter((level) => isAtLeast(level, minimum)).flatMap((level) => NAMES[level])
}

/** Every letter that does. */
export function lettersFrom(minimum: LogLevel): string {
  return [...BY_LETTER].flatMap(([letter, level]) => (isAtLeast(level, minimum) ? letter : [])).join('')
}
