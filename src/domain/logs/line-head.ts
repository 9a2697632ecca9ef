import {levelNamed, levelOfLetter, levelOfPriority, type LogLevel} from './log-level.js'
import {timeWrittenAt} from './written-time.js'
import {readTimestamp} from './timestamp.js'

/** What stands before the message of a plain line. */
export interface LineHead {
  readonly at: string | null
  readonly level: LogLevel | null
  /** What is left without them. */
  readonly message: string
}

/** A level is said early in a line; further on the word is part of a sentence. */
const LOOKED_AT = 300
/** Words that may stand between the time and the level: a logger, a host, a thread. */
const MOST_NAMES = 4
const MOST_TOKENS = 16

const SPACE = /[\s|·›»]*(?:[-–—]{1,3}[\s|]+)?/y
const CLOCK = /\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:[AP]M)?(?=[\s\]]|$)/y
const GROUP = /\[([^[\]]{0,80})\]:?|\(([^()]{0,80})\):?|<([^<>]{0,40})>|\{\}/y
const LETTER = /[DIWEFA],(?= \[)/y
const EPOCH = /\d{10}(?:\.\d{1,9})?:? /y
const SHOUTED = /([A-Z]{3,11})(!)?(?=[\s:|\]]|\[\d|$)/y
const SPOKEN = /([A-Za-z]{3,11}):(?=\s|$)/y
const JOINED = /(?:[\w-]{1,60}\.)?([A-Z]{3,11}):/y
/** A level that is set off by blanks, behind a sign or nothing. */
const SET_OFF = /^\s*(?:[^\w\s[("'] *)?([A-Za-z]{3,11}) {2,}(?=\S)/
const NAME = /[^\s"'|{[(<]{1,80}/y
const PRIORITY = /^<(\d{1,3})>(?:1 )?/
const KLOG = /^([IWEF])(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{1,9}) +\d+ [^\s\]]+:\d+\] /
/** PostgreSQL's CSV: …,LOG,00000,"message",… */
const CSV = /,(DEBUG|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC)\d?,[0-9A-Z]{5},"((?:[^"]|""){0,8192})"/
const REDIS = /^\d+:[XCSM] \d\d? \w{3} \d{4} [\d:.]{8,12} ([.*#-]) /
const PHP = /^PHP (Warning|Notice|Deprecated|(?:Fatal|Parse|Recoverable fatal) error): +/

const GO_PANIC = /^(?:panic|fatal error): /

const REDIS_LEVELS: Readonly<Record<string, LogLevel>> = {'.': 'debug', '-': 'debug', '*': 'info', '#': 'warning'}

/** Walks over a line from its start. */
interface Walk {
  readonly text: string
  position: number
  at: string | null
  level: LogLevel | null
  /** Something that only a head has came: a time, a group. */
  headed: boolean
  names: number
  /** Where the message begins as far as is known. */
  message: number
}

function take(walk: Walk, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = walk.position
  const found = pattern.exec(walk.text)
  if (found !== null) walk.position = pattern.lastIndex
  return found
}

function settle(walk: Walk): true {
  walk.headed = true
  walk.message = walk.position
  return true
}

function takeTime(walk: Walk): boolean {
  const written = walk.at === null ? timeWrittenAt(walk.text, walk.position) : null
  if (written !== null) {
    walk.at = written.at
    walk.position = written.end
    if (walk.text[walk.position] === ':') walk.position += 1
    return settle(walk)
  }
  if (walk.position === 0) {
    const epoch = take(walk, EPOCH)
    if (epoch !== null) {
      walk.at = readTimestamp(epoch[0].replace(/:? $/, ''))
      return settle(walk)
    }
  }
  return take(walk, CLOCK) !== null && settle(walk)
}

/** `[error]`, `[proxy:error]`, `[03:12:04 ERR]`, `<info>`. */
function levelInGroup(content: string): LogLevel | null {
  const word = /(?:^|[\s:])([A-Za-z]{3,11})\s*$/.exec(content)?.[1]
  return word === undefined ? null : levelNamed(word)
}

/** `[2026-11-20T03:12:04Z INFO  shop]`. */
function levelBehind(content: string, from: number): LogLevel | null {
  const word = /^[\s|]*([A-Za-z]{3,11})(?=[\s:]|$)/.exec(content.slice(from))?.[1]
  return word === undefined ? null : levelNamed(word)
}

/** Takes what a group says of time and level; false when it says neither. */
function understandGroup(walk: Walk, content: string): boolean {
  const written = walk.at === null ? timeWrittenAt(content, 0) : null
  const level = walk.level === null ? (levelInGroup(content) ?? (written && levelBehind(content, written.end))) : null
  walk.at ??= written?.at ?? null
  walk.level ??= level
  return written !== null || level !== null
}

function takeGroup(walk: Walk): boolean {
  const start = walk.position
  const found = take(walk, GROUP)
  if (found === null) return false
  const [, square, round, angle] = found as readonly (string | undefined)[]
  const content = square ?? round ?? angle ?? ''
  if (understandGroup(walk, content) || /^\d{1,2}:\d\d:\d\d/.test(content)) return settle(walk)
  // A logger, a process, a thread: behind the level it is part of the message.
  walk.headed = true
  if (walk.level !== null) walk.position = start
  return walk.level === null
}

function takeLevel(walk: Walk): boolean {
  if (walk.level !== null) return false
  const start = walk.position
  for (const pattern of [SHOUTED, SPOKEN, JOINED]) {
    const word = take(walk, pattern)?.[1]
    const level = word === undefined ? null : levelNamed(word)
    if (level !== null) {
      walk.level = level
      if (walk.text[walk.position] === ':') walk.position += 1
      return settle(walk)
    }
    walk.position = start
  }
  return take(walk, LETTER) !== null
}

/** A word between time and level; only in a line that has begun as a head does. */
function takeName(walk: Walk): boolean {
  if (!walk.headed || walk.level !== null || walk.names === MOST_NAMES) return false
  if (PHP.test(walk.text.slice(walk.position))) return false
  walk.names += 1
  return take(walk, NAME) !== null
}

function begun(text: string): Walk {
  const walk: Walk = {text, position: 0, at: null, level: null, headed: false, names: 0, message: 0}
  const [setOff, word = ''] = SET_OFF.exec(text) ?? []
  walk.level = levelNamed(word)
  if (setOff === undefined || walk.level === null) return walk
  walk.position = setOff.length
  settle(walk)
  return walk
}

function walked(text: string): Walk {
  const walk = begun(text)
  for (let tokens = walk.headed ? MOST_TOKENS : 0; tokens < MOST_TOKENS && walk.position < text.length; tokens += 1) {
    take(walk, SPACE)
    if (![takeTime, takeGroup, takeLevel, takeName].some((takes) => takes(walk))) break
  }
  return walk
}

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

const PHP_LEVELS: Readonly<Record<string, LogLevel>> = {Warning: 'warning', Notice: 'info', Deprecated: 'warning'}

/** What is left of a line behind its head, or all of it. */
function messageOf(text: string, {message}: Walk): string {
  const left = text.slice(message).trim()
  return message === 0 ? left : left.replace(/^(?:[|:]+|-{1,3}(?=\s))\s*(?=\S)/, '')
}

function withPhp(head: LineHead): LineHead {
  const php = PHP.exec(head.message)
  if (php === null) return head
  return {...head, level: PHP_LEVELS[php[1] ?? ''] ?? 'critical', message: head.message.slice(php[0].length)}
}

function usualHead(line: string): LineHead {
  const [start, priority] = PRIORITY.exec(line) ?? ['', null]
  const text = line.slice(start.length)
  const walk = walked(text.slice(0, LOOKED_AT))
  const message = messageOf(text, walk)
  const level = walk.level ?? (priority === null ? null : levelOfPriority(Number(priority)))
  return withPhp({at: walk.at, level, message: message === '' ? line : message})
}

/** Time and level of a plain line, and what is left of it. A word inside the message is no level. */
export function lineHead(line: string, stamp: string | null): LineHead {
  if (GO_PANIC.test(line)) return {at: null, level: 'critical', message: line}
  return klogHead(line, stamp) ?? redisHead(line) ?? csvHead(line) ?? usualHead(line)
}
