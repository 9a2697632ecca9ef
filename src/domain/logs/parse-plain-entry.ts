import {withoutEscapeCodes} from './escape-codes.js'
import type {Fields} from './field-reader.js'
import type {LogEntry} from './log-entry.js'
import {lineHead} from './line-head.js'
import {pairsIn, parseLogfmt} from './logfmt.js'
import {levelNamed, type LogLevel} from './log-level.js'
import {parseObject} from './parse-json-entry.js'
import {type Around, readFields} from './read-fields.js'
import {NO_REQUEST, requestIn} from './request-line.js'
import type {LineHead} from './line-parts.js'
import {timeWrittenAt} from './written-time.js'

const EXCEPTION =
  /^(?:Uncaught |Unhandled exception\. |Exception in )?[\w.$]*(?:Error|Exception)(?= ?(?:\[\w+\])?:| in thread |\s*$)|^Traceback \(|^ *\+ Exception Group Traceback|^\*\* \(\w|^thread '.*panicked at |^\S+:\d+:in [`'].*\(\w[\w:]*\)$/
/** A prefix and JSON that is the entry itself or the rest of it. */
const FARTHEST_JSON = 400
const LONGEST_PAIRS = 4096
const FARTHEST_TIME = 200
/** PM2 writes which process it was. */
const PREFIX = /^\d{1,3}\|[\w.-]{1,40} +\| /

/** A line that begins with who asked: an address, of IPv4 or IPv6, mostly with a port. */
const ASKED_BY = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}\]?)(?::\d+)? (?:\S+ ){0,3}\[/i

/** Access lines have their time in brackets behind who asked. */
function timeInBrackets(line: string): string | null {
  const start = line.slice(0, FARTHEST_TIME)
  for (let open = start.indexOf('['); open !== -1; open = start.indexOf('[', open + 1)) {
    const written = timeWrittenAt(start, open + 1)
    if (written !== null) return written.at
  }
  return null
}

/** A stack trace tells by itself what it is; it is looked for in its first lines. */
function levelOfTrace(lines: readonly string[]): LogLevel | null {
  const isTrace = /^(?:file:\/\/)?\/\S*:\d+$/.test(lines[0] ?? '')
  return lines.slice(0, isTrace ? 12 : 1).some((line) => EXCEPTION.test(line)) ? 'error' : null
}

/** java.util.logging says its level in the second line. */
function headOf(lines: readonly string[], stamp: string | null): {readonly head: LineHead; readonly used: number} {
  const [first = '', second] = lines
  const head = lineHead(first, stamp)
  if (head.level !== null || head.at === null || second === undefined) return {head, used: 1}
  const below = /^(?:SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST): /.test(second) ? lineHead(second, stamp) : null
  return below === null ? {head, used: 1} : {head: {...below, at: head.at}, used: 2}
}

/** The JSON that ends a line, and where it begins. `received {…} from the queue` tells of another's fields; Monolog writes `{…} []`. */
function jsonIn(line: string): {readonly fields: Fields; readonly open: number} | null {
  const open = line.indexOf('{')
  const close = line.lastIndexOf('}')
  if (open === -1 || open > FARTHEST_JSON || close < open || !/^[\s[\]]*$/.test(line.slice(close + 1))) return null
  const fields = parseObject(line.slice(open, close + 1))
  return fields === null || Object.keys(fields).length === 0 ? null : {fields, open}
}

/** `[web] {"level":"error",…}`, `0|web | {…}`, or a message with JSON behind it. */
function withJson(line: string, around: Around): LogEntry | null {
  const json = jsonIn(line)
  if (json === null) return null
  const {at, level, message} = lineHead(line.slice(0, json.open).trimEnd(), around.at)
  const before = /^[\w.|:[\]() -]{0,60}$/.test(message) && !/[a-z] [a-z]/i.test(message) ? '' : message
  const entry = readFields(json.fields, {...around, at: at ?? around.at, level, message: before})
  return entry.message === '' ? {...entry, message} : entry
}

const NOTHING = {
  ...{module: null, function: null, line: null, userId: null, endpoint: null},
  exception: null,
  fields: {},
}

type Request = Pick<LogEntry, 'method' | 'path' | 'status' | 'durationSeconds' | 'requestId'>

const NO_PAIRS: Request = {...NO_REQUEST, requestId: null}

/** `Order(id=7, status=500)`: an object as Java and Kotlin write it, which says nothing of the request. */
const OBJECT = /\w[([{][^()[\]{}]{0,400}, [^()[\]{}]{0,400}[)\]}]/g
/** What a thread's context is written as: `[requestId=req-81 user=7]`. */
const CONTEXT = /(?:^|\s)\[(?=[\w.]{1,60}=)([^[\]]{1,400})\]/g

function saidInPairs(line: string, around: Around): Request {
  const isShort = line.length <= LONGEST_PAIRS && line.includes('=')
  const pairs = isShort ? pairsIn(line.replaceAll(OBJECT, ' ').replaceAll(CONTEXT, ' $1 ')) : null
  return pairs === null || Object.keys(pairs).length === 0 ? NO_PAIRS : readFields(pairs, around)
}

/** What a plain line says of a request, as an access line or in `name=value`. */
function requestOf(line: string, message: string, around: Around): Request & {readonly isAccess: boolean} {
  const {method, path, status, durationSeconds, requestId} = saidInPairs(line, around)
  const found = [message, line].map(requestIn)
  const access = found.find((each) => each.path !== null || each.status !== null) ?? found[0] ?? NO_REQUEST
  return {
    method: access.method ?? method,
    path: access.path ?? path,
    status: access.status ?? status,
    durationSeconds: access.durationSeconds ?? durationSeconds,
    requestId,
    isAccess: access.path !== null || access.status !== null,
  }
}

/** Rails' `config.log_tags = [:request_id]`. */
const TAG = /^\[([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\] /

function taggedId(message: string): string | null {
  return TAG.exec(message)?.[1] ?? null
}

const ROUTER = /^\S{1,40} heroku\[router\]: at=([a-z]{4,7}) /

function levelOfRouter(line: string): LogLevel | null {
  const word = ROUTER.exec(line)?.[1]
  return word === undefined ? null : levelNamed(word)
}

/** .NET's console says the category in a line of its own. */
const CATEGORY = /^(?:.{0,40} )?(?:trce|dbug|info|warn|fail|crit): [\w.+`<>-]{1,200}\[-?\d{1,9}\]$/

/** The lines as one would write them: .NET's message behind its category. */
function unfolded([first = '', second = '', ...below]: readonly string[]): readonly string[] {
  if (!CATEGORY.test(first) || !second.startsWith('      ')) return [first, second, ...below]
  return [first.replace(/: [^:]*$/, `: ${second.trim()}`), ...below]
}

function parseText(lines: readonly string[], around: Around): LogEntry {
  const [first = ''] = lines
  const {head, used} = headOf(lines, around.at)
  const {isAccess, ...request} = requestOf(first, head.message, around)
  const at = head.at ?? (isAccess || ASKED_BY.test(first) ? timeInBrackets(first) : null) ?? around.at
  const level = head.level ?? levelOfRouter(first) ?? levelOfTrace(lines)
  const requestId = request.requestId ?? taggedId(head.message)
  const entry = {...NOTHING, ...around.origin, ...request, requestId, at, level, message: head.message, raw: around.raw}
  return withException(entry, lines.slice(used))
}

/** A line that is not JSON: time and level from its head, what its pairs and its request say, the lines below as its exception. */
export function parsePlainEntry(text: string, around: Around): LogEntry {
  const [head = '', ...below] = withoutEscapeCodes(text).split('\n')
  const first = head.replace(PREFIX, '')
  const logfmt = parseLogfmt(first)
  if (logfmt !== null) return withException(readFields(logfmt, {...around, message: first}), below)
  const json = below.length === 0 ? withJson(first, around) : null
  return json ?? parseText(below.length === 0 ? [first] : unfolded([first, ...below]), around)
}

function withException(entry: LogEntry, below: readonly string[]): LogEntry {
  return below.length === 0 ? entry : {...entry, exception: below.join('\n')}
}
