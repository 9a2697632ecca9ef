import {describe, expect, it} from 'vitest'
import {causesOf as found, isAlertOf} from '../../../../src/domain/status/causes.js'
import {NOT_CONFIGURED, type Section} from '../../../../src/domain/section.js'
import type {ServiceState} from '../../../../src/domain/stack/service-state.js'
import {causeText} from '../../../../src/render/words/en/causes.js'
import {anAlert} from '../../../support/fakes/alerts.js'

const RUNBOOKS = [
  {name: 'api-down', title: 'API down', severity: 'critical', alerts: ['APIDown'], services: ['api', 'redis']},
  {name: 'high-latency', title: 'High latency', severity: 'warning', alerts: [], services: ['api', 'redis']},
]

function state(service: string, over: Partial<ServiceState> = {}): ServiceState {
  return {
    service,
    verdict: 'down',
    containers: [],
    wanted: 1,
    reasons: [{why: 'noContainer'}],
    next: `faci up ${service}`,
    ...over,
  }
}

function read<T>(value: T): Section<T> {
  return {kind: 'read', value, verdict: 'degraded'}
}

const QUIET = {
  ...{absent: null, alertDoubts: [], services: NOT_CONFIGURED, health: NOT_CONFIGURED, signals: NOT_CONFIGURED},
  ...{alerts: NOT_CONFIGURED, lock: NOT_CONFIGURED, undelivered: NOT_CONFIGURED},
}

const PAUSED: ServiceState['reasons'] = [
  {why: 'container', replica: 1, reason: {why: 'notRunning', state: 'paused', restartCount: 0}},
]
const STARTING: ServiceState['reasons'] = [
  {why: 'container', replica: 1, reason: {why: 'starting', steadyAfterSeconds: null}},
]

/** As a screen says them. */
function causesOf(...asked: Parameters<typeof found>) {
  return found(...asked).map(({reason, verdict, next}) => ({what: causeText(reason), verdict, next}))
}

describe('causesOf', () => {
  it('has the runbook for a service that is down, before any alert fires', () => {
    expect(causesOf({...QUIET, services: read([state('api'), state('worker')])}, RUNBOOKS)).toEqual([
      {what: 'api: no container', verdict: 'down', next: 'faci runbook api-down'},
      {what: 'worker: no container', verdict: 'down', next: 'faci up worker'},
    ])
  })

  it('says the same of an endpoint as of its service that is the reason', () => {
    const services = read([state('api', {reasons: PAUSED, next: 'docker unpause shop-api-1'}), state('worker')])
    const probe = {
      outcome: 'failing',
      status: null,
      latencySeconds: null,
      reason: {why: 'noAnswer', message: 'no answer'},
    } as const
    const failing = (name: string) => ({
      name,
      url: 'http://x',
      verdict: 'down' as const,
      probes: [probe],
      latency: null,
    })
    const health = read([failing('api'), failing('worker')])
    expect(causesOf({...QUIET, services, health}, RUNBOOKS).map(({next}) => next)).toEqual([
      'docker unpause shop-api-1',
      'faci up worker',
      'docker unpause shop-api-1',
      'faci up worker',
    ])
  })

  it('puts the worst first, and tells nothing to do about what is only starting', () => {
    const services = read([
      state('redis', {verdict: 'unknown', reasons: STARTING, next: null}),
      state('api', {verdict: 'healthy', reasons: [], next: null}),
    ])
    const probe = {
      outcome: 'failing',
      status: 503,
      latencySeconds: 0.1,
      reason: {why: 'httpStatus', status: 503, says: null},
    } as const
    const health = read([{name: 'api', url: 'http://x', verdict: 'down' as const, probes: [probe], latency: null}])
    expect(causesOf({...QUIET, services, health}, RUNBOOKS)).toEqual([
      {what: 'health api: HTTP 503', verdict: 'down', next: 'faci runbook api-down'},
      {what: 'redis: #1 starting', verdict: 'unknown', next: null},
    ])
  })

  it('puts what users feel before what only helps: a critical alert and what answers them before the sidecars', () => {
    const sidecars = ['alertmanager', 'node-exporter', 'prometheus', 'webhook'].map((name) => state(name))
    const probe = {
      outcome: 'failing',
      status: 503,
      latencySeconds: 0.1,
      reason: {why: 'httpStatus', status: 503, says: null},
    } as const
    const health = read([{name: 'api', url: 'http://x', verdict: 'down' as const, probes: [probe], latency: null}])
    const alert = anAlert({name: 'APIDown', severity: 'critical', runbook: 'api-down', summary: null})
    const alerts = read([{...alert, delivery: 'sent' as const, firesInSeconds: null}])
    const causes = causesOf({...QUIET, services: read([...sidecars, state('api')]), health, alerts}, RUNBOOKS)
    expect(causes.map(({what}) => what).slice(0, 4)).toEqual([
      'api: no container',
      'health api: HTTP 503',
      'APIDown is firing',
      'alertmanager: no container',
    ])
  })

  it('has the runbook of an alert, and of what misses its target', () => {
    const listed = {delivery: 'sent', firesInSeconds: null} as const
    const alerts = read([
      {...anAlert({name: 'APIDown', runbook: 'api-down', summary: 'no API'}), ...listed},
      {...anAlert({state: 'suppressed'}), ...listed},
    ])
    const signal = {name: 'latencyP95', title: 'latency p95', unit: 'seconds', good: 'below', target: 0.5} as const
    const signals = read([{...signal, reading: {kind: 'value', value: 2} as const, verdict: 'degraded' as const}])
    expect(causesOf({...QUIET, alerts, signals}, RUNBOOKS).map(({what, next}) => [what, next])).toEqual([
      ['APIDown is firing: no API', 'faci runbook api-down'],
      ['latency p95 misses its target', 'faci runbook high-latency'],
    ])
  })

  it('says what cannot be seen', () => {
    const alerts = {kind: 'unknown', reason: 'Alertmanager cannot be reached', verdict: 'unknown'} as const
    expect(causesOf({...QUIET, alerts}, RUNBOOKS)).toEqual([
      {what: 'alerts cannot be seen: Alertmanager cannot be reached', verdict: 'unknown', next: 'faci doctor'},
    ])
  })

  it('is one when nothing of the project is there', () => {
    const absent = {project: 'shop', projects: [], next: 'faci up'}
    expect(causesOf({...QUIET, absent, services: read([state('api'), state('redis')])}, RUNBOOKS)).toEqual([
      {what: 'project shop has no containers', verdict: 'down', next: 'faci up'},
    ])
  })
})

describe('isAlertOf', () => {
  it.each([
    [{name: 'RedisDown', labels: {}}, true],
    [{name: 'Slow', labels: {job: 'redis-exporter'}}, true],
    [{name: 'APIDown', labels: {job: 'faciliauto-api'}}, false],
    [{name: 'RedisearchDown', labels: {}}, false],
  ])('%j speaks of redis: %s', (alert, isOf) => {
    expect(isAlertOf(anAlert(alert), ['redis'])).toBe(isOf)
  })
})
