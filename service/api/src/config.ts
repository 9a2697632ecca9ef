const ENVIRONMENTS = ['development', 'staging', 'production'] as const
type Environment = (typeof ENVIRONMENTS)[number]

const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'critical'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  readonly environment: Environment
  readonly logLevel: LogLevel
  readonly port: number
  readonly redisUrl: string
  readonly recommendationCacheTtlSeconds: number
  readonly shutdownGraceSeconds: number
  readonly version: string
  /** Absent unless FAULTS=enabled: without it nothing can break the service on purpose. */
  readonly faults?: {readonly host: string; readonly port: number}
}

export const SERVICE_VERSION = '1.0.0'

const DEFAULT_LOG_LEVEL: Record<Environment, LogLevel> = {
  development: 'debug',
  staging: 'info',
  production: 'warning',
}

type Variables = Readonly<Record<string, string | undefined>>

/** Throws one Error that names the variable, what it holds and what it may hold. */
export function readConfig(variables: Variables): Config {
  const environment = readChoice(variables, 'APP_ENV', ENVIRONMENTS, 'development')
  const faultsEnabled = readChoice(variables, 'FAULTS', ['enabled', 'disabled'], 'disabled') === 'enabled'
  return {
    environment,
    logLevel: readChoice(variables, 'LOG_LEVEL', LOG_LEVELS, DEFAULT_LOG_LEVEL[environment]),
    port: readNumber(variables, 'PORT', {fallback: 8000, min: 0, max: 65_535}),
    redisUrl: readRedisUrl(variables),
    recommendationCacheTtlSeconds: readNumber(variables, 'RECOMMENDATION_CACHE_TTL', {
      fallback: 300,
      min: 1,
      max: 86_400,
    }),
    shutdownGraceSeconds: readNumber(variables, 'SHUTDOWN_GRACE', {fallback: 1.5, min: 0, max: 300}),
    version: read(variables, 'APP_VERSION') ?? SERVICE_VERSION,
    ...(faultsEnabled && {
      faults: {
        host: read(variables, 'FAULTS_HOST') ?? '127.0.0.1',
        port: readNumber(variables, 'FAULTS_PORT', {fallback: 8001, min: 0, max: 65_535}),
      },
    }),
  }
}

/** Compose passes `${X:-}` as an empty string: treated as unset. */
function read(variables: Variables, name: string): string | undefined {
  const value = variables[name]?.trim()
  return value === '' ? undefined : value
}

function readChoice<T extends string>(variables: Variables, name: string, choices: readonly T[], fallback: T): T {
  const value = read(variables, name)?.toLowerCase()
  if (value === undefined) return fallback
  const choice = choices.find((candidate) => candidate === value)
  if (choice === undefined) throw new Error(`${name} is "${value}"; it must be one of ${choices.join(', ')}`)
  return choice
}

interface NumberRule {
  readonly fallback: number
  readonly min: number
  readonly max: number
}

function readNumber(variables: Variables, name: string, {fallback, min, max}: NumberRule): number {
  const value = read(variables, name)
  if (value === undefined) return fallback
  const number = Number(value)
  if (Number.isFinite(number) && number >= min && number <= max) return number
  throw new Error(`${name} is "${value}"; it must be a number from ${String(min)} to ${String(max)}`)
}

/** The message never repeats the value: a Redis URL may hold a password. */
function readRedisUrl(variables: Variables): string {
  const value = read(variables, 'REDIS_URL') ?? 'redis://redis:6379'
  if (!URL.canParse(value) || !/^rediss?:$/.test(new URL(value).protocol)) {
    throw new Error('REDIS_URL must look like redis://host:6379')
  }
  return value
}
