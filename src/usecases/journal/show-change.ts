import {FaciError} from '../../domain/errors.js'
import type {JournaledEvent} from '../../domain/journal/journal-actions.js'
import {type ChangeEventWords, type ChangeRecord, changeRecord} from '../../domain/journal/change-record.js'
import type {Result} from '../../domain/result.js'
import {nearest} from '../../domain/text/did-you-mean.js'
import type {Journal} from '../../ports/journal.js'
import type {Leases} from '../../ports/lease.js'
import {runStatus} from './run-status.js'
import {command} from '../../domain/text/shell-command.js'

/** Names of evidence in a suggestion. */
const SHOWN = 3

export interface ShowChangeDeps {
  readonly journal: Journal<JournaledEvent>
  readonly leases: Leases
  /** What the timeline says of each event. */
  readonly words: ChangeEventWords
}

/** Its id, in full. Errors: `notFound` when the journal is none of a change. */
export async function showChange(
  {journal, leases, words}: ShowChangeDeps,
  runId: string,
): Promise<Result<ChangeRecord>> {
  const {events, torn} = await journal.read(runId)
  const planned = events.find((event) => event.kind === 'change.planned')
  const project = planned?.kind === 'change.planned' ? planned.plan.project : ''
  const ended = events.some(({kind}) => kind === 'change.ended')
  const status = await runStatus(leases, journal, {project, runId}, ended)
  const record = changeRecord(runId, events, status, words)
  if (record === null)
    throw new FaciError('notFound', `the start of ${runId} was not recorded: it cannot be shown`, {
      suggestions: ['faci runs'],
    })
  const warnings = torn === 0 ? [] : ['part of its journal cannot be read: what is shown is incomplete']
  return {verdict: 'ok', data: record, warnings}
}

/** Of a run: also what the changes that joined it kept. */
async function evidenceOf(journal: Journal<JournaledEvent>, runId: string): Promise<readonly string[]> {
  const files = await journal.files(runId)
  const read = await Promise.all(files.map((file) => journal.read(runId, file)))
  const kept = read.flatMap(({events}) =>
    events.flatMap((event) => (event.kind === 'evidence.kept' ? event.files : [])),
  )
  return kept.map((path) => path.split('/').at(-1) ?? path)
}

/** What was kept under this name, of a change or a run. Errors: `notFound` with names that there are, the nearest first. */
export async function readEvidence(journal: Journal<JournaledEvent>, runId: string, name: string): Promise<string> {
  const names = await evidenceOf(journal, runId)
  const text = names.includes(name) ? await journal.kept(runId, name) : null
  if (text !== null) return text
  const others = names.filter((one) => one !== name)
  const shown = [...new Set([...nearest(name, others), ...others])].slice(0, SHOWN)
  const why = names.includes(name) ? `${name} was kept, and is gone` : `kept no ${name}`
  throw new FaciError('notFound', names.length === 0 ? `${runId} kept no evidence` : `${runId}: ${why}`, {
    suggestions: [...shown.map((one) => command`faci runs ${runId} --evidence ${one}`), command`faci runs ${runId}`],
  })
}
