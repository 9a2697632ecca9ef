import {checkoutIn} from '../checkout.js'
import {aRouting} from '../fakes/alert-routing.js'
import {ONCALL_REPORTS} from './oncall.js'
import {wordedFlush, wordedPost, wordedTest} from '../../../src/render/notices/worded-notices.js'
import {patterns} from '../patterns.js'
import {FaciError} from '../../../src/domain/errors.js'
import {masker} from '../../../src/domain/secrets/masker.js'
import {latencyQueries} from '../../../src/domain/signals/latency.js'
import {SERVICE_SIGNALS} from '../../../src/domain/signals/golden-signals.js'
import {LIMITS} from '../../../src/domain/signals/saturation-targets.js'
import {union} from '../../../src/domain/signals/signal.js'
import type {ContainerStats} from '../../../src/domain/stack/container.js'
import type {StackChange} from '../../../src/domain/change/change.js'
import {type KeptImage, keptReference} from '../../../src/domain/stack/kept-image.js'
import type {
  AlertsListDocument,
  ChangeDocument,
  DoctorDocument,
  HealthDocument,
  LatencyDocument,
  NoticeDocument,
  NoticeDropDocument,
  NoticeTestDocument,
  OutboxDocument,
  QueryDocument,
  StatsDocument,
  StatusDocument,
  TrustDocument,
} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {listAlerts} from '../../../src/usecases/alerts/list-alerts.js'
import {dropNotice} from '../../../src/usecases/notices/drop-notice.js'
import {flushOutbox} from '../../../src/usecases/notices/flush-outbox.js'
import {postNotice, type PostNoticeDeps, type PostNoticeInput} from '../../../src/usecases/notices/post-notice.js'
import {testChannel} from '../../../src/usecases/notices/test-channel.js'
import {setupInWords} from '../../../src/render/doctor/worded-setup.js'
import {examineSetup, type SetupInput} from '../../../src/usecases/doctor/examine-setup.js'
import {trustFolder} from '../../../src/usecases/doctor/trust-folder.js'
import {runQuery} from '../../../src/usecases/signals/run-query.js'
import {triageLatency} from '../../../src/usecases/signals/triage-latency.js'
import {changeStack} from '../../../src/usecases/change/change-stack.js'
import {measureContainers} from '../../../src/usecases/status/measure-containers.js'
import {probeHealth} from '../../../src/usecases/stack/probe-health.js'
import {type StatusDeps, type StatusInput, surveyStatus} from '../../../src/usecases/status/survey-status.js'
import {aStackModel} from '../builders/compose-model.js'
import {aContainer} from '../builders/container.js'
import {aNotice} from '../builders/notice.js'
import {changeInput, changeWorld, type ChangeWorld} from '../change-world.js'
import {anAlert, aSilence, fakeAlerts} from '../fakes/alerts.js'
import {anIncident} from '../builders/incident.js'
import type {IncidentFacts} from '../../../src/domain/incidents/incident.js'
import {aUsage} from '../builders/store.js'
import {fakeClock} from '../fakes/clock.js'
import {fakeCompose} from '../fakes/compose.js'
import {fakeEngine} from '../fakes/engine.js'
import {fakeHttp} from '../fakes/http.js'
import {fakeIds} from '../fakes/ids.js'
import {fakeLeases} from '../fakes/lease.js'
import {fakeLibrary} from '../fakes/library.js'
import {aLoadedRule, fakeLoadedRules} from '../fakes/loaded-rules.js'
import {fakeMetrics} from '../fakes/metrics.js'
import {DOWN, fakeNotifier, UNANSWERED} from '../fakes/notifier.js'
import {fakeOutbox} from '../fakes/outbox.js'
import {fakeShell} from '../fakes/shell.js'
import {foreseenChanges} from './foreseen-changes.js'
import {someTargets} from '../builders/targets.js'

