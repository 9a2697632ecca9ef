import {durationOf} from './duration-field.js'
import {KEYS, WRAPPERS} from './field-keys.js'
import {asText, type FieldReader, fieldReader, type Fields} from './field-reader.js'
import type {FieldRules} from './field-rules.js'
import type {LogEntry, LogOrigin} from './log-entry.js'
import {type LevelFamily, levelNamed, levelNumbered, levelOfLetter, LOG_LEVELS, type LogLevel} from './log-level.js'
import {withoutEscapeCodes} from './escape-codes.js'
import {pathOf, requestIn} from './request-line.js'
import {readTimestamp} from './timestamp.js'

/** What is known of an entry beside its fields. */
export interface Around {
  readonly origin: LogOrigin
  readonly rules: FieldRules
  /** What stands before the fields in the line, or the engine knows. */
  readonly at: string | null
  readonly level: LogLevel | null
  readonly message: string
  readonly raw: string
}

function familyOf(fields: FieldReader, {levels}: FieldRules): LevelFamily {
  if (levels !== undefined) return levels
  if (fields.has('short_message')) return 'syslog'
  if (fields.has('level_name') || fields.has('channel')) return 'monolog'
  return fields.has('severityNumber') ? 'otel' : 'pino'
}

/** Below it are scales of programs' own: 3 is an error of Nextcloud's, and a notice or nothing elsewhere. */
const LEAST_OF_PINO = 10

function levelOfNumber(value: number, fields: FieldReader, rules: FieldRules): LogLevel | null {
  const family = familyOf(fields, rules)
  if (rules.levels !== undefined || family !== 'pino' || value >= LEAST_OF_PINO) return levelNumbered(value, family)
  // Nextcloud counts the five from 0.
  const isNextcloud = ['reqId', 'remoteAddr', 'app'].every((key) => fields.has(key))
  return isNextcloud ? (LOG_LEVELS[value] ?? null) : null
}

/** systemd's journal writes syslog's severity, as a digit. */
function levelInJournal(fields: FieldReader): LogLevel | null {
  if (!fields.has('__REALTIME_TIMESTAMP')) return null
  return fields.first(['PRIORITY'], (value) =>
    /^[0-7]$/.test(String(value)) ? levelNumbered(Number(value), 'syslog') : null,
  )
}

function levelOf(fields: FieldReader, rules: FieldRules): LogLevel | null {
  const keys = rules.level === undefined ? KEYS.level : [rules.level, ...KEYS.level]
  const level = fields.first(keys, (value) => {
    if (typeof value === 'number') return levelOfNumber(value, fields, rules)
    return typeof value === 'string' ? (levelNamed(value) ?? levelOfLetter(value)) : null
  })
  // Serilog leaves out the level that most lines have.
  return (
    level ??
    levelInJournal(fields) ??
    (fields.has('@t') && (fields.has('@mt') || fields.has('@m')) && !fields.has('@l') ? 'info' : null)
  )
}

function asStatus(value: unknown): number | null {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null
}

/** An id is a text or a whole number; none is empty. */
function asId(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null
  return typeof value === 'string' && value !== '' && value !== '-' ? value : null
}

function asMessage(value: unknown): string | null {
  return typeof value === 'string' ? withoutEscapeCodes(value) : null
}

function asPath(value: unknown): string | null {
  return typeof value === 'string' && !/^-+$/.test(value) ? pathOf(value) : null
}

function requestIdOf(fields: FieldReader, {requestId}: FieldRules): string | null {
  const named = fields.first(requestId === undefined ? KEYS.requestId : [requestId, ...KEYS.requestId], asId)
  return named ?? (fields.has('uri') ? fields.first(['id'], asId) : null)
}

function asException(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : withoutEscapeCodes(value)
  // Elasticsearch 7 writes a text for each line.
  if (Array.isArray(value)) return asException(value.filter((line) => typeof line === 'string').join('\n'))
  if (typeof value !== 'object' || value === null) return null
  const {extendedStackTrace, message} = value as Readonly<Record<string, unknown>>
  return asText(extendedStackTrace) ?? asText(message)
}

/** The fields themselves, then those that a program's own are put into. */
function scopesOf(fields: FieldReader): readonly FieldReader[] {
  return [fields, ...WRAPPERS.flatMap((name) => fields.within(name) ?? [])]
}

function firstOf<T>(scopes: readonly FieldReader[], find: (fields: FieldReader) => T | null): T | null {
  for (const scope of scopes) {
    const found = find(scope)
    if (found !== null) return found
  }
  return null
}

/** Understands the fields of a line, by `rules` and then by the names that the usual loggers have; keeps the others. */
export function readFields(written: Fields, {origin, rules, at, level, message, raw}: Around): LogEntry {
  const fields = fieldReader(written)
  const {time, message: messageKey, path, status} = rules
  const mapped = (key: string | undefined, keys: readonly string[]): readonly string[] =>
    key === undefined ? keys : [key, ...keys]
  const scopes = scopesOf(fields)
  const understood = {
    at: fields.first(mapped(time, KEYS.at), readTimestamp) ?? at,
    level: levelOf(fields, rules) ?? level,
    message: fields.first(mapped(messageKey, KEYS.message), asMessage) ?? message,
    module: fields.text(KEYS.module),
    function: fields.text(['function', 'funcName']),
    line: fields.number(['line', 'lineno']),
    requestId: firstOf(scopes, (scope) => requestIdOf(scope, rules)),
    userId: firstOf(scopes, (scope) => scope.first(KEYS.userId, asId)),
    method: firstOf(scopes, (scope) => scope.text(KEYS.method)),
    endpoint: firstOf(scopes, (scope) => scope.text(KEYS.endpoint)),
    path: firstOf(scopes, (scope) => scope.first(mapped(path, KEYS.path), asPath)),
    status: firstOf(scopes, (scope) => scope.first(mapped(status, KEYS.status), asStatus)),
    durationSeconds: firstOf(scopes, (scope) => durationOf(scope, rules)),
    exception: firstOf(scopes, (scope) => scope.first(KEYS.exception, asException)),
    service: origin.service,
    replica: origin.replica,
    raw,
  }
  return {...withRequest(understood), fields: fields.rest()}
}

/** A message that is itself an access line says what the fields do not. */
function withRequest<T extends Omit<LogEntry, 'fields'>>(entry: T): T {
  if (entry.status !== null || entry.path !== null) return entry
  const {method, path, status, durationSeconds} = requestIn(entry.message)
  return {
    ...entry,
    method: entry.method ?? method,
    path,
    status,
    durationSeconds: entry.durationSeconds ?? durationSeconds,
  }
}
