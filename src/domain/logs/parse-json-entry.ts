import {type FieldReader, fieldReader, type Fields, isFields} from './field-reader.js'
import type {LogEntry, LogOrigin} from './log-entry.js'
import {levelNamed, levelNumbered, type LogLevel} from './log-level.js'
import {readTimestamp} from './timestamp.js'

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

function levelOf(fields: FieldReader): LogLevel | null {
  return fields.first(KEYS.level, (value) => {
    if (typeof value === 'number') return levelNumbered(value)
    return typeof value === 'string' ? levelNamed(value) : null
  })
}

function asStatus(value: unknown): number | null {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null
}

function durationOf(fields: FieldReader): number | null {
  const milliseconds = fields.number(KEYS.milliseconds)
  return milliseconds === null ? fields.number(KEYS.seconds) : milliseconds / 1000
}

function userOf(fields: FieldReader): string | null {
  const id = fields.number(KEYS.userId)
  return id === null ? fields.text(KEYS.userId) : String(id)
}

function exceptionOf(fields: FieldReader): string | null {
  const within = ['stack', 'message']
  return fields.text(KEYS.exception) ?? fields.nested('err').text(within) ?? fields.nested('error').text(within)
}

/** null when the line is no JSON object. Understands the guide's fields, pino's, and plain `{level, msg, time}`; keeps the others. */
export function parseJsonEntry(raw: string, origin: LogOrigin, stamp: string | null): LogEntry | null {
  const parsed = parseObject(raw)
  if (parsed === null) return null
  const fields = fieldReader(parsed)
  const request = fields.nested('req')
  const understood = {
    at: fields.first(KEYS.at, readTimestamp) ?? stamp,
    level: levelOf(fields),
    message: fields.text(KEYS.message) ?? '',
    module: fields.text(['module', 'logger', 'name']),
    function: fields.text(['function', 'funcName']),
    line: fields.number(['line', 'lineno']),
    requestId: fields.text(KEYS.requestId) ?? request.text(['id']),
    userId: userOf(fields),
    method: fields.text(['method']) ?? request.text(['method']),
    endpoint: fields.text(['endpoint', 'route']),
    path: (fields.text(['path', 'url']) ?? request.text(['url']))?.split('?', 1)[0] ?? null,
    status: fields.first(KEYS.status, asStatus) ?? fields.nested('res').first(KEYS.status, asStatus),
    durationSeconds: durationOf(fields),
    exception: exceptionOf(fields),
    service: origin.service,
    replica: origin.replica,
    raw,
  }
  return {...understood, fields: fields.rest()}
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
