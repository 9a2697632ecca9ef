import {jsonText} from '../json/json-text.js'
import {visible, visibleLines} from '../../domain/text/visible.js'
import type {LogEntry} from '../../domain/logs/log-entry.js'
import {shortRequestId} from '../../domain/logs/short-request-id.js'
import type {LogLevel} from '../../domain/logs/log-level.js'
import type {Style} from '../text/style.js'
import {seconds} from '../text/units.js'

const FRAMES = 3

const LOOKS: Readonly<Record<LogLevel, {readonly word: string; readonly tone: 'dim' | 'accent' | 'warn' | 'bad'}>> = {
  debug: {word: 'DEBUG', tone: 'dim'},
  info: {word: 'INFO', tone: 'accent'},
  warning: {word: 'WARN', tone: 'warn'},
  error: {word: 'ERROR', tone: 'bad'},
  critical: {word: 'CRIT', tone: 'bad'},
}

const LEVEL_WIDTH = 5
const INDENT = '    '
/** A stack frame of Node, Python or Java. */
const FRAME = /^\s+(at |File ")/
const SERVER_ERROR = 500
const CLIENT_ERROR = 400

/** An entry as one piece of text, without a line break at its end. */
export type LogFormat = (entry: LogEntry) => string

function levelText(level: LogLevel | null, style: Style): string {
  if (level === null) return style.dim('-'.padEnd(LEVEL_WIDTH))
  const {word, tone} = LOOKS[level]
  return style[tone](word.padEnd(LEVEL_WIDTH))
}

function statusText(status: number, style: Style): string {
  if (status >= SERVER_ERROR) return style.bad(String(status))
  return status >= CLIENT_ERROR ? style.warn(String(status)) : style.good(String(status))
}

function requestText({method, endpoint, path, status, durationSeconds}: LogEntry, style: Style): string {
  const parts = [
    visible(method ?? ''),
    visible(path ?? endpoint ?? ''),
    status === null ? '' : statusText(status, style),
    durationSeconds === null ? '' : seconds(durationSeconds),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** The error, where it was thrown and what caused it; the rest of a long stack is in the raw entry. */
function shortened(exception: string): readonly string[] {
  const lines = exception.trimEnd().split('\n')
  const frames = lines.flatMap((line, index) => (FRAME.test(line) ? [index] : []))
  const end = frames[FRAMES]
  if (end === undefined) return lines
  const causes = lines.slice(end).filter((line) => /^\w/.test(line))
  return [...lines.slice(0, end), `    … ${String(frames.length - FRAMES)} more frames (--output raw)`, ...causes]
}

/** `GET /cars 200` after the method, path and status says nothing new. */
function repeats({method, endpoint, path, status}: LogEntry, message: string): boolean {
  const known = [method, path, endpoint, status === null ? null : String(status)].filter((part) => part !== null)
  return known.length > 0 && message.split(/\s+/).every((word) => known.includes(word))
}

/** Which process of which container it was is told by the service's name already. */
const NOT_SHOWN = new Set(['pid', 'hostname', 'v'])
const LONGEST_FIELD = 120

function fieldText(value: unknown): string {
  const text = typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)
  return text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD)}…` : text
}

/** What else the line says, `attempt=3 shop="São Paulo"`. */
function otherFields({fields}: LogEntry): string {
  const shown = Object.entries(fields).filter(([name]) => !NOT_SHOWN.has(name))
  return visible(shown.map(([name, value]) => `${name}=${fieldText(value)}`).join(' '))
}

function indented(lines: readonly string[], style: Style): string {
  return lines.map((line) => `\n${INDENT}${style.dim(line.replace(/^ {4}|^\t/, '  '))}`).join('')
}

/** On a screen that is narrower, a line says the time of day alone, below its day, and a UUID by its first group. */
const NARROW = 120

/**
 * `11-23 06:00:00.123Z  ERROR  api-1  GET /cars 500 1.25 s  Request failed  req-1`, the exception below. A format is for one stream: it
 * remembers which day it has told.
 */
export function prettyLogs(style: Style): LogFormat {
  const isNarrow = style.edge && style.width < NARROW
  const {day, clock, stamp} = style.times
  const timeOf = isNarrow ? clock : stamp
  const none = '-'.padEnd(timeOf(new Date(0).toISOString()).length)
  let told = ''
  const newDay = (at: string | null): string => {
    if (!isNarrow || at === null || day(at) === told) return ''
    told = day(at)
    return `${style.dim(`── ${told} ──`)}\n`
  }
  return (entry) => {
    const head = [
      style.dim(entry.at === null ? none : timeOf(entry.at)),
      levelText(entry.level, style),
      style.bold(visible(`${entry.service}-${String(entry.replica)}`)),
      requestText(entry, style),
      repeats(entry, entry.message) ? '' : visibleLines(entry.message).replaceAll('\n', `\n${INDENT}`),
      style.dim(otherFields(entry)),
      entry.requestId === null ? '' : style.dim(visible(isNarrow ? shortRequestId(entry.requestId) : entry.requestId)),
    ]
    const exception = entry.exception === null ? '' : indented(shortened(visibleLines(entry.exception)), style)
    return newDay(entry.at) + head.filter((part) => part !== '').join('  ') + exception
  }
}

/** As it was written. */
export const rawLogs: LogFormat = ({raw}) => raw

/** One JSON object a line. */
export const jsonLogs: LogFormat = (entry) => jsonText(entry)
