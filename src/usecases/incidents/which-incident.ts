import {FaciError} from '../../domain/errors.js'
import {type IncidentRecord, incidentRecord} from '../../domain/incidents/incident-record.js'
import {type IncidentFacts, isOver} from '../../domain/incidents/incident.js'
import {command} from '../../domain/text/shell-command.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import type {TypedAgain} from './typed-again.js'

const OPEN = "faci incident open --title 'API down'"

/** Those that can be meant without being named. */
const NEWEST = 0

async function noneOpen(incidents: IncidentStore): Promise<FaciError> {
  const last = await incidents.find('last')
  if (last === null)
    return new FaciError('notFound', 'No incident is open', {suggestions: ['faci incident list', OPEN]})
  return new FaciError('notFound', 'No incident is open; the one before is called `last`', {
    suggestions: ['faci incident show last', 'faci incident list', OPEN],
  })
}

/** So many are named. */
const MOST_NAMED = 5

/** Which of them is meant, with the whole command for each, the gravest first. */
function severalOpen(open: readonly IncidentFacts[], again: TypedAgain['of']): FaciError {
  const sorted = open.toSorted((one, other) => one.severity.localeCompare(other.severity))
  const shown = sorted.slice(0, MOST_NAMED)
  const more = sorted.length - shown.length
  const lines = shown.map(({handle, severity, title, owner}) =>
    [handle, severity, title, ...(owner === null ? [] : [`(${owner} is on it)`])].join('  '),
  )
  const rest = more === 0 ? [] : [`and ${String(more)} more`]
  return new FaciError('usage', [`${String(open.length)} incidents are open: say which one`, ...lines, ...rest], {
    suggestions: [...shown.map(({handle}) => again(handle)), ...(more === 0 ? [] : ['faci incident list'])],
  })
}

async function onlyOpen(incidents: IncidentStore, again: TypedAgain['of']): Promise<string> {
  const open = (await incidents.list(NEWEST)).incidents.filter((incident) => !isOver(incident))
  const [only] = open
  if (only === undefined) throw await noneOpen(incidents)
  if (open.length > 1) throw severalOpen(open, again)
  return only.id
}

/** The id that is meant; null: the only one that is open. Errors: `notFound`; `usage` where several are open. */
export async function whichIncident(
  incidents: IncidentStore,
  name: string | null,
  again: TypedAgain['of'] = (handle) => command`faci incident show ${handle}`,
): Promise<string> {
  if (name === null) return onlyOpen(incidents, again)
  const id = await incidents.find(name)
  if (id !== null) return id
  const prunedAt = await incidents.prunedAt(name)
  if (prunedAt !== null)
    throw new FaciError('notFound', `${name} was pruned at ${prunedAt}: its record is gone`, {
      suggestions: ['faci incident list'],
    })
  if (name.toLowerCase() === 'last')
    throw new FaciError('notFound', 'No incident has been opened yet', {suggestions: [OPEN]})
  throw new FaciError('notFound', `No incident ${name}`, {suggestions: ['faci incident list']})
}

export interface ReadRecord {
  readonly record: IncidentRecord
  readonly warnings: readonly string[]
}

/** Errors: `notFound` for one whose beginning cannot be read. */
export async function readRecord(incidents: IncidentStore, id: string): Promise<ReadRecord> {
  const {entries, unreadable, place} = await incidents.read(id)
  const record = incidentRecord(id, entries)
  if (record === null)
    throw new FaciError('notFound', `The beginning of incident ${id} cannot be read`, {
      suggestions: [command`ls -l ${place}`],
    })
  const lost = unreadable === 1 ? 'one entry' : `${String(unreadable)} entries`
  const warnings = unreadable === 0 ? [] : [`${lost} of ${record.facts.handle} cannot be read: see ${place}`]
  return {record, warnings}
}