export const NOW = new Date('2026-11-23T06:30:00.000Z')
const SCOPE = {job: 'faciliauto-api', windowSeconds: 300}
const ENDPOINTS = [
  {name: 'api', url: 'http://localhost:8000/health', timeoutSeconds: 2},
  {name: 'redis', url: 'http://localhost:8001/health', timeoutSeconds: 2},
]
const CONTAINERS = [
  aContainer({
    memoryLimitBytes: 512e6,
    cpuLimitCores: 1,
    composeFiles: ['/srv/faciliauto/docker-compose.yml'],
    dependsOn: ['redis'],
    envFiles: ['/srv/faciliauto/.env'],
  }),
  aContainer({
    ...{service: 'redis', state: 'exited', exitCode: 137, finishedAt: '2026-11-23T06:20:00.000Z'},
    networkOwner: {name: 'faciliauto-api-1', startedAt: '2026-11-23T06:00:00.000Z', isRunning: true},
  }),
]
const FIRING = anAlert({
  labels: {job: 'faciliauto-api'},

  silencedBy: ['s1'],
  inhibitedBy: ['i1'],
  receivers: ['ops'],
})

const PENDING = [
  aLoadedRule({
    ...{name: 'HighLatency', state: 'pending', annotations: {}},
    alerts: [
      {
        ...{labels: {alertname: 'HighLatency'}, annotations: {}, state: 'pending', value: 1},
        ...{since: '2026-11-23T06:29:13.000Z', activeSeconds: 47},
      },
    ],
  }),
]

const ACTION = {kind: 'action', services: [], ending: null, restartCount: null} as const

function statusDeps(over: Partial<StatusDeps> = {}): StatusDeps {
  const values = [0.1, 0.6, Number.NaN, 0, 0.01, 0.02, 0.4, 3e8]
  const samples = SERVICE_SIGNALS.map(({name: signal}, index) => ({labels: {signal}, value: values[index] ?? 0}))
  return {
    engine: fakeEngine(CONTAINERS),
    prober: fakeHttp(({url}) => (url.includes('8000') ? 200 : 'unreachable')),
    metrics: fakeMetrics({[union([...SERVICE_SIGNALS, ...LIMITS], SCOPE)]: samples}, {}, ['a store did not answer']),
    alerts: fakeAlerts([FIRING], [aSilence()]),
    rules: fakeLoadedRules(PENDING),
    leases: fakeLeases(),
    outbox: fakeOutbox(),
    incidents: {list: () => Promise.resolve({incidents: [], total: 0})},
    unreadableRuns: () => Promise.resolve([]),
    oncall: null,
    actions: () => Promise.resolve([{...ACTION, at: '2026-11-23T06:10:00.000Z', what: 'faci restart api: ok'}]),
    runbooks: () => Promise.resolve([]),
    stackModel: aStackModel(['api', 'redis', 'worker']),
    clock: fakeClock(NOW.toISOString()),
    patterns,
    ...over,
  }
}

const [OPENED, LATELY] = ['2026-11-23T04:20:00.000Z', '2026-11-23T06:25:00.000Z']
const RECOVERED = {state: 'mitigated', owner: 'bia', acknowledgedAt: OPENED, impact: 'nobody can log in'} as const
const ONGOING = [
  anIncident({handle: 'INC-5', severity: 'P1', title: 'Search is slow', state: 'reopened', reopenings: 1}),
  anIncident({handle: 'INC-4', ...RECOVERED, startedAt: OPENED, mitigatedAt: OPENED, commander: 'caio'}),
  anIncident({handle: 'INC-3', ...RECOVERED, lastUpdateAt: OPENED, mitigatedAt: LATELY, scribe: 'davi'}),
  anIncident({handle: 'INC-2', state: 'acknowledged', owner: 'ana', acknowledgedAt: LATELY, openActions: 1}),
]

const HELD = {by: 'quiet', until: '2026-01-02T07:00:00.000Z'} as const

