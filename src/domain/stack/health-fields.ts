import {
  ofParts,
  outcomeOf,
  type Part,
  statedWord,
  type StatedHealth,
  type Statement,
  unwell,
  worst,
} from './health-words.js'

/** Fields of JSON that state it, in lower case. */
const FIELDS = [
  ...['status', 'health', 'healthy', 'ok', 'alive', 'ready', 'success', 'state', 'up', 'ishealthy', 'is_healthy'],
  ...['outcome', 'overall', 'overall_status', 'overallstatus', 'health_status', 'healthstatus', 'aggregatedstatus'],
] as const
/** Of these only yes or no is a statement: as a text they are about something else. */
const YES_OR_NO: ReadonlySet<string> = new Set(['ok', 'alive', 'ready', 'success', 'up', 'reachable', 'connected'])
/** Fields that list the parts: Spring, health+json and MicroProfile, ASP.NET, terminus. */
const LISTS = ['components', 'checks', 'details', 'entries', 'results', 'error'] as const
/** Where the service itself states nothing, or that it is well, these say how its parts are. */
const TELLING_LISTS = ['components', 'checks', 'entries', 'checkresults', 'services', 'dependencies'] as const
/** What services depend on, told of at the top level, as Grafana and Kong do. */
const DEPENDENCIES = [
  ...['database', 'db', 'cache', 'redis', 'postgres', 'postgresql', 'mysql', 'mongo', 'mongodb', 'rabbitmq', 'kafka'],
  ...['queue', 'elasticsearch', 'storage'],
] as const
/** Where frameworks wrap what they answer. */
const WRAPPERS = ['data', 'result', 'health', 'attributes'] as const
const MOST_WRAPPERS = 3
const HTTP_STATUSES = ['status', 'statuscode', 'status_code'] as const
/** Characters of an error that an answer states. */
const LONGEST_ERROR = 60

export type Fields = Readonly<Record<string, unknown>>
type ByName = ReadonlyMap<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** By names in lower case: of two that differ only so, the first counts. */
function lowerCased(fields: Fields): ByName {
  const entries = Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value] as const)
  return new Map(entries.toReversed())
}

function statementIn(name: string, value: unknown): readonly Statement[] {
  if (typeof value !== 'string' && typeof value !== 'boolean') return []
  const word = String(value)
  if (YES_OR_NO.has(name) && !/^(?:true|false)$/i.test(word)) return []
  const outcome = outcomeOf(word)
  if (outcome === null) return []
  return [{outcome, word: typeof value === 'string' || name === '' ? word.trim() : `${name}: ${word}`}]
}

/** A server's error as HTTP numbers it, in an answer whose own status is good; and Vault's seal. */
function otherStatements(fields: ByName): readonly Statement[] {
  const failing = (name: string, value: unknown): Statement => ({outcome: 'failing', word: `${name}: ${String(value)}`})
  const numbers = HTTP_STATUSES.filter((name) => /^5\d\d$/.test(String(fields.get(name))))
  const isSealed = fields.get('sealed') === true && typeof fields.get('initialized') === 'boolean'
  return [
    ...numbers.map((name) => failing(name, fields.get(name))),
    ...(isSealed ? [failing('sealed', true)] : []),
    ...(fields.get('error') === true ? [failing('error', true)] : []),
  ]
}

function statementOf(fields: ByName, others: readonly string[] = []): Statement | null {
  const stated = [...FIELDS, ...others].flatMap((name) => statementIn(name, fields.get(name)))
  return worst([...stated, ...otherStatements(fields)])
}

const NAMES = ['name', 'key', 'component', 'componentname', 'checkid', 'cluster'] as const

/** One of a list, which may be a status alone, what has one, or several such of one name. */
function partOf(name: string, value: unknown): readonly Part[] {
  if (Array.isArray(value)) {
    const found = worst(value.flatMap((one: unknown) => (Array.isArray(one) ? [] : partOf(name, one))))
    return found === null ? [] : [{...found, name}]
  }
  if (isFields(value)) {
    const statement = statementOf(lowerCased(value), ['reachable', 'connected'])
    return statement === null ? [] : [{...statement, name}]
  }
  const statement = typeof value === 'string' ? statedWord(value) : worst(statementIn('', value))
  return statement === null ? [] : [{...statement, name}]
}

