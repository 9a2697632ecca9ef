import {checkoutIn} from '../../../support/checkout.js'
import {patterns} from '../../../support/patterns.js'
import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Container} from '../../../../src/domain/stack/container.js'
import type {Metrics} from '../../../../src/ports/metrics.js'
import {type StatusDeps, surveyStatus} from '../../../../src/usecases/status/survey-status.js'
import {aStackModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {fakeHttp} from '../../../support/fakes/http.js'
import {anAlert, fakeAlerts} from '../../../support/fakes/alerts.js'
import {aLoadedRule, fakeLoadedRules} from '../../../support/fakes/loaded-rules.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'
import {someTargets} from '../../../support/builders/targets.js'

const unreachable = () => Promise.reject(new FaciError('unreachable', 'it cannot be reached'))
const signals = ['latencyP50', 'latencyP95', 'latencyP99', 'traffic', 'serverErrors', 'clientErrors', 'cpu', 'memory']

function metrics(value: number, warnings: readonly string[] = []): Metrics {
  const samples = signals.map((signal) => ({labels: {signal}, value}))
  return {
    query: () => Promise.resolve({kind: 'vector', samples, warnings, notes: []}),
    queryRange: unreachable,
    retention: unreachable,
    type: unreachable,
    version: unreachable,
  }
}

function deps(over: Partial<StatusDeps> = {}, containers: readonly Container[] = [aContainer()]): StatusDeps {
  return {
    engine: {
      info: unreachable,
      containers: () => Promise.resolve(containers),
      projects: () => Promise.resolve([]),
      events: () => Promise.resolve([]),
      images: unreachable,
      stats: unreachable,
      inspect: unreachable,
      attached: unreachable,
    },
    prober: fakeHttp(() => 200),
    metrics: metrics(0),
    patterns,
    alerts: fakeAlerts([]),
    rules: fakeLoadedRules([aLoadedRule()]),
    leases: {
      inspect: () => Promise.resolve({kind: 'free'}),
      take: unreachable,
      keepFor: () => Promise.resolve(() => Promise.resolve()),
      join: unreachable,
    },
    outbox: fakeOutbox(),
    incidents: {list: () => Promise.resolve({incidents: [], total: 0})},
    oncall: null,
    unreadableRuns: () => Promise.resolve([]),
    actions: () => Promise.resolve([]),
    runbooks: () => Promise.resolve([]),
    stackModel: aStackModel(['api']),
    clock: {now: () => new Date('2026-11-23T12:00:00Z'), monotonicSeconds: () => 0, sleep: () => Promise.resolve()},
    ...over,
  }
}

const input = {
  service: 'shop',
  environment: 'test',
  production: false,
  project: 'shop',
  services: [],
  endpoints: [{name: 'api', url: 'http://localhost/health', timeoutSeconds: 1}],
  scope: {job: 'shop', windowSeconds: 300},
  targets: someTargets({latencyP95: 0.5}),
  directory: '/srv/faciliauto',
  checkout: checkoutIn('/srv/faciliauto', 'docker-compose.yml'),
  incidentRules: {updates: {P0: 1800, P1: 7200, P2: 86_400}, watchSeconds: 600},
}

describe('surveyStatus', () => {
  it('is healthy when every part is', async () => {
    expect((await surveyStatus(deps(), input)).verdict).toBe('healthy')
  })

  it('is down when the health endpoint is, whatever else cannot be seen', async () => {
    const {verdict} = await surveyStatus(
      deps({
        prober: {...fakeHttp(() => 200), send: unreachable},
        metrics: null,
        alerts: {...fakeAlerts([]), active: unreachable},
      }),
      input,
    )
    expect(verdict).toBe('down')
  })

  it('is unknown, with the reason and the rest, when a backend cannot be seen', async () => {
    const {verdict, data} = await surveyStatus(deps({metrics: {...metrics(0), query: unreachable}}), input)
    expect(verdict).toBe('unknown')
    expect(data.signals).toMatchObject({kind: 'unknown', reason: 'it cannot be reached'})
    expect(data.health).toMatchObject({kind: 'read', verdict: 'healthy'})
  })

  it("hides nothing when faci's own journals cannot be read, and says so", async () => {
    const {verdict, data, warnings} = await surveyStatus(deps({actions: unreachable}), input)
    expect([verdict, data.services.kind]).toEqual(['healthy', 'read'])
    expect(warnings).toEqual(["faci's own actions cannot be shown: it cannot be reached"])
  })

  it('does not count what is not configured', async () => {
    const {verdict, data} = await surveyStatus(deps({metrics: null, alerts: null}), input)
    expect(verdict).toBe('healthy')
    expect(data.signals.kind).toBe('notConfigured')
  })

  it('is unknown when Prometheus doubts its own answer', async () => {
    const result = await surveyStatus(deps({metrics: metrics(0, ['a store is missing'])}), input)
    expect(result.verdict).toBe('unknown')
    expect(result.warnings).toEqual(['Prometheus: a store is missing'])
  })

  it('is degraded by a firing alert, not by a silenced one or the watchdog', async () => {
    const alerts = (alert: Parameters<typeof anAlert>[0]) => deps({alerts: fakeAlerts([anAlert(alert)])})
    expect((await surveyStatus(alerts({}), input)).verdict).toBe('degraded')
    expect((await surveyStatus(alerts({state: 'suppressed'}), input)).verdict).toBe('healthy')
    expect((await surveyStatus(alerts({name: 'Watchdog'}), input)).verdict).toBe('healthy')
  })

  it('is unknown when Prometheus cannot say what fires, and says why', async () => {
    const {verdict, data} = await surveyStatus(deps({rules: {alerts: unreachable, relabeling: unreachable}}), input)
    expect([verdict, data.alertDoubts]).toEqual(['unknown', [{why: 'unreachable', message: 'it cannot be reached'}]])
    expect(data.alerts).toMatchObject({kind: 'read', value: []})
  })

  it('is down without any container', async () => {
    expect((await surveyStatus(deps({}, []), input)).verdict).toBe('down')
  })

  it('suggests the service that was meant', async () => {
    const asked = surveyStatus(deps(), {...input, services: ['apu']})
    await expect(asked).rejects.toMatchObject({code: 'notFound', suggestions: ['faci status api']})
  })

  it('holds CPU and memory against the limit of the watched service', async () => {
    const limited = [
      aContainer({memoryLimitBytes: 1000, cpuLimitCores: 2}),
      aContainer({service: 'redis', memoryLimitBytes: 1}),
    ]
    const targets = someTargets({cpu: 0.5, memory: 0.8})
    const {data} = await surveyStatus(deps({metrics: metrics(900)}, limited), {...input, targets})
    const read = data.signals.kind === 'read' ? data.signals.value : []
    expect(read.find(({name}) => name === 'memory')).toMatchObject({target: 800, verdict: 'degraded'})
    expect(read.find(({name}) => name === 'cpu')?.target).toBe(1)
  })

  it('points out containers of another checkout', async () => {
    const {warnings} = await surveyStatus(deps({}, [aContainer({workingDirectory: '/home/bob/shop'})]), input)
    expect(warnings?.join()).toMatch(/api was started in \/home\/bob\/shop/)
  })

  it('points out containers that other Compose files made, not those that faci brought back to an image', async () => {
    const [own, other] = ['/srv/faciliauto/docker-compose.yml', '/srv/faciliauto/compose.prod.yml']
    const made = (...composeFiles: readonly string[]) => surveyStatus(deps({}, [aContainer({composeFiles})]), input)
    expect((await made(own, other)).warnings).toEqual([
      `api was started with ${own}, ${other}, and faci uses ${own}: write compose: {file: [${own}, ${other}]} in faci.yml, or see what would change: faci up --dry-run`,
    ])
    expect((await made(own, '/srv/faciliauto/.faci/compose/previous-api.yml')).warnings).toEqual([])
  })
})
