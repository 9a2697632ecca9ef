import {shortened, tellsOfError} from './error-text.js'
import {
  isNoError,
  ofParts,
  outcomeOf,
  type Part,
  statedText,
  type StatedHealth,
  type Statement,
  unwell,
} from './health-words.js'

/** More lines than a list of parts has. */
const MOST_LINES = 200

/** Lines of Kubernetes' and its relatives' verbose answer. */
const CHECK_LINE = /^\[([+-])\]([\w./-]{1,100})/
/** `db: OK`, `ingester => Failed`, as a line of a list or of YAML. */
const NAMED = /^(\s{0,40})(?:- )?["']?(\w[\w .()@/-]{0,59}?)["']?\s{0,20}(?::|=>|=|->|\s-)(?:\s{1,20}(\S.*)|(\S.*)?)$/
/** As okcomputer writes: `database: FAILED Error: no connection (1s)`. */
const LEADING = /^(PASSED|PASS|OK|UP|HEALTHY|WARN(?:ING)?|FAILED|FAIL|DOWN|ERROR|CRITICAL|UNHEALTHY)\s/
/** `[health]` of INI, `---` of YAML, a comment. */
const NO_LINE = /^(?:\[[\w .-]{1,60}\]|-{3,}|#.*)$/
const OWN = /^(?:status|health|state)$/i
/** `✅ db`, `[FAIL] redis: no answer`. */
const MARKED = /^(?:(✅|✔️?|✓|🟢)|(❌|✖️?|✗|✘|🔴)|(⚠️?|🟡|🟠)|\[\s?([A-Za-z]{2,10})\s?\])\s{0,8}([^:]{1,60})/u
/** `db ..... OK`, `redis   FAIL`. */
const COLUMNS = /^(\w[\w .()@/-]{0,59}?)\s?(?:\s{2,40}|\.{2,80}\s?|\t)(\w[\w -]{0,30})$/
/** On one line, several: `db=ok;redis=fail`, `db: up, redis: down`, `db:ok redis:fail`. */
const IN_A_ROW =
  /^[\w.-]{1,60}\s?[:=]\s?\w{1,30}(?:\s?[;,|]\s?[\w.-]{1,60}\s?[:=]\s?\w{1,30})+[;,|]?$|^[\w.-]{1,60}[:=]\w{1,30}(?: [\w.-]{1,60}[:=]\w{1,30})+$/

interface Line {
  readonly isIndented: boolean
  readonly name: string
  readonly value: string
}

function ofCheckLines(lines: readonly string[]): StatedHealth | null {
  const parts = lines.flatMap((line): Part[] => {
    const [, sign, name = ''] = CHECK_LINE.exec(line) ?? []
    if (sign === undefined) return []
    return [{name, outcome: sign === '+' ? 'healthy' : 'failing', word: sign === '+' ? 'ok' : 'failed'}]
  })
  const said = ofParts(parts)
  return said !== null && lines.some((line) => /^(?:healthz|livez|readyz) check failed$/i.test(line))
    ? {...said, outcome: 'failing'}
    : said
}

const MARKS = ['up', 'failed', 'warning'] as const

function ofMark(line: string): Part | null {
  const [, good, bad, doubtful, word, name = ''] = MARKED.exec(line) ?? []
  const [, column = '', stated = ''] = COLUMNS.exec(line) ?? []
  const sign = [good, bad, doubtful].findIndex((one) => one !== undefined)
  const said = MARKS[sign] ?? word ?? stated
  const outcome = outcomeOf(said)
  return outcome === null ? null : {name: column === '' ? name.trim() : column, outcome, word: said}
}

/** Where each line has such a mark, or its word in a column. */
function ofMarkedLines(lines: readonly string[]): StatedHealth | null {
  const parts = lines.map(ofMark).filter((part) => part !== null)
  return lines.length > 1 && parts.length === lines.length ? ofParts(parts) : null
}

const DELIMITERS = [',', '\t', ';', '|'] as const

function cellsOf(line: string, delimiter: string | undefined): readonly string[] {
  const cells = delimiter === undefined ? line.trim().split(/\s+/) : line.split(delimiter)
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}

const NAME_COLUMNS = ['name', 'service', 'cluster', 'index', 'node', 'check', 'component'] as const

/** A table whose head has a status: HAProxy's CSV, Elasticsearch's `_cat` with `?v`. */
function ofTable(lines: readonly string[]): StatedHealth | null {
  const [head = '', ...rows] = lines
  const delimiter = DELIMITERS.find((one) => head.includes(one))
  const columns = cellsOf(head.replace(/^#\s*/, ''), delimiter).map((cell) => cell.toLowerCase())
  const at = ['health', 'status', 'state'].map((name) => columns.indexOf(name)).find((index) => index !== -1)
  if (at === undefined || columns.length < 2) return null
  const named = NAME_COLUMNS.map((name) => columns.indexOf(name)).find((index) => index !== -1) ?? 0
  const parts = rows.flatMap((row): Part[] => {
    const cells = cellsOf(row, delimiter)
    const word = cells[at] ?? ''
    const outcome = outcomeOf(word)
    return outcome === null ? [] : [{name: cells[named] ?? '', outcome, word}]
  })
  return ofParts(parts)
}

/** Elasticsearch's `_cat/health`, each line a cluster. */
const CAT_HEALTH = /^(?:\d{9,11} \d\d:\d\d:\d\d )?(\S{1,100}) (green|yellow|red)(?: \d+){2}/

function ofCatHealth(lines: readonly string[]): StatedHealth | null {
  return ofParts(
    lines.flatMap((line): Part[] => {
      const [, name = '', word = ''] = CAT_HEALTH.exec(line.replaceAll(/\s+/g, ' ')) ?? []
      const outcome = outcomeOf(word)
      return outcome === null ? [] : [{name, outcome, word}]
    }),
  )
}

function readLine(line: string): Line | null {
  const [whole, indent = '', name = '', spaced, tight] = NAMED.exec(line) ?? []
  if (whole === undefined) return null
  const value = (spaced ?? tight ?? '').trim().replace(/^(["'])(.*)\1$/, '$2')
  return {isIndented: indent !== '' || line.trimStart().startsWith('- '), name, value}
}

function valueSays({name, value}: Line): Statement | null {
  if (/^(?:errors?|warnings?|failures?)$/i.test(name) && isNoError(value)) return null
  const [word] = LEADING.exec(value) ?? []
  const outcome = word === undefined ? null : outcomeOf(word)
  return word === undefined || outcome === null ? statedText(value) : {outcome, word: word.trim()}
}

interface Listed {
  /** Of the whole. */
  readonly own: Statement | null
  readonly parts: readonly Part[]
  /** Lines that are no name with a value. */
  readonly others: readonly string[]
}

/** What each line says, where it is a name with a value; a status further in is of what was named before it. */
function listedIn(lines: readonly string[]): Listed {
  let own: Statement | null = null
  let above = ''
  const parts: Part[] = []
  const others: string[] = []
  for (const text of lines) {
    const line = readLine(text)
    const said = line === null ? null : valueSays(line)
    if (line === null) others.push(text.trim())
    else if (said === null) above = line.name === 'name' ? line.value : line.name
    else if (!OWN.test(line.name)) parts.push({...said, name: line.name})
    else if (line.isIndented) parts.push({...said, name: above})
    else own ??= said
  }
  return {own, parts, others}
}

/** A word that heads what is said further: `OK`, and then of each thing how it is. */
function underHead({parts, others}: Listed): StatedHealth | null {
  const [head = '', ...rest] = others
  if (outcomeOf(head) !== 'healthy') return null
  const told = rest.filter(tellsOfError).map((line): Part => ({name: '', outcome: 'failing', word: shortened(line)}))
  return ofParts([{name: head, outcome: 'healthy', word: head}, ...parts, ...told])
}

/** Where every line is a name with a value: its own status, else that of those that are named. */
function ofNamedLines(lines: readonly string[]): StatedHealth | null {
  const listed = listedIn(lines)
  const {own, parts, others} = listed
  const said = ofParts(parts)
  if (others.length > 0) return others[0] === lines[0]?.trim() ? underHead(listed) : null
  if (own !== null) return said === null || own.outcome !== 'healthy' ? {...own, parts: unwell(parts)} : said
  const isList = parts.some(({outcome}) => outcome === 'healthy')
    ? 2 * parts.length >= lines.length
    : parts.length === lines.length
  return isList ? said : null
}

/** A list of lines, of which each is about something that the service needs. */
export function ofLines(whole: string): StatedHealth | null {
  const separator = IN_A_ROW.test(whole) ? /[;,|]\s?|(?<![:=]) (?![:=])/ : '\n'
  const lines = whole.split(separator).filter((line) => line.trim() !== '')
  if (lines.length > MOST_LINES) return null
  const trimmed = lines.map((line) => line.trim())
  const listed = lines.filter((line) => !NO_LINE.test(line.trim()))
  return (
    ofCheckLines(trimmed) ?? ofCatHealth(trimmed) ?? ofTable(trimmed) ?? ofMarkedLines(trimmed) ?? ofNamedLines(listed)
  )
}
