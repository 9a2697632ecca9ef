import {shortened, tellsOfError} from './error-text.js'
import {isNoError, outcomeOf, type Part, statedText, type Statement, unwell, worst} from './health-words.js'

/** Fields of JSON that state it, in lower case. */
const FIELDS = [
  ...['status', 'health', 'healthy', 'ok', 'alive', 'ready', 'success', 'state', 'up', 'ishealthy', 'is_healthy'],
  ...['outcome', 'overall', 'overall_status', 'overallstatus', 'health_status', 'healthstatus', 'aggregatedstatus'],
  ...['passed', 'passing', 'pass', 'available'],
] as const
/** Of these only yes or no is a statement: as a text they are about something else. */
const YES_OR_NO: ReadonlySet<string> = new Set([
  ...[
    'ok',
    'alive',
    'ready',
    'success',
    'up',
    'reachable',
    'connected',
    'passed',
    'passing',
    'pass',
    'running',
    'available',
  ],
])
/** Of a part, these state something too. */
const FIELDS_OF_A_PART = ['reachable', 'connected', 'running', 'available', 'level', 'result'] as const
/** What is not well while this is so: Nextcloud's, RabbitMQ's, and what anybody would call it. */
const BAD_IF_TRUE = [
  ...['maintenance', 'maintenancemode', 'maintenance_mode', 'needsdbupgrade', 'degraded', 'unhealthy', 'shuttingdown'],
  ...['shutting_down', 'draining', 'mem_alarm', 'disk_free_alarm', 'haserrors', 'has_errors', 'iserror', 'is_error'],
] as const
const HTTP_STATUSES = ['status', 'statuscode', 'status_code'] as const
/** Where an error stands, if there is one. */
const ERRORS = ['error', 'err', 'errmsg', 'errormessage', 'error_message', 'exception'] as const
const NAMES = [
  ...['name', 'key', 'component', 'componentname', 'checkid', 'cluster', 'alias', 'checker', 'check', 'service_id'],
  ...['serviceid', 'service', 'node_id', 'label', 'id'],
] as const
/** Of a part, what lists its own. */
const LISTS_OF_A_PART = ['components', 'checks', 'entries', 'dependencies', 'checkresults'] as const
const MOST_LEVELS = 4

export type Fields = Readonly<Record<string, unknown>>
export type ByName = ReadonlyMap<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** By names in lower case: of two that differ only so, the first counts. */
export function lowerCased(fields: Fields): ByName {
  const entries = Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value] as const)
  return new Map(entries.toReversed())
}

function statementIn(name: string, value: unknown): readonly Statement[] {
  if (typeof value !== 'string' && typeof value !== 'boolean') return []
  const word = String(value)
  if (YES_OR_NO.has(name) && !/^(?:true|false|yes|no)$/i.test(word)) return []
  const outcome = name.includes('healthy') && /^no$/i.test(word.trim()) ? 'failing' : outcomeOf(word)
  if (outcome === null) return []
  return [{outcome, word: typeof value === 'string' || name === '' ? word.trim() : `${name}: ${word}`}]
}

/** ASP.NET's HealthStatus where it is written as a number. */
const ASPNET = ['failing', 'degraded', 'healthy'] as const

/** Numbers that state something: a server's error as HTTP numbers it, in an answer whose own status is good, and others. */
function numbersIn(fields: ByName): readonly Statement[] {
  const stated = (name: string, outcome: Statement['outcome']): Statement => {
    return {outcome, word: `${name}: ${String(fields.get(name))}`}
  }
  const failed = HTTP_STATUSES.filter((name) => /^5\d\d$/.test(String(fields.get(name))))
  const aspnet = fields.has('totalduration') ? ASPNET[Number(fields.get('status') ?? NaN)] : undefined
  return [
    ...failed.map((name) => stated(name, 'failing')),
    ...(aspnet === undefined ? [] : [stated('status', aspnet)]),
    // MongoDB's, mostly; a number is no word, so that it is not taken for the worst.
    ...(fields.get('ok') === 0 ? [stated('ok', 'degraded')] : []),
  ]
}

/** What states it otherwise: Vault's seal, alarms, maintenance. */
function otherStatements(fields: ByName): readonly Statement[] {
  const isSealed = fields.get('sealed') === true && typeof fields.get('initialized') === 'boolean'
  const bad = BAD_IF_TRUE.filter((name) => fields.get(name) === true)
  return [
    ...numbersIn(fields),
    ...(isSealed ? [{outcome: 'failing', word: 'sealed: true'} as const] : []),
    ...(fields.get('error') === true ? [{outcome: 'failing', word: 'error: true'} as const] : []),
    ...bad.map((name): Statement => ({outcome: 'degraded', word: `${name}: true`})),
  ]
}

export function statementOf(fields: ByName, others: readonly string[] = []): Statement | null {
  const stated = [...FIELDS, ...others].flatMap((name) => statementIn(name, fields.get(name)))
  return worst([...stated, ...otherStatements(fields)])
}

