import {shortened, tellsOfError} from './error-text.js'
import {
  bareParts,
  type ByName,
  errorOf,
  errorsByName,
  type Fields,
  isFields,
  lowerCased,
  partOf,
  partsIn,
  statementOf,
  told,
} from './health-parts.js'
import {ofParts, type Part, type StatedHealth, type Statement, unwell, worst} from './health-words.js'

/** Fields that list the parts: Spring, health+json and MicroProfile, ASP.NET, terminus. */
const LISTS = ['components', 'checks', 'details', 'entries', 'results', 'error', 'entities'] as const
/** Where the service itself states nothing, or that it is well, these say how its parts are. */
const TELLING_LISTS = [
  ...['components', 'checks', 'entries', 'checkresults', 'services', 'dependencies', 'entities', 'healthcheckprobes'],
  ...['indicators', 'probes', 'failures', 'healthchecks', 'health_checks', 'results', 'healthy'],
] as const
/** What services depend on, told of at the top level, as Grafana and Kong do. */
const DEPENDENCIES: ReadonlySet<string> = new Set([
  ...['database', 'db', 'cache', 'redis', 'postgres', 'postgresql', 'mysql', 'mongo', 'mongodb', 'rabbitmq', 'kafka'],
  ...['queue', 'elasticsearch', 'storage', 'broker', 'migrations', 'opensearch', 'memcached', 'amqp', 'nats', 'sql'],
])
/** `isDbConnected`, `redis_status`: what is said of a dependency. */
const OF_A_DEPENDENCY =
  /^(?:is_?)?([a-z]+?)_?(?:connected|connection|healthy|health|ok|up|ready|available|alive|reachable|status|state|check|_ok)?$/
/** Where frameworks wrap what they answer. */
const WRAPPERS = ['data', 'result', 'health', 'attributes', 'status', 'overall'] as const
const MOST_WRAPPERS = 3
/** Messages of one who has nothing else to say of itself. */
const MESSAGES = ['message', 'msg', 'detail', 'output', 'reason'] as const

/** Of one who states nothing else of itself. */
const OFF_IF_FALSE = ['connected', 'reachable', 'running', 'online'] as const

function isDependency(name: string): boolean {
  return DEPENDENCIES.has(name) || DEPENDENCIES.has(OF_A_DEPENDENCY.exec(name)?.[1] ?? '')
}

/** Of a list of errors, or of errors by name. */
function ofErrors(errors: unknown): StatedHealth | null {
  if (Array.isArray(errors)) return errors.length === 0 ? null : {outcome: 'degraded', word: 'errors', parts: []}
  if (!isFields(errors) || Object.keys(errors).length === 0) return null
  return {outcome: 'degraded', word: 'errors', parts: unwell(asParts(errors))}
}

function asParts(errors: Fields): readonly Part[] {
  return Object.keys(errors).map((name) => ({name, outcome: 'degraded', word: name}))
}

/** An answer that is an error, or has some: what it is of, it does not say. */
function ofError(fields: ByName): StatedHealth | null {
  const many = ofErrors(fields.get('errors'))
  const error = errorOf(fields)
  return many ?? (error === null ? null : {outcome: 'degraded', word: error, parts: []})
}

/** Of one who states nothing else of itself. */
function ofMessage(fields: ByName): StatedHealth | null {
  const texts = MESSAGES.map((name) => fields.get(name)).filter((value) => typeof value === 'string')
  const isFailed = /^5\d\d$/.test(String(fields.get('code')))
  const error = texts.find((text) => isFailed || tellsOfError(text))
  const off = OFF_IF_FALSE.find((name) => fields.get(name) === false)
  if (off !== undefined) return {outcome: 'degraded', word: `${off}: false`, parts: []}
  return error === undefined ? null : {outcome: 'degraded', word: shortened(error), parts: []}
}

function wrapped(fields: ByName, depth: number): readonly StatedHealth[] {
  if (depth >= MOST_WRAPPERS) return []
  return WRAPPERS.flatMap((name) => {
    const inner = fields.get(name)
    return isFields(inner) ? (ofFields(inner, depth + 1) ?? []) : []
  })
}

/** Kafka Connect's: a connector and its tasks, which have no names but their numbers. */
function connectorParts(fields: ByName): readonly Part[] {
  const connector = fields.get('connector')
  if (!isFields(connector)) return []
  const tasks = partsIn(fields.get('tasks')).map((task) => ({...task, name: `task ${task.name}`}))
  return [...partOf('connector', connector), ...tasks]
}

/** Parts that are told of beside what the service says of itself. */
function tellingParts(document: Fields, fields: ByName): readonly Part[] {
  const lists = TELLING_LISTS.flatMap((name) => partsIn(fields.get(name)))
  const named = Object.entries(document).flatMap(([name, value]) => {
    const lower = name.toLowerCase()
    return isDependency(lower) || (lower.endsWith('_check') && Array.isArray(value)) ? partOf(name, value) : []
  })
  return [...lists, ...connectorParts(fields), ...named]
}

function listedParts(fields: ByName): readonly Part[] {
  return LISTS.flatMap((name) => partsIn(fields.get(name)))
}

/** What goes on where the service says that it is well: that is not believed against what it says of what it needs. */
function ofWell(own: Statement, fields: ByName, said: readonly StatedHealth[]): StatedHealth {
  const found = worst(said.filter(({outcome}) => outcome !== 'unknown'))
  if (found !== null && found.outcome !== 'healthy') return found
  return told(own, listedParts(fields))
}

/** What an object says: of itself, else of its parts. */
export function ofFields(document: Fields, depth = 0): StatedHealth | null {
  const fields = lowerCased(document)
  const own = statementOf(fields, depth > 0 ? ['level'] : [])
  const telling = tellingParts(document, fields)
  if (own !== null && own.outcome !== 'healthy') {
    const listed = listedParts(fields)
    return told(own, listed.length > 0 ? listed : telling)
  }
  const errors = ofParts(errorsByName(document, MESSAGES))
  const said = [...wrapped(fields, depth), ofParts(telling), errors, ofError(fields)].filter((one) => one !== null)
  if (own !== null) return ofWell(own, fields, said)
  return worst([...said, ...[ofParts(bareParts(document)), ofMessage(fields)].filter((one) => one !== null)])
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
