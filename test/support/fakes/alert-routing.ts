import {re2jsPatterns} from '../../../src/adapters/re2/re2js-patterns.js'
import type {NotificationCounts} from '../../../src/domain/alerts/alert-test.js'
import {type Route, routesFor, type Routing} from '../../../src/domain/alerts/routing.js'
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
}

export function aRoute(route: Partial<Route> = {}): Route {
  return {
    ...{receiver: 'ops', matchers: [], continue: false, groupBy: ['alertname'], groupWaitSeconds: 10, timed: false},
    routes: [],
    ...route,
  }
}

export function aRouting(routes: readonly Route[] = [], over: Partial<Routing> = {}): Routing {
  return {
    root: aRoute({routes}),
    receivers: [
      {name: 'ops', integrations: ['webhook']},
      {name: 'chat', integrations: ['slack', 'slack']},
      {name: 'nobody', integrations: []},
    ],
    inhibitionLabels: [],
    ...over,
  }
}

/** An Alertmanager that counts what it is sent, once for each alert, after some looks. */
export function fakeAlertRouting(
  routing: Routing,
  {failing = [], looks = 1}: FakeRoutingOptions = {},
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