/** The error that an object tells of, as it may be shown; null where it tells of none. */
export function errorOf(fields: ByName): string | null {
  const texts = ERRORS.map((name) => fields.get(name)).filter((value) => typeof value === 'string')
  const error = texts.find((text) => !isNoError(text))
  return error === undefined ? null : `error: ${shortened(error)}`
}

function ofPartFields(value: Fields, level: number): Statement | null {
  const fields = lowerCased(value)
  const own = statementOf(fields, FIELDS_OF_A_PART)
  // Nothing but parts of the part, as each database of several.
  const areAll = own === null && Object.values(value).every(isFields)
  const listed = LISTS_OF_A_PART.flatMap((name) => partsIn(fields.get(name), level + 1))
  const within = areAll ? partsIn(value, level + 1) : listed
  const found = worst(within.filter(({outcome}) => outcome !== 'unknown'))
  if (found !== null && (own === null || own.outcome === 'healthy')) {
    return found.outcome === 'failing' ? {...found, outcome: 'degraded'} : found
  }
  const error = own === null ? errorOf(fields) : null
  return error === null ? own : {outcome: 'degraded', word: error}
}

/** One of a list, which may be a status alone, what has one, or several such of one name. */
export function partOf(name: string, value: unknown, level = 0): readonly Part[] {
  if (level > MOST_LEVELS) return []
  if (Array.isArray(value)) {
    const found = worst(value.flatMap((one: unknown) => (Array.isArray(one) ? [] : partOf(name, one, level + 1))))
    return found === null ? [] : [{...found, name}]
  }
  const read = (): Statement | null => {
    if (isFields(value)) return ofPartFields(value, level)
    return typeof value === 'string' ? statedText(value) : worst(statementIn('', value))
  }
  const statement = read()
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

function nameIn(fields: ByName): string | undefined {
  const named = NAMES.map((key) => fields.get(key)).find(
    (value) => typeof value === 'string' || typeof value === 'number',
  )
  return named === undefined ? undefined : String(named)
}

function partsOfOne(one: Fields, level: number): readonly Part[] {
  const fields = lowerCased(one)
  const name = nameIn(fields)
  return name === undefined ? partsOfInstance(fields) : partOf(name, one, level)
}

export function partsIn(list: unknown, level = 0): readonly Part[] {
  if (level > MOST_LEVELS) return []
  if (isFields(list)) return Object.entries(list).flatMap(([name, value]) => partOf(name, value, level))
  return Array.isArray(list) ? list.filter(isFields).flatMap((one) => partsOfOne(one, level)) : []
}

/** Fields of texts that describe, name or address, whatever words they have, and of what is past. */
const NO_CHECK =
  /^(?:description|name|title|documentation|docs|help|hint|notes?|motd|url|uri|link|href|version|text|summary|info|about|banner|label|changelog|changes|readme|release_?notes|example|history|last|prev|past|recent|max|min|retry|on)|(?:url|version|history|since|_at|date|name|policy|mode|strategy)$/i

/** Texts of an error, each beside the name of what it is of. */
export function errorsByName(document: Fields, skipped: readonly string[]): readonly Part[] {
  return Object.entries(document).flatMap(([name, value]): Part[] => {
    const isCheck =
      typeof value === 'string' && !NO_CHECK.test(name) && ![...ERRORS, ...skipped].includes(name.toLowerCase())
    return isCheck && tellsOfError(value) ? [{name, outcome: 'failing', word: shortened(value)}] : []
  })
}

/** Nothing but parts, or almost: each with a statement of its own. */
export function bareParts(document: Fields): readonly Part[] {
  const values = Object.entries(document)
  const named = values.filter(([, value]) => typeof value === 'object' && value !== null)
  const parts = named.flatMap(([name, value]) => partOf(name, value))
  const isOfOne =
    named.length === 1 && !named.every(([, value]) => isFields(value) && typeof value['healthy'] === 'boolean')
  // A part may tell nothing of itself, as one that is off.
  const areAll =
    parts.length > 0 && named.every(([name, value]) => isSilent(value) || parts.some((one) => one.name === name))
  return [...(areAll && !isOfOne ? parts : []), ...bareWords(values)]
}

function isSilent(value: unknown): boolean {
  return (
    isFields(value) &&
    Object.entries(value).some(([name, text]) => /^(?:status|state|health)$/i.test(name) && text === null)
  )
}

/** django-health-check's words: where there is one of health, the others are statements too, where they are words. */
function bareWords(values: readonly (readonly [string, unknown])[]): readonly Part[] {
  const texts = values.filter(([name, value]) => typeof value === 'string' && !NO_CHECK.test(name))
  const parts = texts.flatMap(([name, value]) => partOf(name, value))
  const isList = parts.some(({outcome}) => outcome === 'healthy') && parts.length * 2 >= texts.length
  const areAll = parts.length > 0 && parts.length === values.length
  return isList || areAll ? parts : []
}

export function told(own: Statement, parts: readonly Part[]): Statement & {readonly parts: readonly string[]} {
  return {...own, parts: unwell(parts)}
}
