import {
  type AlertTestPlan,
  type AlertTestReport,
  countedBetween,
  expectedCounts,
  isHeard,
  type NotificationCounts,
  type TestedIntegration,
  type TestedRoute,
  testedRoutes,
  verdictOfTest,
} from '../../domain/alerts/alert-test.js'
import type {Routing} from '../../domain/alerts/routing.js'
import {TEST_LABEL} from '../../domain/alerts/synthetic-labels.js'
import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import type {Labels} from '../../domain/promql/sample.js'
import type {AlertRouting, SentAlert} from '../../ports/alert-routing.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Clock} from '../../ports/clock.js'
import type {Ids} from '../../ports/ids.js'
import type {Leases} from '../../ports/lease.js'
import type {Progress, Task} from '../../ports/progress.js'
import type {Prompt} from '../../ports/prompt.js'
import {askForConsent} from '../consent/ask-for-consent.js'
import {type AlertChangeInput, enterAlertChange} from './enter-alert-change.js'
import {type ExpressionDeps, withExpressions} from '../patterns/with-expressions.js'

export interface TestAlertsDeps extends ExpressionDeps {
  readonly routing: AlertRouting
  readonly alerts: Alerts
  readonly clock: Clock
  readonly ids: Ids
  readonly leases: Leases
  readonly prompt: Prompt
  readonly progress: Progress
  readonly showPlan: (plan: AlertTestPlan) => Promise<void>
}

export interface TestAlertsInput extends AlertChangeInput {
  readonly operator: string
  /** null: as long as the slowest route takes. */
  readonly waitSeconds: number | null
}

const SHORTEST_WAIT_SECONDS = 60
/** Beyond the time that a route waits for more alerts. */
const DELIVERY_SECONDS = 30
const LOOK_SECONDS = 1
/** For Alertmanager to send and count. */
const MARGIN_SECONDS = 2
/** The alerts end by themselves so long after the test, should it die. */
const AFTERLIFE_SECONDS = 60

function slowestOf(routes: readonly TestedRoute[]): number {
  return Math.max(0, ...routes.map(({groupWaitSeconds}) => groupWaitSeconds))
}

async function planOf(routing: Routing, deps: TestAlertsDeps, input: TestAlertsInput): Promise<AlertTestPlan> {
  const {clock, ids} = deps
  const testId = ids.next()
  const routes = await withExpressions(deps, (expressions) => testedRoutes(routing, testId, expressions))
  const waitSeconds = input.waitSeconds ?? Math.max(SHORTEST_WAIT_SECONDS, slowestOf(routes) + DELIVERY_SECONDS)
  const {environment, production} = input
  return {at: clock.now().toISOString(), environment, production, testId, waitSeconds, routes}
}

function labelsOf({routes}: AlertTestPlan): readonly Labels[] {
  return routes.flatMap(({labels}) => (labels === null ? [] : [labels]))
}

function expectedOf(
  deps: TestAlertsDeps,
  routing: Routing,
  plan: AlertTestPlan,
): Promise<ReturnType<typeof expectedCounts>> {
  return withExpressions(deps, (expressions) => expectedCounts(routing, labelsOf(plan), expressions))
}

function alertsUntil(plan: AlertTestPlan, operator: string, endsAt: Date): readonly SentAlert[] {
  const annotations = {
    summary: 'A test of the alert path: nothing is wrong',
    description: `${operator} tests with \`faci alerts test\` who is told of what. It resolves by itself.`,
  }
  return labelsOf(plan).map((labels) => ({labels, annotations, startsAt: plan.at, endsAt: endsAt.toISOString()}))
}

/** The routes of the test's alerts that Alertmanager keeps from being notified. */
async function suppressedRoutes({alerts}: TestAlertsDeps, {testId, routes}: AlertTestPlan): Promise<readonly string[]> {
  const active = await alerts.active()
  const own = active.filter(({labels, state}) => labels[TEST_LABEL] === testId && state === 'suppressed')
  const indexes = new Set(own.map(({labels}) => labels['faci_route']))
  return routes.flatMap(({labels, route}) => (labels !== null && indexes.has(labels['faci_route']) ? [route] : []))
}