/** Incidents that are not over, and notices that wait. */
async function busyStore(incidents: readonly IncidentFacts[], notices: number): Promise<Partial<StatusDeps>> {
  const outbox = fakeOutbox()
  const ids = fakeIds()
  for (let count = 0; count < notices; count += 1) await outbox.put(aNotice({id: ids.next()}))
  if (notices > 1) await outbox.put(aNotice({id: ids.next()}), HELD)
  return {outbox, incidents: {list: () => Promise.resolve({incidents, total: incidents.length})}}
}

const STATUS_INPUT: StatusInput = {
  checkout: checkoutIn('/srv/faciliauto', 'docker-compose.yml'),
  service: 'faciliauto',
  environment: 'staging',
  production: false,
  project: 'faciliauto',
  services: [],
  endpoints: ENDPOINTS,
  scope: SCOPE,
  directory: '/srv/faciliauto',
  targets: someTargets({latencyP95: 0.5, cpu: 0.7, memory: 0.8}),
  incidentRules: {updates: {P0: 1800, P1: 7200, P2: 86_400}, watchSeconds: 600},
}

/** Backends that cannot be reached. */
function goneDeps(): StatusDeps {
  const gone = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'it cannot be reached'))
  return statusDeps({
    engine: {...fakeEngine(), containers: gone},
    metrics: {...fakeMetrics({}), query: gone},
    alerts: {...fakeAlerts([]), active: gone},
    rules: {alerts: gone, relabeling: gone},
    leases: {...fakeLeases(), inspect: gone},
    outbox: {...fakeOutbox(), pending: gone},
    incidents: {list: gone},
  })
}

function onCall(index: number): StatusDeps['oncall'] {
  const report = ONCALL_REPORTS[index]
  return report === undefined ? null : () => Promise.resolve(report)
}

/** Something of everything; locked, with several incidents and little configured; everything gone; the project is not here, another one is. */
export async function statusDocuments(): Promise<readonly StatusDocument[]> {
  const leases = fakeLeases()
  await leases.take('faciliauto', {reason: 'faci restart api', runId: '01ARZ3NDEKTSV4RRFFQ69G5FA1'})
  const {rules} = goneDeps()
  const worlds = [
    statusDeps({rules, oncall: onCall(0), ...(await busyStore([anIncident()], 1))}),
    statusDeps({leases, metrics: null, alerts: null, ...(await busyStore(ONGOING, 3))}),
    {...goneDeps(), oncall: () => Promise.reject(new FaciError('configInvalid', 'oncall.yml cannot be read'))},
    statusDeps({oncall: onCall(1)}),
    statusDeps({oncall: onCall(2)}),
    statusDeps({oncall: onCall(3)}),
    statusDeps({engine: fakeEngine([aContainer({project: 'other', composeFiles: ['/srv/other/compose.yaml']})])}),
  ]
  const results = await Promise.all(worlds.map((deps) => surveyStatus(deps, STATUS_INPUT)))
  return results.map((result) => envelope('status', result, NOW))
}

export async function healthDocuments(): Promise<readonly HealthDocument[]> {
  const deps = {prober: fakeHttp(({url}) => (url.includes('8000') ? 200 : 'unreachable')), clock: fakeClock()}
  const asked = [ENDPOINTS, []].map((endpoints) => probeHealth(deps, {endpoints, count: 2, intervalSeconds: 1}))
  return (await Promise.all(asked)).map((result) => envelope('health', result, NOW))
}

export async function statsDocuments(): Promise<readonly StatsDocument[]> {
  const stats: ContainerStats = {
    containerId: 'id-of-faciliauto-api-1',
    cpuCores: 0.9,
    cpuAvailableCores: 1,
    memoryBytes: 1e8,
    memoryLimitBytes: 512e6,
    networkReceivedBytes: 1,
    networkSentBytes: 2,
    blockReadBytes: 3,
    blockWrittenBytes: 4,
    processes: 11,
  }
  const targets = {cpuRatio: 0.7, memoryRatio: 0.8}
  const input = {project: 'faciliauto', directory: '/srv/faciliauto', services: [], endpoints: ENDPOINTS, targets}
  const engines = [fakeEngine(CONTAINERS, {stats: [stats]}), fakeEngine()]
  const results = await Promise.all(engines.map((engine) => measureContainers(statusDeps({engine}), input)))
  return results.map((result) => envelope('stats', result, NOW))
}

