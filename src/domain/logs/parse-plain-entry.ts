import type {LogEntry, LogOrigin} from './log-entry.js'
import {levelNamed, type LogLevel} from './log-level.js'
import {readTimestamp} from './timestamp.js'

/** A level is said early in a line; further on the word is part of a sentence. */
const LOOKED_AT = 300

const LOGFMT = /\b(?:level|lvl|severity)="?([a-z]+)/i
const SHOUTED = /\b(DEBUG|TRACE|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|SEVERE|CRIT(?:ICAL)?|FATAL|PANIC|ALERT|EMERG)\b/
const BRACKETED = /\[(?:\w+:)?([a-z]+)\]/i
const LEADING = /^(debug|info|notice|warn(?:ing)?|error|fatal|panic|critical): /i
const EXCEPTION = /^(?:Uncaught |Exception in )?[\w.$]*(?:Error|Exception)\b|^Traceback \(/
const REDIS = /^\d+:[XCSM] \d\d? \w{3} \d{4} [\d:.]{8,12} ([.*#-]) /

const REDIS_LEVELS: Readonly<Record<string, LogLevel>> = {'.': 'debug', '-': 'debug', '*': 'info', '#': 'warning'}

function guessLevel(line: string): LogLevel | null {
  const start = line.slice(0, LOOKED_AT)
  const redis = REDIS.exec(start)?.[1]
  if (redis !== undefined) return REDIS_LEVELS[redis] ?? null
  for (const pattern of [LOGFMT, SHOUTED, BRACKETED, LEADING]) {
    const word = pattern.exec(start)?.[1]
    const level = word === undefined ? null : levelNamed(word)
    if (level !== null) return level
  }
  return EXCEPTION.test(start) ? 'error' : null
}

function ownTime(line: string): string | null {
  const written =
    /^(?:\[|(?:ts|time)="?)?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)/.exec(line)?.[1]
  return written === undefined ? null : readTimestamp(written)
}

/** A line that is not JSON: the text is the message, the level is guessed, the lines that continue it are its exception. */
export function parsePlainEntry(raw: string, origin: LogOrigin, stamp: string | null): LogEntry {
  const end = raw.indexOf('\n')
  const head = end === -1 ? raw : raw.slice(0, end)
  return {
    at: ownTime(head) ?? stamp,
    level: guessLevel(head),
    message: head,
    module: null,
    function: null,
    line: null,
    requestId: null,
    userId: null,
    method: null,
    endpoint: null,
    path: null,
    status: null,
    durationSeconds: null,
    exception: end === -1 ? null : raw.slice(end + 1),
    fields: {},
    service: origin.service,
    replica: origin.replica,
    raw,
  }
}
