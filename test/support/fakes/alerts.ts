import {re2jsPatterns} from '../../../src/adapters/re2/re2js-patterns.js'
import type {Alert} from '../../../src/domain/alerts/alert.js'
import {isSelective} from '../../../src/domain/promql/matcher.js'
import {bySeverity} from '../../../src/domain/alerts/severity.js'
import {coveredAlerts, type Silence, type SilenceWish} from '../../../src/domain/alerts/silence.js'
import {FaciError} from '../../../src/domain/errors.js'
import {compareText} from '../../../src/domain/text/compare-text.js'
import type {Alerts} from '../../../src/ports/alerts.js'

export function aSilence(silence: Partial<Silence> = {}): Silence {
  return {
    id: 's1',
    state: 'active',
    matchers: [{label: 'alertname', operator: '=', value: 'APIDown'}],
    startsAt: '2026-01-01T00:00:00.000Z',
    endsAt: '2026-01-01T02:00:00.000Z',
    createdBy: 'ana',
    comment: 'deploy',
    ...silence,
  }
}

export function anAlert(alert: Partial<Alert> = {}): Alert {
  const {runbook = 'api-down'} = alert
  return {
    fingerprint: 'f1',
    name: 'APIDown',
    state: 'firing',
    severity: 'critical',
    priority: 'P0',
    summary: 'API está offline',
    description: null,
    runbook,
    since: '2026-01-01T00:00:00.000Z',
    labels: {},
    annotations: runbook === null ? {} : {runbook},
    silencedBy: [],
    inhibitedBy: [],
    receivers: [],
    ...alert,
  }
}

interface FakeAlerts extends Alerts {
  /** Every silence that was asked for, in order. */
  readonly wishes: readonly SilenceWish[]
}

function quietened(alert: Alert, silences: readonly Silence[]): Alert {
  const labelled = {...alert, labels: {alertname: alert.name, ...alert.labels}}
  const own = silences
    .filter(({matchers}) => coveredAlerts(matchers, [labelled], re2jsPatterns).length > 0)
    .map(({id}) => id)
  return own.length === 0 ? alert : {...alert, state: 'suppressed', silencedBy: [...alert.silencedBy, ...own]}
}

/** An Alertmanager with these alerts; silences that are made quieten them at once. */
export function fakeAlerts(active: readonly Alert[], silences: readonly Silence[] = []): FakeAlerts {
  const kept = new Map(silences.map((silence) => [silence.id, silence]))
  const wishes: SilenceWish[] = []
  return {
    wishes,
    active: () => Promise.resolve(active.map((alert) => quietened(alert, [...kept.values()])).sort(bySeverity)),
    silences: () => Promise.resolve([...kept.values()].sort((one, other) => compareText(one.endsAt, other.endsAt))),
    silence: (wish) => {
      wishes.push(wish)
      const id = wish.id ?? `silence-${String(wishes.length)}`
      if (!isSelective(wish.matchers, re2jsPatterns))
        return Promise.reject(new FaciError('usage', 'Alertmanager refused the silence'))
      kept.set(id, {...wish, id, state: 'active'})
      return Promise.resolve(id)
    },
    expireSilence: (id) =>
      kept.delete(id) ? Promise.resolve() : Promise.reject(new FaciError('notFound', `no silence ${id}`)),
    version: () => Promise.resolve('0.25.0'),
  }
}