export async function latencyDocuments(): Promise<readonly LatencyDocument[]> {
  const question = {scope: SCOPE, by: 'endpoint', quantile: 0.95, top: 5, targetSeconds: 0.5}
  const queries = latencyQueries(question)
  const sample = (value: number) => [{labels: {endpoint: '/recommend'}, value}]
  const full = fakeMetrics({
    [queries.slowest]: sample(0.8),
    [queries.hourAgo]: sample(0.4),
    [queries.dayAgo]: sample(Number.NaN),
    [queries.traffic]: sample(12),
    [queries.errors]: sample(0.01),
    [queries.buckets]: [{labels: {le: '1'}, value: 1}],
  })
  const worlds = [full, fakeMetrics({[queries.traffic]: sample(0)}), fakeMetrics({})]
  const results = await Promise.all(worlds.map((metrics) => triageLatency({metrics}, question)))
  return results.map((result) => envelope('latency', result, NOW))
}

/** With every value that JSON has no number for. */
export async function queryDocuments(): Promise<readonly QueryDocument[]> {
  const samples = [1, Number.NaN, Infinity, -Infinity].map((value) => ({labels: {job: 'x'}, value}))
  const points = [
    {at: 1_790_000_000, value: 1},
    {at: 1_790_000_015, value: Number.NaN},
  ]
  const metrics = fakeMetrics({up: samples}, {up: [{labels: {job: 'x'}, points}]})
  const ranges = [null, 3600]
  const results = await Promise.all(
    ranges.map((rangeSeconds) =>
      runQuery({metrics, clock: fakeClock()}, {expression: 'up', rangeSeconds, stepSeconds: null}),
    ),
  )
  const telling = {...metrics, query: async (asked: string) => ({...(await metrics.query(asked)), text: 'x'})}
  const input = {expression: '"x"', rangeSeconds: null, stepSeconds: null}
  const string = await runQuery({metrics: telling, clock: fakeClock()}, input)
  return [...results, string].map((result) => envelope('query', result, NOW))
}

export async function alertsListDocuments(): Promise<readonly AlertsListDocument[]> {
  const gone = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'it cannot be reached'))
  const sets = [[FIRING, anAlert({name: 'Watchdog', severity: null, runbook: null})], []]
  const seen = sets.map((set) => ({alerts: fakeAlerts(set, [aSilence()]), rules: fakeLoadedRules(PENDING)}))
  const worlds = [...seen, {alerts: fakeAlerts([]), rules: {alerts: gone, relabeling: gone}}]
  const results = await Promise.all(
    worlds.map((deps) => listAlerts({...deps, clock: fakeClock(), patterns}, {all: true})),
  )
  return results.map((result) => envelope('alerts-list', result, NOW))
}

const SETUP: SetupInput = {
  sharesPages: {receiver: 'pager'},
  shortSecrets: [],
  unsharedStore: null,
  storeDirectory: '/srv/faciliauto/.faci',
  configFile: '/srv/faciliauto/faci.yml',
  environment: 'staging',
  production: false,
  project: 'faciliauto',
  directory: '/srv/faciliauto',
  endpoints: ENDPOINTS,
  scope: SCOPE,
  channels: [
    {
      name: 'slack',
      address: 'slack #ops',
      secrets: ['env:SLACK_BOT_TOKEN'],
      missing: {from: 'env', name: 'SLACK_BOT_TOKEN'},
    },
  ],
  channelSetups: {},
}