interface Heard {
  readonly integrations: readonly TestedIntegration[]
  readonly suppressed: readonly string[]
}

function noteOf(integrations: readonly TestedIntegration[]): string {
  return integrations.map(({integration, sent, expected}) => `${integration} ${sent}/${expected}`).join(', ')
}

/** Looks until every integration has sent what it should, or the time is over. */
async function listen(
  deps: TestAlertsDeps,
  plan: AlertTestPlan,
  {routing, before, task, signal}: {routing: Routing; before: NotificationCounts; task: Task; signal: AbortSignal},
): Promise<Heard> {
  const {clock} = deps
  const began = clock.monotonicSeconds()
  for (;;) {
    await clock.sleep(LOOK_SECONDS, signal)
    const [now, suppressed] = await Promise.all([deps.routing.notifications(), suppressedRoutes(deps, plan)])
    const quiet = new Set(suppressed)
    const loud = plan.routes.filter(({labels, route}) => labels !== null && !quiet.has(route))
    const expected = await expectedOf(deps, routing, {...plan, routes: loud})
    const integrations = countedBetween(expected, before, now)
    task.note(noteOf(integrations))
    const elapsed = clock.monotonicSeconds() - began
    // What was counted before a route could tell is of somebody else.
    const isOver = integrations.every(isHeard) && elapsed >= slowestOf(loud) + MARGIN_SECONDS
    if (isOver || elapsed >= plan.waitSeconds) return {integrations, suppressed}
  }
}

async function perform(
  deps: TestAlertsDeps,
  plan: AlertTestPlan,
  routing: Routing,
  {operator, signal}: TestAlertsInput,
): Promise<Heard> {
  const {clock, progress} = deps
  const before = await deps.routing.notifications()
  const lifetime = (plan.waitSeconds + AFTERLIFE_SECONDS) * 1000
  const task = progress.start('Wait until Alertmanager has told')
  try {
    await deps.routing.send(alertsUntil(plan, operator, new Date(clock.now().getTime() + lifetime)))
    const heard = await listen(deps, plan, {routing, before, task, signal})
    if (heard.integrations.every(isHeard)) task.done(`Told: ${noteOf(heard.integrations)}`)
    else task.fail(`Not told in ${plan.waitSeconds} s: ${noteOf(heard.integrations)}`)
    return heard
  } finally {
    await deps.routing.send(alertsUntil(plan, operator, clock.now()))
  }
}

function commandOf({waitSeconds}: TestAlertsInput): readonly string[] {
  return ['faci', 'alerts', 'test', ...(waitSeconds === null ? [] : ['--wait', `${waitSeconds}s`])]
}

/**
 * Sends one marked alert for each route of Alertmanager, waits until every route has had its time and the counters say that it has told, and resolves them. Errors:
 * `refused` where only looking is allowed, and those of Alertmanager.
 */
export async function testAlerts(deps: TestAlertsDeps, input: TestAlertsInput): Promise<Result<AlertTestReport>> {
  const {dryRun, environment, production, signal} = input
  const {consent} = await enterAlertChange(deps, input, 'alerts test')
  const routing = await deps.routing.routing()
  const plan = await planOf(routing, deps, input)
  const report: AlertTestReport = {
    ...{plan, dryRun, refusal: null, suppressed: [], durationSeconds: 0},
    integrations: countedBetween(await expectedOf(deps, routing, plan), {}, {}),
  }
  if (dryRun) return {verdict: 'ok', data: report}
  if (labelsOf(plan).length === 0)
    throw new FaciError('badAnswer', 'Alertmanager has no route that an alert could take')
  const asked = {act: 'Send these test alerts', command: commandOf(input), showPlan: () => deps.showPlan(plan)}
  const question = {environment, production, ...asked}
  const answer = await askForConsent(deps.prompt, question, consent, signal)
  if (answer.kind === 'refused') return {verdict: 'refused', data: {...report, refusal: answer.refusal}}
  const started = deps.clock.monotonicSeconds()
  const heard = await perform(deps, plan, routing, input)
  const data = {...report, ...heard, durationSeconds: deps.clock.monotonicSeconds() - started}
  return {verdict: verdictOfTest(data), data}
}
