import type {Refusal} from '../consent/refusal.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Labels} from '../promql/sample.js'
import type {Expressions} from '../text/expressions.js'
import type {Verdict} from '../verdict.js'
import {type Route, routeName, routePaths, routesFor, type Routing} from './routing.js'
import {syntheticLabels} from './synthetic-labels.js'

/** A route and the alert that is to take it. */
export interface TestedRoute {
  readonly route: string
  readonly receiver: string
  readonly integrations: readonly string[]
  readonly groupWaitSeconds: number
  /** null when no alert could be made that takes it. */
  readonly labels: Labels | null
  /** Why nobody may be told, or no alert is made. */
  readonly caution: string | null
}

export interface AlertTestPlan {
  readonly at: IsoTime
  readonly environment: string
  readonly production: boolean
  readonly testId: string
  readonly waitSeconds: number
  readonly routes: readonly TestedRoute[]
}

/** What Alertmanager counted of one integration while the test ran; others may have sent alerts too. */
export interface TestedIntegration {
  readonly integration: string
  /** How many notifications the test should have made. */
  readonly expected: number
  readonly sent: number
  /** Attempts that failed. */
  readonly failed: number
}

export interface AlertTestReport {
  readonly plan: AlertTestPlan
  readonly dryRun: boolean
  readonly refusal: Refusal | null
  readonly integrations: readonly TestedIntegration[]
  /** Routes whose alert was silenced or inhibited. */
  readonly suppressed: readonly string[]
  readonly durationSeconds: number
}

/** Counters of Alertmanager by integration: they only grow, until it restarts. */
export type NotificationCounts = Readonly<Record<string, {readonly sent: number; readonly failed: number}>>

function integrationsOf({receivers}: Routing, {receiver}: Route): readonly string[] {
  return receivers.find(({name}) => name === receiver)?.integrations ?? []
}

function cautionFor(route: Route, labels: Labels | null, integrations: readonly string[]): string | null {
  if (labels === null) return 'no test alert reaches this route: an earlier route may take them all'
  if (integrations.length === 0) return 'its receiver tells nobody'
  return route.timed ? 'it has times in which it tells nobody' : null
}

/** One alert for each route. */
export function testedRoutes(routing: Routing, testId: string, expressions: Expressions): readonly TestedRoute[] {
  return routePaths(routing.root).map((path, index) => {
    const {route} = path
    const labels = syntheticLabels(routing, path, {testId, index: index + 1}, expressions)
    const integrations = integrationsOf(routing, route)
    const {receiver, groupWaitSeconds} = route
    const caution = cautionFor(route, labels, integrations)
    return {route: routeName(path), receiver, integrations, groupWaitSeconds, labels, caution}
  })
}

/** How many notifications each integration should send for these alerts. */
export function expectedCounts(
  routing: Routing,
  alerts: readonly Labels[],
  expressions: Expressions,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const labels of alerts)
    for (const route of routesFor(routing.root, labels, expressions))
      for (const integration of integrationsOf(routing, route))
        counts.set(integration, (counts.get(integration) ?? 0) + 1)
  return counts
}

/** What was counted between two looks; after a restart of Alertmanager all that it counts is new. */
export function countedBetween(
  expected: ReadonlyMap<string, number>,
  before: NotificationCounts,
  now: NotificationCounts,
): readonly TestedIntegration[] {
  const grown = (earlier = 0, later = 0): number => (later >= earlier ? later - earlier : later)
  return [...expected].map(([integration, count]) => ({
    integration,
    expected: count,
    sent: grown(before[integration]?.sent, now[integration]?.sent),
    failed: grown(before[integration]?.failed, now[integration]?.failed),
  }))
}

export function isHeard({expected, sent}: TestedIntegration): boolean {
  return sent >= expected
}

/** Routes that wait for more alerts longer than the test does: what was counted cannot be theirs. */
export function slowRoutes({routes, waitSeconds}: AlertTestPlan): readonly TestedRoute[] {
  return routes.filter(({labels, groupWaitSeconds}) => labels !== null && groupWaitSeconds >= waitSeconds)
}

/** A failure is certain; silence may be anything, and so may a route that was not tried. */
export function verdictOfTest({integrations, plan, suppressed}: AlertTestReport): Verdict {
  if (integrations.some((one) => !isHeard(one) && one.failed > 0)) return 'bad'
  const isTried =
    plan.routes.every(({labels}) => labels !== null) && suppressed.length === 0 && slowRoutes(plan).length === 0
  return isTried && integrations.length > 0 && integrations.every(isHeard) ? 'ok' : 'unknown'
}
