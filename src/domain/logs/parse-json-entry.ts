import type {LogEntry, LogOrigin} from './log-entry.js'
import {levelNamed, levelNumbered, type LogLevel} from './log-level.js'
import {readTimestamp} from './timestamp.js'

type Fields = Readonly<Record<string, unknown>>

/** In the order of trust; `candidate-pattern.ts` must know every key that a filter looks at. */
export const KEYS = {
  at: ['timestamp', 'time', 'ts', '@timestamp'],
  level: ['level', 'severity', 'lvl', 'levelname'],
  message: ['message', 'msg'],
  requestId: ['request_id', 'requestId', 'reqId'],
  userId: ['user_id', 'userId'],
  status: ['status', 'status_code', 'statusCode'],
  milliseconds: [
    'duration_ms',
    'durationMs',
    'duration',
    'responseTime',
    'response_time_ms',
    'latency_ms',
    'elapsed_ms',
  ],
  seconds: ['duration_seconds', 'durationSeconds', 'duration_s'],
  exception: ['exception', 'stack'],
} as const

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nested(fields: Fields, key: string): Fields {
  const value = fields[key]
  return isFields(value) ? value : {}
}

function text(fields: Fields, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = fields[key]
    if (typeof value === 'string') return value
  }
  return null
}

function number(fields: Fields, keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = fields[key]
    if (typeof value === 'number' && Number.isFinite(value)) return value
  }
  return null
}

function levelOf(fields: Fields): LogLevel | null {
  for (const key of KEYS.level) {
    const value = fields[key]
    if (typeof value === 'number') return levelNumbered(value)
    const level = typeof value === 'string' ? levelNamed(value) : null
    if (level !== null) return level
  }
  return null
}

function statusOf(fields: Fields): number | null {
  const written = text(fields, KEYS.status)
  const said = number(fields, KEYS.status) ?? number(nested(fields, 'res'), KEYS.status)
  const status = said ?? (written !== null && /^\d{3}$/.test(written) ? Number(written) : null)
  return status !== null && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null
}

function durationOf(fields: Fields): number | null {
  const milliseconds = number(fields, KEYS.milliseconds)
  return milliseconds === null ? number(fields, KEYS.seconds) : milliseconds / 1000
}

function userOf(fields: Fields): string | null {
  const id = number(fields, KEYS.userId)
  return text(fields, KEYS.userId) ?? (id === null ? null : String(id))
}

function exceptionOf(fields: Fields): string | null {
  const own = text(fields, KEYS.exception)
  if (own !== null) return own
  const errors = [nested(fields, 'err'), nested(fields, 'error')]
  return errors.map((error) => text(error, ['stack', 'message'])).find((found) => found !== null) ?? null
}

/** null when the line is no JSON object. Understands the guide's fields, pino's, and plain `{level, msg, time}`. */
export function parseJsonEntry(raw: string, origin: LogOrigin, stamp: string | null): LogEntry | null {
  const fields = parseObject(raw)
  if (fields === null) return null
  const request = nested(fields, 'req')
  return {
    at: KEYS.at.map((key) => readTimestamp(fields[key])).find((found) => found !== null) ?? stamp,
    level: levelOf(fields),
    message: text(fields, KEYS.message) ?? '',
    module: text(fields, ['module', 'logger', 'name']),
    function: text(fields, ['function', 'funcName']),
    line: number(fields, ['line', 'lineno']),
    requestId: text(fields, KEYS.requestId) ?? text(request, ['id']),
    userId: userOf(fields),
    method: text(fields, ['method']) ?? text(request, ['method']),
    endpoint: text(fields, ['endpoint', 'route']),
    path: (text(fields, ['path', 'url']) ?? text(request, ['url']))?.split('?', 1)[0] ?? null,
    status: statusOf(fields),
    durationSeconds: durationOf(fields),
    exception: exceptionOf(fields),
    service: origin.service,
    replica: origin.replica,
    raw,
  }
}

function parseObject(raw: string): Fields | null {
  if (!raw.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(raw)
    return isFields(value) ? value : null
  } catch {
    return null
  }
}