/** Consul: an instance of a service, or a node, with its checks and what they come to. */
function partsOfInstance(fields: ByName): readonly Part[] {
  const service = fields.get('service')
  if (!isFields(service)) return isFields(fields.get('node')) ? partsIn(fields.get('checks')) : []
  const id = service['ID']
  const whole = partOf(typeof id === 'string' ? id : 'service', fields.get('aggregatedstatus'))
  return [...whole, ...partsIn(fields.get('checks'))]
}

function partsOfOne(one: Fields): readonly Part[] {
  const fields = lowerCased(one)
  const name = NAMES.map((key) => fields.get(key)).find((text) => typeof text === 'string')
  return name === undefined ? partsOfInstance(fields) : partOf(name, one)
}

function partsIn(list: unknown): readonly Part[] {
  if (isFields(list)) return Object.entries(list).flatMap(([name, value]) => partOf(name, value))
  return Array.isArray(list) ? list.filter(isFields).flatMap(partsOfOne) : []
}

/** Nothing but parts: Dropwizard's objects with `healthy`, django-health-check's words. */
function bareParts(document: Fields): readonly Part[] {
  const values = Object.values(document)
  const isHealthChecks = values.every((value) => isFields(value) && typeof value['healthy'] === 'boolean')
  const isWords = values.every((value) => typeof value === 'string' && statedWord(value) !== null)
  return values.length > 0 && (isHealthChecks || isWords) ? partsIn(document) : []
}

const NO_ERROR = /^(?:none|null|no|nil|ok|false|0|n\/a|-)?$/i

/** An answer that is an error, without a word of health: what it is of, it does not say. */
function ofError(fields: ByName): StatedHealth | null {
  const errors = fields.get('errors')
  if (Array.isArray(errors) && errors.length > 0) return {outcome: 'degraded', word: 'errors', parts: []}
  const error = fields.get('error')
  if (typeof error !== 'string' || NO_ERROR.test(error.trim())) return null
  return {outcome: 'degraded', word: `error: ${error.trim().slice(0, LONGEST_ERROR)}`, parts: []}
}

function wrapped(fields: ByName, depth: number): readonly StatedHealth[] {
  if (depth >= MOST_WRAPPERS) return []
  return WRAPPERS.flatMap((name) => {
    const inner = fields.get(name)
    return isFields(inner) ? (ofFields(inner, depth + 1) ?? []) : []
  })
}

/** Parts that are told of beside what the service says of itself. */
function tellingParts(fields: ByName): readonly Part[] {
  const lists = TELLING_LISTS.flatMap((name) => partsIn(fields.get(name)))
  return [...lists, ...DEPENDENCIES.flatMap((name) => partOf(name, fields.get(name)))]
}

/** What goes on where the service says that it is well: that is not believed against what it says of what it needs. */
function ofWell(own: Statement, fields: ByName, said: readonly StatedHealth[]): StatedHealth {
  const found = worst(said.filter(({outcome}) => outcome !== 'unknown'))
  if (found !== null && found.outcome !== 'healthy') return found
  return {...own, parts: unwell(listedParts(fields))}
}

function listedParts(fields: ByName): readonly Part[] {
  return LISTS.flatMap((name) => partsIn(fields.get(name)))
}

/** What an object says: of itself, else of its parts. */
export function ofFields(document: Fields, depth = 0): StatedHealth | null {
  const fields = lowerCased(document)
  const own = statementOf(fields)
  const telling = tellingParts(fields)
  if (own !== null && own.outcome !== 'healthy') {
    const listed = listedParts(fields)
    return {...own, parts: unwell(listed.length > 0 ? listed : telling)}
  }
  const said = [...wrapped(fields, depth), ...[ofParts(telling)].filter((one) => one !== null)]
  if (own !== null) return ofWell(own, fields, said)
  return worst([...said, ...[ofParts(bareParts(document)), ofError(fields)].filter((one) => one !== null)])
}

/** Of what is left of an object that was cut off: only what it says of itself. */
export function ofFieldsLeft(document: Fields): StatedHealth | null {
  const own = statementOf(lowerCased(document))
  return own === null ? null : {...own, parts: []}
}

/** Of a list, as Consul answers: each has its name and its status. */
export function ofList(list: readonly unknown[]): StatedHealth | null {
  return ofParts(partsIn(list))
}
