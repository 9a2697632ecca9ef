import type {
  IncidentActionsDocument,
  IncidentDocument,
  IncidentHandoverDocument,
  IncidentListDocument,
} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {handoverNotice} from '../../../src/render/incidents/handover.js'
import {wordedHandover, wordedIncident} from '../../../src/render/incidents/worded-incident.js'
import {ENGLISH} from '../../../src/render/words/words.js'
import {handOver, type HandoverDeps} from '../../../src/usecases/incidents/hand-over.js'
import {listIncidents} from '../../../src/usecases/incidents/list-incidents.js'
import {changeAction, listActions} from '../../../src/usecases/incidents/manage-actions.js'
import {mergeIncidents} from '../../../src/usecases/incidents/merge-incidents.js'
import {showIncident} from '../../../src/usecases/incidents/show-incident.js'
import type {OpenDeps} from '../../../src/usecases/incidents/open-incident.js'
import {FaciError} from '../../../src/domain/errors.js'
import {fakeAlerts} from '../fakes/alerts.js'
import {fakeOutbox} from '../fakes/outbox.js'
import {DOWN} from '../fakes/notifier.js'
import {aNotice} from '../builders/notice.js'
import {AGAIN, type IncidentScene, incidentScene} from '../incident-scene.js'
import {NOW} from './stack.js'

const STARTED = '2026-11-28T05:50:00.000Z'
const DUE = '2026-11-28T07:00:00.000Z'

const pageOf: OpenDeps['pageOf'] = ([alert]) =>
  Promise.resolve(
    alert === undefined
      ? {by: 'faci', why: 'held', holder: 'INC-1'}
      : {by: 'alertmanager', key: 'a1'.repeat(32), receiver: 'db-pagers', alert, others: 2},
  )

/** Opened by an alert, acknowledged, told of, mitigated, resolved, and back. */
async function lived(): Promise<{readonly scene: IncidentScene; readonly documents: readonly IncidentDocument[]}> {
  const scene = incidentScene({P0: {other: ['slack', 'email:stakeholders']}}, pageOf)
  const {clock, deps, place, act} = scene
  const results = []
  const alerts = [{name: 'APIDown', severity: 'critical', priority: null, firingSince: '2026-11-28T05:55:00.000Z'}]
  const impact = 'nobody can log in'
  results.push(await scene.open({alerts, services: ['api'], impact, startedAt: STARTED}))
  results.push(await scene.open({alerts}))
  clock.advance(60)
  results.push(await act({act: 'acknowledge', owner: 'ana', at: null}))
  results.push(await act({act: 'acknowledge', owner: 'bia', at: null}))
  const changes = {commander: 'caio', scribe: 'davi'}
  results.push(await act({act: 'update', text: 'restoring the database', changes, times: {}}))
  results.push(await act({act: 'note', text: 'redis was full', at: '2026-11-28T05:56:00.000Z'}))
  const {id} = (await act({act: 'note', text: 'rolling back', at: null})).data.incident
  await deps.incidents.append(id, [
    {kind: 'run.linked', happenedAt: clock.now().toISOString(), runId: '01ARZ3NDEKTSV4RRFFQ69G5FAV'},
  ])
  clock.advance(240)
  results.push(await act({act: 'mitigate', text: 'rolled back', at: null}))
  clock.advance(600)
  scene.slack.failNext(DOWN)
  results.push(await act({act: 'resolve', as: 'fixed', text: '', at: null}))
  results.push(await act({act: 'resolve', as: 'fixed', text: '', at: '2026-11-28T06:10:00.000Z'}, 'last'))
  const change = (action: Parameters<typeof changeAction>[2]) =>
    changeAction(deps, {name: 'last', again: AGAIN}, action)
  await change({kind: 'add', text: 'alert on disk space', owner: 'bia', dueAt: DUE})
  await change({kind: 'add', text: 'raise the limit', owner: null, dueAt: null})
  await change({kind: 'change', number: 2, state: 'done', owner: 'caio', dueAt: null})
  results.push(await showIncident(deps, {name: 'last', updates: place.updates, again: AGAIN}))
  results.push(await act({act: 'reopen', text: 'errors again', at: null}, 'last'))
  return {scene, documents: results.map((result) => envelope('incident', wordedIncident(result), NOW))}
}

export async function incidentDocuments(): Promise<readonly IncidentDocument[]> {
  const {scene, documents} = await lived()
  const {deps, place} = scene
  await scene.open({title: 'Search is slow', severity: 'P2'})
  const merged = await mergeIncidents(deps, {...place, from: 'INC-2', into: 'INC-1'})
  const part = await showIncident(deps, {name: 'INC-2', updates: place.updates, again: AGAIN})
  return [...documents, ...[merged, part].map((result) => envelope('incident', wordedIncident(result), NOW))]
}

export async function incidentListDocuments(): Promise<readonly IncidentListDocument[]> {
  const {scene} = await lived()
  const {deps, place} = scene
  await scene.open({title: 'Search is slow', severity: 'P2'})
  await scene.act({act: 'resolve', as: 'false-alarm', text: '', at: null}, 'INC-2')
  await scene.open({title: 'A third one', severity: 'P1', services: ['worker']})
  scene.clock.advance(2000)
  const inputs = [
    {limit: 20, onlyOpen: false},
    {limit: 1, onlyOpen: true},
  ]
  const listed = await Promise.all(inputs.map((input) => listIncidents(deps, {...input, updates: place.updates})))
  const none = await listIncidents(incidentScene().deps, {limit: 20, onlyOpen: false, updates: place.updates})
  return [...listed, none].map((result) => envelope('incident-list', result, NOW))
}

export async function incidentActionsDocuments(): Promise<readonly IncidentActionsDocument[]> {
  const {scene} = await lived()
  const {deps, clock} = scene
  clock.advance(7200)
  const results = [
    await listActions(deps, null),
    await listActions(deps, 'INC-1'),
    await listActions(incidentScene().deps, null),
  ]
  return results.map((result) => envelope('incident-actions', result, NOW))
}

export async function incidentHandoverDocuments(): Promise<readonly IncidentHandoverDocument[]> {
  const {scene} = await lived()
  const outbox = fakeOutbox()
  await outbox.put(aNotice())
  const alerts = fakeAlerts(
    [],
    [
      {
        ...{id: 's1', state: 'active', createdBy: 'ana', comment: 'deploy', startsAt: STARTED, endsAt: DUE},
        matchers: [{label: 'alertname', operator: '=', value: 'APIDown'}],
      },
    ],
  )
  const deps: HandoverDeps = {
    ...{...scene.deps, alerts, outbox},
    budgets: () =>
      Promise.resolve([
        {objective: 'uptime', remaining: 0.42},
        {objective: 'latency', remaining: null},
      ]),
    written: (handover) => handoverNotice(handover, ENGLISH, 'UTC'),
  }
  const blind: HandoverDeps = {
    ...{...incidentScene().deps, written: deps.written},
    outbox: {pending: () => Promise.reject(new FaciError('unreachable', 'Permission denied'))},
    alerts: {silences: () => Promise.reject(new FaciError('timedOut', 'Alertmanager does not answer'))},
    budgets: () => Promise.reject(new FaciError('unreachable', 'Prometheus does not answer')),
  }
  const {place} = scene
  scene.slack.failNext(DOWN)
  const full = await handOver(deps, {...place, to: 'bia', send: true})
  const empty = await handOver(blind, {...place, to: null, send: false})
  return [full, empty].map((result) => envelope('incident-handover', wordedHandover(result), NOW))
}
