import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileIncidents} from '../../../src/adapters/store/incidents/file-incidents.js'
import {fileLeases} from '../../../src/adapters/store/file-lease.js'
import {fileOverrides} from '../../../src/adapters/store/oncall/file-overrides.js'
import {systemClock} from '../../../src/adapters/system/system-clock.js'
import {ulidIds} from '../../../src/adapters/system/ulid-ids.js'
import {masker} from '../../../src/domain/secrets/masker.js'
import type {Measurement} from '../../../src/domain/impact/measurement.js'
import type {IncidentStore} from '../../../src/ports/incident-store.js'
import {aMeasurement} from '../builders/measurement.js'
import {evil} from './texts.js'
import {openingLeases} from '../opening-leases.js'

/** Somebody whom no rota knows takes two days of January. */
async function fillOverrides(store: string): Promise<void> {
  const directory = join(store, 'oncall', 'overrides')
  const leases = fileLeases({directory, clock: systemClock, operator: 'ana'})
  const by = evil('OverrideDecision.by')
  const overrides = fileOverrides({directory, leases, clock: systemClock, ids: ulidIds(), by})
  const when = {start: Date.parse('2026-01-06T00:00:00Z'), end: Date.parse('2026-01-08T00:00:00Z')}
  await overrides.add({act: 'take', overrides: [{person: evil('Override.person'), replaces: null, ...when}]})
}

/** Files that faci did not write, each of a name that is a text: as many bytes as a name may have. */
function fillForeign(store: string): void {
  const runs = join(store, 'runs')
  mkdirSync(runs, {recursive: true})
  const names = evil('StoreContents.foreign').replaceAll(/[\0/]/g, '_').split(' | ')
  for (const name of names.filter((one) => one.trim() !== ''))
    writeFileSync(join(runs, `a ${Buffer.from(name).subarray(0, 200).toString().replaceAll('\ufffd', '')}`), '')
}

function evilMeasurement(at: string): Measurement {
  const missing = (type: string) =>
    ({query: evil(`${type}.query`), coverage: null, missing: 'notAnswered', detail: evil(`${type}.detail`)}) as const
  const plain = aMeasurement({start: at, end: new Date(Date.parse(at) + 60_000).toISOString()})
  const [budget] = plain.budgets
  const [signal] = plain.business.signals
  const [rule] = plain.detection.rules
  if (budget === undefined || signal === undefined || rule === undefined) throw new Error('no figures')
  return {
    ...{...plain, method: evil('Measurement.method'), warnings: [evil('Measurement.warnings')]},
    downtime: {...missing('Downtime'), seconds: null},
    requests: {...missing('FailedRequests'), failed: null, total: null},
    budgets: [{...budget, ...missing('SpentBudget'), objective: evil('SpentBudget.objective')}],
    business: {
      ...{missing: 'notAnswered', detail: evil('BusinessFigures.detail')},
      signals: [{...signal, ...missing('ComparedSignal'), value: null}],
    },
    charts: {...plain.charts, query: evil('Charts.query'), askedUntil: '2026-11-28T07:00:00.000Z'},
    detection: {
      ...plain.detection,
      rules: [
        {
          ...{...rule, rule: evil('RuleReplay.rule'), expression: evil('RuleReplay.expression')},
          ...{cannotSay: 'notAnswered', detail: evil('RuleReplay.detail')},
        },
      ],
    },
  }
}

/** INC-2, over and measured. */
async function fillMeasured(store: IncidentStore, title: string, happenedAt: string): Promise<void> {
  const {id} = await store.open({
    ...{kind: 'incident.opened', happenedAt, title, severity: 'P0', impact: null, runId: null},
    ...{services: [], alerts: [], startedAt: null, detectedAt: happenedAt},
  })
  const end = new Date(Date.parse(happenedAt) + 60_000).toISOString()
  await store.append(id, [
    {kind: 'incident.resolved', happenedAt: end, as: 'fixed', text: title},
    {kind: 'incident.measured', happenedAt: end, measurement: evilMeasurement(happenedAt)},
  ])
}

/** INC-1, all of whose texts others wrote, and a shift that was taken. */
export async function fillIncidents(directory: string): Promise<void> {
  await fillOverrides(directory)
  fillForeign(directory)
  const store = fileIncidents({
    directory,
    leases: openingLeases(directory),
    masker: masker([]),
    clock: systemClock,
    ids: ulidIds(),
    by: evil('IncidentReading.entries.by'),
  })
  const text = (name: string): string => evil(`IncidentReading.entries.${name}`)
  const happenedAt = '2026-11-28T06:00:00.000Z'
  const {id} = await store.open({
    ...{
      kind: 'incident.opened',
      happenedAt,
      title: text('title'),
      severity: 'P0',
      impact: text('impact'),
      runId: null,
    },
    ...{services: [text('services')], alerts: [text('alerts')], startedAt: null, detectedAt: happenedAt},
    page: {
      ...{by: 'alertmanager', key: text('page.key'), receiver: text('page.receiver'), alert: text('page.alert')},
      others: 1,
    },
  })
  const [changes, owner] = [
    {commander: evil('IncidentChanges.commander'), scribe: evil('IncidentChanges.scribe')},
    evil('IncidentChanges.owner'),
  ]
  await store.append(id, [
    {kind: 'incident.acknowledged', happenedAt, owner},
    {kind: 'incident.noted', happenedAt, text: text('text')},
    {kind: 'incident.changed', happenedAt, changes},
    {kind: 'incident.absorbed', happenedAt, handle: text('handle')},
    {kind: 'incident.merged', happenedAt, into: text('into')},
    {kind: 'incident.reopened', happenedAt, why: 'asked', text: ''},
    {kind: 'incident.handedOver', happenedAt, to: text('to')},
    {kind: 'incident.changed', happenedAt, changes: {owner}},
    {
      ...{kind: 'incident.escalated', happenedAt, round: 0, step: 1, why: 'paged'},
      ...{people: [text('people')], notices: []},
    },
    {
      ...{kind: 'incident.announced', happenedAt, step: 'updated'},
      notices: [{noticeId: 'x', channel: evil('AnnouncedNotice.channel'), status: 'delivered'}],
    },
    {kind: 'incident.figures', happenedAt, figures: [{name: evil('SeenFigure.name'), value: 1, unit: 'seconds'}]},
    {kind: 'run.linked', happenedAt, runId: text('runId')},
    {kind: 'alerts.silenced', happenedAt, silence: 'x', text: text('text')},
    {
      ...{kind: 'oncall.changed', happenedAt, act: 'take', override: 'x', isAsPlanned: true},
      changes: [
        {start: happenedAt, end: happenedAt, before: evil('ChangeReport.before'), after: evil('ChangeReport.after')},
      ],
    },
    {kind: 'alert.changed', happenedAt, alert: text('alert'), to: 'firing'},
    {kind: 'action.added', happenedAt, text: text('text'), owner: text('owner'), dueAt: null},
  ])
  await fillMeasured(store, text('title'), happenedAt)
}
