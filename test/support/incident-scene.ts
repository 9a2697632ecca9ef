import type {TypedAgain} from '../../src/usecases/incidents/typed-again.js'
import type {Routes} from '../../src/domain/incidents/announcement.js'
import type {IncidentAct} from '../../src/domain/incidents/incident-act.js'
import type {IncidentReport} from '../../src/domain/incidents/incident-report.js'
import type {JournaledEvent} from '../../src/domain/journal/journal-actions.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {Result} from '../../src/domain/result.js'
import {span} from '../../src/domain/time/span.js'
import {ENGLISH} from '../../src/render/words/words.js'
import {actOnIncident} from '../../src/usecases/incidents/act-on-incident.js'
import type {IncidentPlace} from '../../src/usecases/incidents/incident-deps.js'
import {type OpenDeps, openIncident} from '../../src/usecases/incidents/open-incident.js'
import type {OpenIncidentInput} from '../../src/usecases/incidents/reported-trouble.js'
import {sendNotice} from '../../src/usecases/notices/send-notice.js'
import {type FakeClock, fakeClock} from './fakes/clock.js'
import {fakeIds} from './fakes/ids.js'
import {fakeIncidents} from './fakes/incident-store.js'
import {fakeJournal} from './fakes/journal.js'
import {type FakeNotifier, fakeNotifier} from './fakes/notifier.js'
import {type FakeOutbox, fakeOutbox} from './fakes/outbox.js'

export interface IncidentScene {
  readonly clock: FakeClock
  readonly deps: OpenDeps
  readonly place: IncidentPlace & {readonly again: TypedAgain}
  readonly slack: FakeNotifier
  readonly outbox: FakeOutbox
  readonly stakeholders: FakeNotifier
  readonly open: (overrides?: Partial<OpenIncidentInput>) => Promise<Result<IncidentReport>>
  readonly act: (act: IncidentAct, name?: string | null) => Promise<Result<IncidentReport>>
}

const WHEN = '2026-11-28T06:00:00.000Z'
/** What was typed, as it is to be typed again. */
export const AGAIN: TypedAgain = {
  of: (handle) => `faci again ${handle}`,
  later: (handle, at) => `faci again ${handle} --at ${at}`,
}

const PLACE: IncidentScene['place'] = {
  again: AGAIN,
  service: 'shop',
  environment: 'staging',
  operator: {name: 'ana', host: 'vm'},
  updates: {P0: 1800, P1: 7200, P2: 86_400},
  watchSeconds: 600,
}

const UNSAID = {severity: null, services: [], alerts: [], impact: null, text: '', runId: null, isNew: false} as const

/** Ana, a store in memory, Slack and a list of stakeholders. */
export function incidentScene(routes: Routes = {}, pageOf: OpenDeps['pageOf'] = null): IncidentScene {
  const fake = fakeClock(WHEN)
  // What waits for others takes no time: times of a scene are those of its acts.
  const clock: FakeClock = {...fake, sleep: () => Promise.resolve()}
  const ids = fakeIds()
  const slack = fakeNotifier()
  const stakeholders = fakeNotifier('email:stakeholders', false)
  const outbox = fakeOutbox()
  const sending = {outbox, clock, notifiers: [slack, stakeholders], masker: masker([])}
  const spoken = {time: (at: string) => at, duration: span}
  const words = ENGLISH.incidents
  const deps: OpenDeps = {
    ...{incidents: fakeIncidents({clock, ids}), journal: fakeJournal<JournaledEvent>(), clock, ids, words, spoken},
    noticeRecords: () => Promise.resolve(outbox),
    eyes: {figures: null, alerts: null},
    gauges: () => Promise.resolve(null),
    pageOf,
    shared: null,
    telephone: {
      routes,
      listeners: [
        {channel: 'slack', readers: 'responders', words, spoken},
        {channel: 'email:stakeholders', readers: 'stakeholders', words, spoken},
      ],
      oncall: () => Promise.resolve({name: 'Ana', slack: 'U012AB3CD'}),
      send: (notice) => sendNotice(sending, notice),
    },
  }
  return {
    ...{clock, deps, place: PLACE, slack, stakeholders, outbox},
    open: (overrides = {}) =>
      openIncident(deps, {...PLACE, title: 'API down', ...UNSAID, startedAt: null, detectedAt: null, ...overrides}),
    act: (act, name = null) => actOnIncident(deps, {...PLACE, name, act}),
  }
}
