import {leadingTime} from './leading-time.js'
import {levelNamed, levelOfPriority, type LogLevel} from './log-level.js'
import type {LineHead} from './line-parts.js'
import {specialHead} from './special-heads.js'
import {timeWrittenAt} from './written-time.js'
import {readTimestamp} from './timestamp.js'

/** A level is said early in a line; further on the word is part of a sentence. */
const LOOKED_AT = 300
/** Words that may stand between the time and the level: a logger, a host, a thread. */
const MOST_NAMES = 4
/** Of them, such as any sentence has. */
const MOST_WORDS = 1
const WORD = /^[a-z]+$/i
const MOST_TOKENS = 16

const SPACE = /[\s|·›»]*(?:[-–—]{1,3}[\s|]+)?/y
const CLOCK =
  /(?:\d\d[/-]){1,2}\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?=\s)|\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:[AP]M)?(?=[\s\]]|$)/y
const GROUP = /\[([^[\]]{0,80})\]:?|\(([^()]{0,80})\):?|<([^<>]{0,40})>|\{[\w./:-]{0,80}\}/y
const LETTER = /[DIWEFA],(?= \[)/y
const EPOCH = /(?:\d{10}(?:\.\d{1,9})?:? |\d\.\d{6,15}e\+09\t)/y
const SHOUTED = /([A-Z]{3,11})(!)?(?=[\s:|\]]|\[\d|$)/y
const SPOKEN = /([A-Za-z]{3,11}):(?=\s|$)/y
/** zap's, between tabs. */
const TABBED = /(?<=\t)([a-z]{4,6})(?=\t)/y
const JOINED = /(?:[\w-]{1,60}\.)?([A-Z]{3,11}):/y
/** signale's, behind its scope. */
const BEHIND_A_SIGN = /(?<=› {0,2})\S{1,2} {1,3}([a-z]{4,11}) {2,}(?=\S)/y
/** Nagios tells of what is well again too: `SERVICE ALERT: web;HTTP;OK`. */
const ABOUT_AN_ALERT = /[A-Z]{3,20} ALERT:$/
/** A level that is set off by blanks, behind a sign or nothing. */
const SET_OFF = /^\s*(?:[^\w\s[("'] *)?([A-Za-z]{3,11}) {2,}(?=\S)/
const NAME = /[^\s"'|{[(<]{1,80}/y
const PRIORITY = /^<(\d{1,3})>(?:1 )?/
const PHP = /^PHP (Warning|Notice|Deprecated|(?:Fatal|Parse|Recoverable fatal) error): +/

/** Walks over a line from its start. */
interface Walk {
  readonly text: string
  position: number
  at: string | null
  level: LogLevel | null
  /** Something that only a head has came: a time, a group. */
  headed: boolean
  names: number
  /** Those of them that a sentence could have. */
  words: number
  /** `systemd[1]:` came: the message begins, unless a level does. */
  named: boolean
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

/** zap writes its seconds as `1.795e+09`. */
function epochAt(text: string): string | null {
  return readTimestamp(text.includes('e') ? Number(text) : text)
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
      walk.at = epochAt(epoch[0].replace(/:?\s$/, ''))
      return settle(walk)
    }
  }
  return take(walk, CLOCK) !== null && settle(walk)
}

/** Minecraft's `[Server thread/INFO]`. */
const THREAD_AND_LEVEL = /^[A-Z][^/]{0,60}\/([A-Z]{4,5})$/

/** `[error]`, `[proxy:error]`, `[03:12:04 ERR]`, `<info>`; `[no error]` is none. */
function levelInGroup(content: string): LogLevel | null {
  const behindThread = THREAD_AND_LEVEL.exec(content)?.[1]
  if (behindThread !== undefined) return levelNamed(behindThread)
  const found = /(?:^|[\s:|])([A-Za-z]{3,11})\s*$/.exec(content)
  const level = levelNamed(found?.[1] ?? '')
  if (found === null || level === null) return null
  const before = content.slice(0, found.index + 1).trim()
  return found.index === 0 || /[:|]$|\d:\d\d[\d:.,]*Z?$/.test(before) ? level : null
}

/** `[2026-11-20T03:12:04Z INFO  shop]`. */
function levelBehind(content: string, from: number): LogLevel | null {
  const word = /^[\s|:]*([A-Za-z]{3,11})(?=[\s:/]|$)/.exec(content.slice(from))?.[1]
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
  if (walk.level === null) {
    walk.named ||= found[0].endsWith(':')
    return true
  }
  walk.position = start
  return false
}

function isAboutAnAlert({text, position}: Walk): boolean {
  const end = text[position] === ':' ? position + 1 : position
  return ABOUT_AN_ALERT.test(text.slice(Math.max(0, end - 30), end))
}

function takeLevel(walk: Walk): boolean {
  if (walk.level !== null) return false
  const start = walk.position
  for (const pattern of [SHOUTED, SPOKEN, JOINED, TABBED, BEHIND_A_SIGN]) {
    const word = take(walk, pattern)?.[1]
    const level = word === undefined || isAboutAnAlert(walk) ? null : levelNamed(word)
    if (level !== null) {
      walk.level = level
      if (walk.text[walk.position] === ':') walk.position += 1
      settle(walk)
      if (walk.at === null) takeThreadAndTime(walk)
      return true
    }
    walk.position = start
  }
  return take(walk, LETTER) !== null
}

/** Whether a line that has begun as a head does may go on with a name. */
function mayBeNamed({headed, level, names, text, position}: Walk): boolean {
  return headed && level === null && names < MOST_NAMES && !PHP.test(text.slice(position))
}

/** A word between time and level. */
function takeName(walk: Walk): boolean {
  if (!mayBeNamed(walk)) return false
  const start = walk.position
  const name = take(walk, NAME)?.[0]
  if (name === undefined) return false
  const isTag = name.endsWith(':')
  const isWord = WORD.test(name) && walk.text[walk.position] !== '['
  if ((isWord && walk.words === MOST_WORDS) || (walk.named && !isTag)) {
    walk.position = start
    return false
  }
  // `class=PayJob` is a field.
  walk.names += Number(!name.includes('='))
  walk.words += Number(isWord)
  walk.named ||= isTag
  return true
}

/** Cassandra's `INFO  [main] 2026-11-20 03:12:04,118 `. */
function takeThreadAndTime(walk: Walk): void {
  const thread = /^ ?\[[^[\]]{1,80}\] /.exec(walk.text.slice(walk.position))?.[0].length ?? 0
  const written = thread === 0 ? null : timeWrittenAt(walk.text, walk.position + thread)
  if (written === null) return
  walk.at = written.at
  walk.position = written.end
  settle(walk)
}

function begun(text: string, stamp: string | null): Walk {
  const time = leadingTime(text, stamp)
  const end = time?.end ?? 0
  const walk: Walk = {
    ...{text, position: end, at: time?.at ?? null, level: null, headed: time !== null},
    ...{names: 0, words: 0, message: end, named: false},
  }
  const [setOff, word = ''] = SET_OFF.exec(text) ?? []
  walk.level = levelNamed(word)
  if (setOff === undefined || walk.level === null) return walk
  walk.position = setOff.length
  settle(walk)
  takeThreadAndTime(walk)
  return walk
}

function walked(text: string, stamp: string | null): Walk {
  const walk = begun(text, stamp)
  for (
    let tokens = walk.level !== null ? MOST_TOKENS : 0;
    tokens < MOST_TOKENS && walk.position < text.length;
    tokens += 1
  ) {
    take(walk, SPACE)
    if (![takeTime, takeGroup, takeLevel, takeName].some((takes) => takes(walk))) break
  }
  return walk
}

const PHP_LEVELS: Readonly<Record<string, LogLevel>> = {Warning: 'warning', Notice: 'info', Deprecated: 'warning'}

/** What is left of a line behind its head, or all of it. */
function messageOf(text: string, {message}: Walk): string {
  const left = text.slice(message).trim()
  return message === 0 ? left : left.replace(/^(?:(?:[|:]+|-{1,3}(?=\s))\s*(?=\S)){1,2}/, '')
}

function withPhp(head: LineHead): LineHead {
  const php = PHP.exec(head.message)
  if (php === null) return head
  return {...head, level: PHP_LEVELS[php[1] ?? ''] ?? 'critical', message: head.message.slice(php[0].length)}
}

function usualHead(line: string, stamp: string | null): LineHead {
  const [start, priority] = PRIORITY.exec(line) ?? ['', null]
  const text = line.slice(start.length)
  const walk = walked(text.slice(0, LOOKED_AT), stamp)
  const message = messageOf(text, walk)
  const level = walk.level ?? (priority === null ? null : levelOfPriority(Number(priority)))
  return withPhp({at: walk.at, level, message: message === '' ? line : message})
}

/** Time and level of a plain line, and what is left of it. A word inside the message is no level. */
export function lineHead(line: string, stamp: string | null): LineHead {
  return specialHead(line, stamp) ?? usualHead(line, stamp)
}
