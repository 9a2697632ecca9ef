import {levelNamed, levelOfLetter, type LogLevel} from './log-level.js'
import {readTimestamp} from './timestamp.js'
import {timeWrittenAt} from './written-time.js'

/** What stands before the message of a plain line. */
export interface LineHead {
  readonly at: string | null
  readonly level: LogLevel | null
  /** What is left without them. */
  readonly message: string
}

const KLOG = /^([IWEF])(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{1,9}) +\d+ [^\s\]]+:\d+\] /
/** PostgreSQL's CSV: …,LOG,00000,"message",… */
const CSV = /,(DEBUG|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC)\d?,[0-9A-Z]{5},"((?:[^"]|""){0,8192})"/
const REDIS = /^\d+:[XCSM] \d\d? \w{3} \d{4} [\d:.]{8,12} ([.*#-]) /
const GO_PANIC = /^(?:panic|fatal error): /

const REPORT = /^=([A-Z]{4,12}) REPORT==== /
const REDIS_LEVELS: Readonly<Record<string, LogLevel>> = {'.': 'debug', '-': 'debug', '*': 'info', '#': 'warning'}

const DAY_MILLISECONDS = 86_400_000

/** A moment without its year: of the year of the engine's time, or the one before. */
function inYearOf(stamp: string, rest: string): string | null {
  const year = Number(stamp.slice(0, 4))
  const at = readTimestamp(`${String(year)}-${rest}Z`)
  const isAhead = at !== null && Date.parse(at) - Date.parse(stamp) > DAY_MILLISECONDS
  return isAhead ? readTimestamp(`${String(year - 1)}-${rest}Z`) : at
}

/** `E1120 03:12:04.118 1 main.go:40] …`. */
function klogHead(line: string, stamp: string | null): LineHead | null {
  const found = KLOG.exec(line)
  if (found === null) return null
  const [head, letter = '', month = '', day = '', clock = ''] = found
  const at = stamp === null ? null : inYearOf(stamp, `${month}-${day}T${clock}`)
  return {at, level: levelOfLetter(letter), message: line.slice(head.length)}
}

function redisHead(line: string): LineHead | null {
  const [head, mark = ''] = REDIS.exec(line) ?? []
  if (head === undefined) return null
  const written = timeWrittenAt(line, line.indexOf(' ') + 1)
  return {at: written?.at ?? null, level: REDIS_LEVELS[mark] ?? null, message: line.slice(head.length)}
}

function csvHead(line: string): LineHead | null {
  const written = timeWrittenAt(line, 0)
  if (written === null || line[written.end] !== ',') return null
  const [, level = '', message = ''] = CSV.exec(line) ?? []
  return level === '' ? null : {at: written.at, level: levelNamed(level), message: message.replaceAll('""', '"')}
}

/** Erlang's `=ERROR REPORT==== 20-Nov-2026::03:12:04 ===`. */
function reportHead(line: string): LineHead | null {
  const level = line.startsWith('=') ? levelNamed(REPORT.exec(line)?.[1] ?? '') : null
  return level === null ? null : {at: null, level, message: line}
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const RFC_3164 = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) /

/** Syslog's `Nov 20 03:12:04 `, which has no year. */
export function syslogTime(text: string, stamp: string | null): {readonly at: string; readonly end: number} | null {
  const [found, name = '', day = '', clock = ''] = RFC_3164.exec(text) ?? []
  const month = MONTHS.indexOf(name) / 3
  if (found === undefined || stamp === null || !Number.isInteger(month) || month < 0) return null
  const at = inYearOf(stamp, `${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}T${clock}`)
  return at === null ? null : {at, end: found.length}
}

/** What is a head by its shape alone; null for a line that has to be walked over. */
export function specialHead(line: string, stamp: string | null): LineHead | null {
  if (GO_PANIC.test(line)) return {at: null, level: 'critical', message: line}
  return klogHead(line, stamp) ?? redisHead(line) ?? csvHead(line) ?? reportHead(line)
}
