import {re2jsPatterns} from '../../../src/adapters/re2/re2js-patterns.js'
import type {NotificationCounts} from '../../../src/domain/alerts/alert-test.js'
import type {AlertGroup} from '../../../src/domain/alerts/alert-group.js'
import {matchersKey} from '../../../src/domain/alerts/group-key.js'
import {type LoadedRouting, type Route, routesFor} from '../../../src/domain/alerts/routing.js'
import type {AlertRouting, SentAlert} from '../../../src/ports/alert-routing.js'

interface FakeAlertRouting extends AlertRouting {
  /** What was sent, one call after the other. */
  readonly calls: readonly (readonly SentAlert[])[]
}

interface FakeRoutingOptions {
  /** Integrations whose every attempt fails. */
  readonly failing?: readonly string[]
  /** Looks at the counters until something was sent; Infinity: never. */
  readonly looks?: number
  readonly groups?: readonly AlertGroup[]
}

export function aRoute(route: Partial<Route> = {}): Route {
  return {
    key: matchersKey(route.matchers ?? []),
    ...{receiver: 'ops', matchers: [], continue: false, groupBy: ['alertname'], groupWaitSeconds: 10, timed: false},
    routes: [],
    ...route,
  }
}

export function aRouting(routes: readonly Route[] = [], over: Partial<LoadedRouting> = {}): LoadedRouting {
  return {
    root: aRoute({routes}),
    receivers: [
      {name: 'ops', integrations: ['webhook'], pagerDuty: []},
      {name: 'chat', integrations: ['slack', 'slack'], pagerDuty: []},
      {name: 'nobody', integrations: [], pagerDuty: []},
    ],
    inhibitionLabels: [],
    version: '0.25.0',
    ...over,
  }
}

/** An Alertmanager that counts what it is sent, once for each alert, after some looks. */
export function fakeAlertRouting(
  routing: LoadedRouting,
  {failing = [], looks = 1, groups = []}: FakeRoutingOptions = {},
): FakeAlertRouting {
  const calls: (readonly SentAlert[])[] = []
  const counts = new Map(routing.receivers.flatMap(({integrations}) => integrations).map((name) => [name, 0]))
  let left = looks
  const told = (sent: readonly SentAlert[]): readonly string[] =>
    sent.flatMap(({labels}) =>
      routesFor(routing.root, labels, re2jsPatterns).flatMap(
        ({receiver}) => routing.receivers.find(({name}) => name === receiver)?.integrations ?? [],
      ),
    )
  return {
    calls,
    routing: () => Promise.resolve(routing),
    groups: () => Promise.resolve(groups),
    send: (alerts) => {
      calls.push(alerts)
      return Promise.resolve()
    },
    notifications: (): Promise<NotificationCounts> => {
      const [sent] = calls
      if (sent !== undefined) left -= 1
      if (sent !== undefined && left === 0) for (const name of told(sent)) counts.set(name, (counts.get(name) ?? 0) + 1)
      const entries = [...counts].map(([name, count]) => {
        const isFailing = failing.includes(name)
        return [name, {sent: isFailing ? 0 : count, failed: isFailing ? count : 0}] as const
      })
      return Promise.resolve(Object.fromEntries(entries))
    },
  }
}
