import {inYearOf} from './leading-time.js'
import type {LineHead} from './line-parts.js'
import {levelOfLetter, type LogLevel} from './log-level.js'
import {timeWrittenAt, type WrittenTime} from './written-time.js'

/**
 * Heads that say the level by one letter. A letter is a level only in the whole shape of such a head: in front of it, or behind it, stands
 * what no sentence has.
 */
const CLOCK = String.raw`(?<clock>\d\d:\d\d:\d\d(?:\.\d{1,9})?)`
/** 1120, 261120 as CockroachDB and Tornado have it, 20261120. */
const DAY = String.raw`(?:(?:20)?(?<year>\d\d))?(?<month>\d\d)(?<day>\d\d)`
const SOURCE = String.raw`[^\s\]]{1,200}:\d+`

const SHAPES: readonly RegExp[] = [
  // klog, glog, Abseil: E1120 03:12:04.118 1 main.go:40]; PyTorch has it in brackets
  new RegExp(String.raw`^\[?(?<letter>[IWEF])${DAY} ${CLOCK} +(?:\d+ )?${SOURCE}\] `),
  // CockroachDB: E261120 03:12:04.118059 35 9@util/log/event_log.go:32 ⋮ [n1] 23
  new RegExp(String.raw`^(?<letter>[IWEF])${DAY} ${CLOCK} \d+ ${SOURCE} ⋮ (?:\[[^\]]{0,200}\] )?(?:\d+ )?`),
  // Android: 11-20 03:12:04.118  1234  1256 E Tag: and 11-20 03:12:04.118 E/Tag( 1234): and the latter, padded as it is, without a time
  new RegExp(
    String.raw`^(?:20(?<year>\d\d)-)?(?<month>\d\d)-(?<day>\d\d) ${CLOCK}(?<zone> [+-]\d{4})? +\d+ +\d+ (?<letter>[VDIWEFA]) [^\s:][^:]{0,80}: `,
  ),
  new RegExp(
    String.raw`^(?:(?:20(?<year>\d\d)-)?(?<month>\d\d)-(?<day>\d\d) ${CLOCK} )?(?<letter>[VDIWEFA])\/(?=[^(]{8})[^\s:(][^:(]{0,80}\((?=[ \d]{5,7}\)) *\d+\): `,
  ),
  // Tornado: [E 261120 03:12:04 web:2239]
  new RegExp(String.raw`^\[(?<letter>[DIWEC]) ${DAY} ${CLOCK} ${SOURCE}\] `),
]

const BEHIND_A_TIME: readonly RegExp[] = [
  // etcd's capnslog: E | etcdserver:
  / (?<letter>[TDINWEC]) \| [\w./-]{1,80}: /y,
  // GlusterFS: E [MSGID: 114058]
  /\] (?<letter>[TDINWECAM]) (?:\[(?:MSGID: \d+|[\w.-]+:\d+:\w+)\] )+/y,
  // Telegraf: E!
  / (?<letter>[DIWE])! /y,
  // TensorFlow: 2026-11-20 03:12:04.118412: W tensorflow/core/op.cc:12]
  /: (?<letter>[IWEF]) [^\s\]]{1,200}:\d+\] /y,
  // Gitea: a place in the code before it; Beego and frp: one behind it. Alone it may be an option or a drive: `[C]`
  / (?:[\w./-]{1,80}:\d+(?::[\w.()*]{1,80})?|HTTPRequest) \[(?<letter>[TDINWECF])\] /y,
  / \[(?<letter>[TDINWECF])\] (?=\[[\w./-]{1,80}:\d+\])/y,
]
/** Jupyter and Passenger: the letter before a time. */
const BEFORE_A_TIME = /^\[ ?(?<letter>[DINWEC]) (?=\d{4}-\d\d-\d\d \d\d:)/
const REST_OF_GROUP = / [^\s\]][^\]]{0,120}\]:? /y

const OTHER_LETTERS: Readonly<Partial<Record<string, LogLevel>>> = {T: 'debug', A: 'critical', M: 'critical'}

function levelOf(letter = ''): LogLevel | null {
  return OTHER_LETTERS[letter] ?? levelOfLetter(letter)
}

type Groups = Readonly<Partial<Record<string, string>>>

function momentOf({year, month, day, clock, zone}: Groups, stamp: string | null): string | null {
  if (month === undefined || day === undefined || clock === undefined || zone !== undefined) return null
  const rest = `${month}-${day}T${clock}`
  return year === undefined ? inYearOf(stamp, rest) : (timeWrittenAt(`20${year}-${rest}Z`, 0)?.at ?? null)
}

function shaped(line: string, stamp: string | null): LineHead | null {
  for (const shape of SHAPES) {
    const found = shape.exec(line)
    const groups: Groups | undefined = found?.groups
    if (found === null || groups === undefined) continue
    return {at: momentOf(groups, stamp), level: levelOf(groups['letter']), message: line.slice(found[0].length)}
  }
  return null
}

function behindTime(line: string, written: WrittenTime | null): LineHead | null {
  if (written === null) return null
  for (const shape of BEHIND_A_TIME) {
    shape.lastIndex = written.end
    const letter = shape.exec(line)?.groups?.['letter']
    if (letter !== undefined) return {at: written.at, level: levelOf(letter), message: line.slice(shape.lastIndex)}
  }
  return null
}

function beforeTime(line: string): LineHead | null {
  const found = BEFORE_A_TIME.exec(line)
  const written = found === null ? null : timeWrittenAt(line, found[0].length)
  if (found === null || written === null) return null
  REST_OF_GROUP.lastIndex = written.end
  if (!REST_OF_GROUP.test(line)) return null
  return {at: written.at, level: levelOf(found.groups?.['letter']), message: line.slice(REST_OF_GROUP.lastIndex)}
}

/** The head of a line whose level is one letter, `written` being the time that it begins with; null for any other line. */
export function letterHead(line: string, stamp: string | null, written: WrittenTime | null): LineHead | null {
  return shaped(line, stamp) ?? beforeTime(line) ?? behindTime(line, written)
}