export async function doctorDocuments(): Promise<readonly DoctorDocument[]> {
  const deps = {
    engine: fakeEngine(CONTAINERS),
    stackModel: fakeCompose(),
    runbooks: () => Promise.resolve([]),
    clock: fakeClock(NOW.toISOString()),
    compose: fakeCompose(),
    prober: fakeHttp(({url}) => (url.includes('8000') ? 200 : 'unreachable')),
    metrics: fakeMetrics({}),
    alerts: null,
    routing: {routing: () => Promise.resolve(aRouting())},
    library: fakeLibrary({broken: '---\ntitle: [\n---\n'}),
    outbox: fakeOutbox(),
    oncall: onCall(0),
    shell: fakeShell(),
    notifiers: [fakeNotifier()],
    journal: {unreadable: () => Promise.resolve(['01ARZ3NDEKTSV4RRFFQ69G5FA1']), place: '.faci/runs'},
    keeper: {usage: () => Promise.resolve(aUsage({runs: 0.03, evidence: 0.2}, 0.05))},
  }
  return [envelope('doctor', setupInWords(await examineSetup(deps, SETUP)), NOW)]
}

const POST: PostNoticeInput = {
  title: 'API slow',
  message: 'We are on it',
  severity: 'warning',
  state: 'started',
  channel: null,
  preview: false,
  service: 'faciliauto',
  environment: 'staging',
  operator: {name: 'ana', host: 'laptop'},
}

const previewed: PostNoticeDeps['previews'] = ({title}) => {
  const channel = {channel: 'mail', address: 'mail to ops@example.com'}
  return Promise.resolve([
    {...channel, format: 'text', text: `${title}\nsecond line`},
    {...channel, format: 'html', text: `<h1>${title}</h1>`},
    {channel: 'pager', address: 'pager', format: 'json', text: JSON.stringify({title})},
  ])
}

/** Delivered, undelivered and only previewed. */
export async function noticeDocuments(): Promise<readonly NoticeDocument[]> {
  const notifier = fakeNotifier()
  const deps = {
    outbox: fakeOutbox(),
    clock: fakeClock(),
    ids: fakeIds(),
    notifiers: [notifier],
    masker: masker([]),
    setups: {},
    previews: previewed,
  }
  const delivered = await postNotice(deps, POST)
  notifier.failNext(DOWN)
  const incident = {
    id: '01ARZ3NDEKTSV4RRFFQ69G5FB1',
    handle: 'INC-7',
    subject: 'API down',
    reopenings: 1,
    pages: 'abc',
  } as const
  const failed = await postNotice(deps, {...POST, incident: {...incident, priority: 'P0', step: 'updated'}})
  const preview = await postNotice(deps, {...POST, preview: true})
  return [delivered, failed, preview].map((result) => envelope('notice', wordedPost(result), NOW))
}

export async function outboxDocuments(): Promise<readonly OutboxDocument[]> {
  const outbox = fakeOutbox()
  const ids = fakeIds()
  for (let count = 0; count < 2; count += 1) await outbox.put(aNotice({id: ids.next(), thread: null}))
  await outbox.put(aNotice({id: ids.next(), thread: null}), HELD)
  const notifier = fakeNotifier()
  notifier.failNext({kind: 'delivered', message: null}, {...DOWN, retryAfterSeconds: 30})
  outbox.corrupt({id: 'junk', reason: 'is not a complete notice'})
  const deps = {outbox, clock: fakeClock(), notifiers: [notifier]}
  return [envelope('outbox', wordedFlush(await flushOutbox(deps)), NOW)]
}

export async function noticeDropDocuments(): Promise<readonly NoticeDropDocument[]> {
  const outbox = fakeOutbox()
  await outbox.put(aNotice())
  return [envelope('notice-drop', await dropNotice({outbox, clock: fakeClock()}, aNotice().id), NOW)]
}

export function trustDocuments(): Promise<readonly TrustDocument[]> {
  const add = (folder: string) => ({folder, list: '/home/ana/.config/faci/trusted', isNew: true})
  return Promise.resolve([envelope('trust', trustFolder({add}, '/srv/app'), NOW)])
}

