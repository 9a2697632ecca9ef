import {impactTimes} from '../../domain/incidents/impact-times.js'
import type {IncidentEntry} from '../../domain/incidents/incident-event.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import {isOver} from '../../domain/incidents/incident.js'
import {completedCharts, isWhole, lacksLater} from '../../domain/impact/charts-grid.js'
import {hasFigures, type Measurement, METHOD} from '../../domain/impact/measurement.js'
import type {FigureNote, PostmortemFigures} from '../../domain/postmortem/postmortem-report.js'
import type {Clock} from '../../ports/clock.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import {measureIncident} from '../incidents/capture-figures.js'
import type {Gauges} from '../incidents/incident-deps.js'
import {measureCharts} from '../impact/measure-signals.js'

export interface FiguresDeps {
  readonly incidents: IncidentStore
  readonly clock: Clock
  /** null: no metrics are set up. */
  readonly gauges: () => Promise<Gauges | null>
}

type Measured = IncidentEntry & {readonly kind: 'incident.measured'}

function isMeasured(entry: IncidentEntry): entry is Measured {
  return entry.kind === 'incident.measured' && hasFigures(entry.measurement)
}

/** Whether they are of the times that the incident has now. */
function isOfTimes({start, end}: Measurement, {facts}: IncidentRecord, now: Date): boolean {
  const times = impactTimes(facts, now)
  return Date.parse(start) / 1000 === times.start && Date.parse(end) / 1000 === times.end
}

type Asked =
  {readonly kind: 'measured'; readonly measurement: Measurement} | {readonly kind: 'none'; readonly note: FigureNote}

async function askNow(deps: FiguresDeps, record: IncidentRecord): Promise<Asked> {
  const gauges = await deps.gauges()
  if (gauges === null) return {kind: 'none', note: {why: 'notConfigured'}}
  const measurement = await measureIncident(deps, gauges, record)
  if (hasFigures(measurement)) return {kind: 'measured', measurement}
  const {detail} = measurement.charts
  return {kind: 'none', note: detail === '' ? {why: 'nothingKept'} : {why: 'notAnswered', detail}}
}

async function keep({incidents}: FiguresDeps, {facts}: IncidentRecord, measurement: Measurement): Promise<void> {
  await incidents.append(facts.id, [{kind: 'incident.measured', happenedAt: measurement.takenAt, measurement}])
}

/** The charts of what came after the incident, once it has come; kept when all of it is there. */
async function withLater(deps: FiguresDeps, record: IncidentRecord, kept: Measurement): Promise<Measurement> {
  const now = deps.clock.now()
  if (!lacksLater(kept.charts, now)) return kept
  const gauges = await deps.gauges()
  if (gauges === null) return kept
  const {job} = gauges.subject
  const asked = {job, start: Date.parse(kept.start) / 1000, end: Date.parse(kept.end) / 1000}
  const later = await measureCharts(gauges.deps, asked)
  const charts = completedCharts(kept.charts, later.charts)
  if (charts === kept.charts) return kept
  const completed = {...kept, charts}
  if (isWhole(charts)) await keep(deps, record, completed)
  return completed
}

function methodNotes({method}: Measurement): readonly FigureNote[] {
  return method === METHOD ? [] : [{why: 'otherMethod', method}]
}

function takenBefore(all: readonly Measured[], but: Measurement): readonly string[] {
  const times = all.map(({measurement}) => measurement.takenAt).filter((takenAt) => takenAt !== but.takenAt)
  return [...new Set(times)]
}

async function frozen(
  deps: FiguresDeps,
  record: IncidentRecord,
  all: readonly Measured[],
  {measurement: kept}: Measured,
): Promise<PostmortemFigures> {
  const measurement = await withLater(deps, record, kept)
  return {from: 'frozen', measurement, before: takenBefore(all, kept), notes: methodNotes(kept)}
}

/** Of an incident that is over: those that were kept, unless its times were corrected since or somebody wants them anew. */
async function ofResolved(deps: FiguresDeps, record: IncidentRecord, refresh: boolean): Promise<PostmortemFigures> {
  const all = record.entries.filter(isMeasured)
  const kept = all.findLast(({measurement}) => isOfTimes(measurement, record, deps.clock.now()))
  if (kept !== undefined && !refresh) return frozen(deps, record, all, kept)
  const asked = await askNow(deps, record)
  if (asked.kind === 'measured') {
    const {measurement} = asked
    await keep(deps, record, measurement)
    const isCorrected = all.length > 0 && kept === undefined
    return {
      ...{from: 'measured', measurement, before: takenBefore(all, measurement)},
      notes: isCorrected ? [{why: 'timesCorrected'}] : [],
    }
  }
  const last = kept ?? all.at(-1)
  if (last === undefined) return {from: 'none', measurement: null, before: [], notes: [asked.note]}
  const {measurement} = last
  const {start, end} = measurement
  const other: readonly FigureNote[] = kept === undefined ? [{why: 'otherTimes', start, end}] : []
  const detail = asked.note.why === 'notAnswered' ? asked.note.detail : ''
  const notes = [...methodNotes(measurement), ...other, {why: 'notRefreshed', detail} as const]
  return {from: 'frozen', measurement, before: takenBefore(all, measurement), notes}
}

/** The figures of an incident: kept ones of one that is over, those of now of another. */
export async function postmortemFigures(
  deps: FiguresDeps,
  record: IncidentRecord,
  refresh: boolean,
): Promise<PostmortemFigures> {
  if (isOver(record.facts)) return ofResolved(deps, record, refresh)
  const asked = await askNow(deps, record)
  if (asked.kind === 'none') return {from: 'none', measurement: null, before: [], notes: [asked.note]}
  return {from: 'soFar', measurement: asked.measurement, before: [], notes: []}
}
