import {mkdirSync, readdirSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {fileIncidents} from '../../src/adapters/store/incidents/file-incidents.js'
import {jsonlJournal} from '../../src/adapters/store/jsonl-journal.js'
import {fileStoreKeeper} from '../../src/adapters/store/retention/file-store-keeper.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {ChangeEvent} from '../../src/domain/change/change-event.js'
import type {IncidentEvent} from '../../src/domain/incidents/incident-event.js'
import type {RunEvent} from '../../src/domain/journal/events.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {Clock} from '../../src/ports/clock.js'
import type {StoreKeeper} from '../../src/ports/store-keeper.js'
import {aNotice} from './builders/notice.js'
import {DAY, ulidAt} from './builders/store.js'
import {openingLeases} from './opening-leases.js'

const BY = 'ana@vm'

/** A moment so many days ago. */
export function ago(days: number): number {
  return Date.now() - days * DAY
}

function clockAt(moment: number): Clock {
  return {...systemClock, now: () => new Date(moment)}
}

type Started = Extract<RunEvent, {readonly kind: 'run.started'}>

function started(runId: string, over: Partial<Started>): RunEvent {
  return {
    ...{kind: 'run.started', elapsedSeconds: 0, runId, runbook: 'api-down', title: 'API down', hash: 'x'},
    ...{service: 'shop', environment: 'development', project: 'shop', operator: 'ana', mode: 'full', force: false},
    ...{selection: {only: [], skip: [], from: null}, inputs: {}, secretInputs: [], directory: '/srv/shop', ...over},
  }
}

const FINISHED: RunEvent = {
  ...{kind: 'run.finished', elapsedSeconds: 1, outcome: 'resolved', verdict: 'ok', reason: [], deeds: []},
}

interface OldRun extends Partial<Started> {
  /** False: it was cut off. */
  readonly isFinished?: boolean
  /** Names of files of 20 KB, kept beside it. */
  readonly evidence?: readonly string[]
  readonly changes?: readonly ChangeEvent[]
}

/** Days ago; as faci itself writes it. Returns its id. */
export async function writeRun(store: string, days: number, run: OldRun = {}, nth = 0): Promise<string> {
  const {isFinished = true, evidence = [], changes = [], ...over} = run
  const moment = ago(days)
  const id = ulidAt(moment, nth)
  const journal = jsonlJournal<RunEvent | ChangeEvent>({
    directory: store,
    masker: masker([]),
    clock: clockAt(moment),
    by: BY,
  })
  const writer = await journal.open(id)
  await writer.append(started(id, over))
  await writer.keep('runbook.md', '# API down\n')
  const files = []
  for (const name of evidence) files.push(await writer.keep(name, 'x'.repeat(20_000)))
  if (files.length > 0) await writer.append({kind: 'evidence.kept', elapsedSeconds: 0, id: 'down', files, problems: []})
  for (const change of changes) await writer.append(change)
  if (isFinished) await writer.append(FINISHED)
  await writer.close()
  return id
}

const HOUR = 3_600_000

interface OldIncident {
  /** False: it is open still. */
  readonly isResolved?: boolean
  readonly events?: readonly IncidentEvent[]
}

/** An hour long. Returns its id and handle. */
export async function writeIncident(
  store: string,
  days: number,
  {isResolved = true, events = []}: OldIncident = {},
): Promise<{readonly id: string; readonly handle: string}> {
  const moment = ago(days)
  const at = (ms: number): string => new Date(moment + ms).toISOString()
  let count = 0
  const ids = {next: () => ulidAt(moment, (count += 1))}
  const incidents = fileIncidents({
    directory: store,
    leases: openingLeases(store),
    masker: masker([]),
    clock: clockAt(moment),
    ids,
    by: BY,
  })
  const opened = await incidents.open({
    ...{kind: 'incident.opened', title: 'API down', severity: 'P1', services: ['api'], alerts: [], impact: null},
    ...{startedAt: null, detectedAt: at(0), happenedAt: at(0), runId: null},
  })
  const end: IncidentEvent = {kind: 'incident.resolved', happenedAt: at(HOUR), as: 'fixed', text: ''}
  const all = [...events, ...(isResolved ? [end] : [])]
  if (all.length > 0) await incidents.append(opened.id, all)
  return opened
}

type Place = 'delivered' | 'dropped' | 'folded' | 'waiting'

/** A notice of that time, in this folder of the outbox. Returns its id. */
export function writeNotice(
  store: string,
  days: number,
  place: Place,
  over: Readonly<Record<string, unknown>> = {},
): string {
  const moment = ago(days)
  const folder = join(store, 'outbox', place === 'waiting' ? '' : place)
  const id = typeof over['id'] === 'string' ? over['id'] : ulidAt(moment)
  const notice = aNotice({id, createdAt: new Date(moment).toISOString()})
  const {fallback = null, ...rest} = over
  mkdirSync(folder, {recursive: true})
  const entry = {
    ...{notice: {...notice, ...rest}, attempts: [], status: place === 'delivered' ? 'delivered' : 'pending'},
    ...{nextTryAt: null, message: null, fallback},
  }
  writeFileSync(join(folder, `${id}.json`), JSON.stringify(entry))
  utimesSync(join(folder, `${id}.json`), moment / 1000, moment / 1000)
  return id
}

export function keeperOf(store: string): StoreKeeper {
  const own = {clock: systemClock, operator: 'ana'}
  return fileStoreKeeper({
    ...{directory: store, masker: masker([]), clock: systemClock, by: BY},
    leases: fileLeases({directory: store, ...own}),
    claims: fileLeases({directory: join(store, 'prunes'), ...own}),
  })
}

/** Of finished runs of today, so that none before is among the newest. */
export async function writeNewestRuns(store: string, count = 30): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) await writeRun(store, 0, {}, nth)
}

export function runsIn(store: string): readonly string[] {
  return readdirSync(join(store, 'runs')).sort()
}