export async function noticeTestDocuments(): Promise<readonly NoticeTestDocument[]> {
  const deps = {
    outbox: fakeOutbox(),
    clock: fakeClock(),
    ids: fakeIds(),
    masker: masker([]),
    setups: {},
    previews: previewed,
  }
  const pager = {...fakeNotifier(), perIncident: true} as const
  const unclosed = fakeNotifier()
  const sends = [unclosed.send, () => Promise.resolve(UNANSWERED)]
  const open = {...pager, send: (...sent: Parameters<typeof pager.send>) => (sends.shift() ?? unclosed.send)(...sent)}
  const tested = [fakeNotifier(), pager, open].map((notifier) => testChannel({...deps, notifiers: [notifier]}, POST))
  return (await Promise.all(tested)).map((result) => envelope('notice-test', wordedTest(result), NOW))
}

async function keptBefore({journal}: ChangeWorld, image: KeptImage): Promise<void> {
  const writer = await journal.open('01JDF3K8Q2M4Z5X6Y7W8V9T0RA')
  await writer.append({kind: 'image.kept', image})
  await writer.close()
}

type Arrange = ((world: ChangeWorld) => void) | ((world: ChangeWorld) => Promise<void>)

async function changed(change: StackChange, arrange: Arrange): Promise<ChangeDocument> {
  const world = changeWorld()
  await arrange(world)
  return envelope('change', await changeStack(world.deps, changeInput(change, {waitSeconds: 3})), NOW)
}

/** A recreation that finds what an earlier one left, and is itself ended in the middle. */
async function cutChange(): Promise<ChangeDocument> {
  const world = changeWorld()
  const leftover = aContainer({service: 'redis', name: '0123456789ab_faciliauto_redis_1', health: 'healthy'})
  world.containers = [aContainer({service: 'api'}), leftover]
  const apply = (): Promise<never> => {
    world.containers = [aContainer({service: 'api', state: 'exited'}), leftover]
    return Promise.reject(new FaciError('interrupted', 'docker compose was interrupted'))
  }
  const deps = {...world.deps, compose: {...world.deps.compose, apply}}
  const change = {kind: 'up', services: ['api', 'redis'], build: false, recreate: true, replicas: {}} as const
  return envelope('change', await changeStack(deps, changeInput(change)), NOW)
}

/** Every kind of change: well, badly, cut, refused and only planned. */
export async function changeDocuments(): Promise<readonly ChangeDocument[]> {
  const restart = changeInput({kind: 'restart', services: ['api']})
  const refused = changeInput({kind: 'stop', services: ['api']}, {yes: false})
  const planned = changeInput({kind: 'up', services: [], build: true, recreate: true, replicas: {}}, {dryRun: true})
  return [
    envelope('change', await changeStack({...changeWorld().deps, compose: fakeCompose()}, restart), NOW),
    await changed({kind: 'start', services: []}, (world) => (world.healthy = () => false)),
    await changed({kind: 'scale', replicas: {api: 0}}, (world) => (world.afterApply = [])),
    await changed({kind: 'down'}, (world) => (world.applyFails = true)),
    await changed({kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}}, (world) => {
      world.afterApply = [aContainer({imageId: 'sha256:bad'})]
    }),
    await changed({kind: 'revert', services: ['api'], replicas: {}}, async (world) => {
      const reference = keptReference('faciliauto', 'api', 'previous')
      world.images.names.set(reference, 'sha256:api')
      await keptBefore(world, {service: 'api', reference, imageId: 'sha256:api'})
    }),
    await changed({kind: 'up', services: ['redis'], build: false, recreate: true, replicas: {}}, (world) => {
      world.afterApply = [aContainer({service: 'redis', state: 'exited', exitCode: 1})]
    }),
    await cutChange(),
    envelope('change', await changeStack(changeWorld().deps, refused), NOW),
    envelope('change', await changeStack(changeWorld().deps, planned), NOW),
    ...(await foreseenChanges(NOW)),
  ]
}
