import {topLevelFields} from './top-level-fields.js'

/** What the body of an answer says of the health of whoever answered. */
export interface StatedHealth {
  readonly outcome: 'healthy' | 'degraded' | 'failing' | 'unknown'
  /** As it was written: `DOWN`, `false`. */
  readonly word: string
  /** The parts that it says are not well, by name; a few of them. */
  readonly parts: readonly string[]
}

type Outcome = StatedHealth['outcome']

/** In lower case, with `_` between words. */
const WORDS: Readonly<Record<Outcome, readonly string[]>> = {
  healthy: [
    ...['up', 'ok', 'okay', 'pass', 'passed', 'passing', 'healthy', 'alive', 'ready', 'live', 'available', 'green'],
    ...['serving', 'success', 'operational', 'running', 'true'],
  ],
  degraded: ['degraded', 'warn', 'warning', 'yellow', 'impaired', 'partial', 'partially_degraded'],
  failing: [
    ...['down', 'fail', 'failed', 'failing', 'failure', 'unhealthy', 'error', 'out_of_service', 'critical', 'red'],
    ...[
      'not_ok',
      'not_ready',
      'not_healthy',
      'not_serving',
      'not_alive',
      'shutting_down',
      'unavailable',
      'service_unavailable',
    ],
    ...['offline', 'dead', 'nok', 'false'],
  ],
  unknown: ['unknown', 'service_unknown'],
}
const OUTCOMES: ReadonlyMap<string, Outcome> = new Map(
  (Object.keys(WORDS) as Outcome[]).flatMap((outcome) => WORDS[outcome].map((word) => [word, outcome] as const)),
)
const WORST_FIRST: readonly Outcome[] = ['failing', 'degraded', 'unknown', 'healthy']

/** Longer than any of them, whatever stands between their letters. */
const LONGEST_WORD = 40
/** Of a part, a name; and so many parts. */
const LONGEST_NAME = 60
const MOST_PARTS = 5

/** Fields of JSON that state it, in lower case. */
const FIELDS = ['status', 'health', 'healthy', 'ok', 'alive', 'ready', 'success', 'state'] as const
/** Of these only yes or no is a statement: as a text they are about something else. */
const YES_OR_NO: ReadonlySet<string> = new Set(['ok', 'alive', 'ready', 'success'])
/** Fields that list the parts: Spring, health+json and MicroProfile, ASP.NET, terminus. */
const LISTS = ['components', 'checks', 'details', 'entries', 'results', 'error'] as const
/** Where the service itself states nothing, these say how its parts are. */
const TELLING_LISTS: readonly string[] = ['components', 'checks', 'entries']

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function outcomeOf(word: string): Outcome | null {
  if (word.length > LONGEST_WORD) return null
  const normal = word.trim().replace(/[.!]$/, '').replace(/[\s-]/g, '_').toLowerCase()
  return OUTCOMES.get(normal) ?? null
}

/** By names in lower case: of two that differ only so, the first counts. */
function lowerCased(fields: Fields): ReadonlyMap<string, unknown> {
  const entries = Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value] as const)
  return new Map(entries.toReversed())
}

type Statement = Pick<StatedHealth, 'outcome' | 'word'>

function statementIn(name: string, value: unknown): readonly Statement[] {
  if (typeof value !== 'string' && typeof value !== 'boolean') return []
  const word = String(value)
  if (YES_OR_NO.has(name) && !/^(?:true|false)$/i.test(word)) return []
  const outcome = outcomeOf(word)
  if (outcome === null) return []
  return [{outcome, word: typeof value === 'string' || name === '' ? word.trim() : `${name}: ${word}`}]
}

function worst(statements: readonly Statement[]): Statement | null {
  const rank = ({outcome}: Statement): number => WORST_FIRST.indexOf(outcome)
  return statements.toSorted((one, other) => rank(one) - rank(other))[0] ?? null
}

function statementOf(fields: ReadonlyMap<string, unknown>): Statement | null {
  return worst(FIELDS.flatMap((name) => statementIn(name, fields.get(name))))
}

interface Part extends Statement {
  readonly name: string
}

const NAMES = ['name', 'key', 'component', 'componentname'] as const

/** One of a list, which may be a status alone, what has one, or several such of one name. */
function partOf(name: string, value: unknown): readonly Part[] {
  if (Array.isArray(value)) {
    const found = worst(value.flatMap((one: unknown) => (Array.isArray(one) ? [] : partOf(name, one))))
    return found === null ? [] : [{...found, name}]
  }
  const statement = isFields(value) ? statementOf(lowerCased(value)) : worst(statementIn('', value))
  return statement === null ? [] : [{...statement, name}]
}

function partsIn(list: unknown): readonly Part[] {
  if (isFields(list)) return Object.entries(list).flatMap(([name, value]) => partOf(name, value))
  if (!Array.isArray(list)) return []
  return list.filter(isFields).flatMap((one) => {
    const fields = lowerCased(one)
    const name = NAMES.map((key) => fields.get(key)).find((text) => typeof text === 'string')
    return name === undefined ? [] : partOf(name, one)
  })
}

function unwell(parts: readonly Part[]): readonly string[] {
  const names = parts.filter(({outcome}) => outcome !== 'healthy').map(({name}) => name.slice(0, LONGEST_NAME))
  return [...new Set(names)].slice(0, MOST_PARTS)
}

function ofFields(document: Fields): StatedHealth | null {
  const fields = lowerCased(document)
  const parts = LISTS.map((name) => ({name, parts: partsIn(fields.get(name))}))
  const own = statementOf(fields)
  if (own !== null) return {...own, parts: unwell(parts.flatMap((list) => list.parts))}
  const telling = parts.filter(({name}) => TELLING_LISTS.includes(name)).flatMap((list) => list.parts)
  const found = worst(telling)
  if (found === null) return null
  // Whether the whole can do without it is not said.
  const outcome = found.outcome === 'failing' ? 'degraded' : found.outcome
  return {outcome, word: found.word, parts: unwell(telling)}
}

/** Words that a reason may follow, as in `DOWN: no database`: others are as often about something else. */
const BEFORE_A_REASON = /^(down|unhealthy|out[_ -]of[_ -]service|fail(?:ed)?|degraded|not ready|unavailable)\s*[:(–—]/i
const LABELLED = /^(?:status|health)\s*[:=]\s*["']?([\w -]{1,40}?)["']?$/i

/** Of a text: it is such a word and nothing else, or begins with one that a reason follows. */
function ofText(text: string): StatedHealth | null {
  const line = text.split('\n', 1)[0]?.trim() ?? ''
  const word = BEFORE_A_REASON.exec(line)?.[1] ?? LABELLED.exec(text)?.[1] ?? text
  const outcome = outcomeOf(word)
  return outcome === null ? null : {outcome, word, parts: []}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text.startsWith('{') ? topLevelFields(text) : text
  }
}

/**
 * What a body says, whatever type it claims to be of: by the status words of Spring's Actuator, health+json, ASP.NET, MicroProfile,
 * terminus and their like, or as plain text. Null where it says nothing of health: a word within prose, or deep within somebody else's
 * JSON, is no statement. A body that is cut off is read as far as it goes.
 */
export function statedHealth(body: string): StatedHealth | null {
  const text = body.replace(/^\uFEFF/, '').trim()
  const value = parsed(text)
  if (isFields(value)) return ofFields(value)
  return typeof value === 'string' || typeof value === 'boolean' ? ofText(String(value).trim()) : null
}
