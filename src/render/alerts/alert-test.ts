import {
  type AlertTestPlan,
  type AlertTestReport,
  isHeard,
  slowRoutes,
  type TestedIntegration,
  type TestedRoute,
} from '../../domain/alerts/alert-test.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import {refusalText} from '../consent/refusal.js'
import {environmentText} from '../text/environment.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {seconds} from '../text/units.js'
import {verdictIcon} from '../text/verdict.js'

const ROUTES = [
  {title: 'ROUTE'},
  {title: 'RECEIVER'},
  {title: 'TELLS'},
  {title: 'WAITS', align: 'right'},
  {title: 'ALERT'},
] as const
const INTEGRATIONS = [
  {title: 'INTEGRATION'},
  {title: 'EXPECTED', align: 'right'},
  {title: 'SENT', align: 'right'},
  {title: 'FAILED', align: 'right'},
] as const
const LIMITS =
  'Alertmanager counts notifications by integration, not by alert: some of these may be of other alerts, and it does not know whether people saw them.'

function routeRow(
  {route, receiver, integrations, groupWaitSeconds, labels, caution}: TestedRoute,
  style: Style,
): readonly string[] {
  const alert = Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`)
  const text = [alert.join(' '), caution === null ? '' : style.warn(`▲ ${caution}`)].filter((part) => part !== '')
  return [
    style.bold(route),
    receiver,
    integrations.length === 0 ? style.dim('nobody') : integrations.join(', '),
    span(groupWaitSeconds),
    text.join(' '),
  ]
}

/** What would be sent, and who would be told: what a person reads before saying yes. */
export function alertTestPlanText(plan: AlertTestPlan, style: Style): string {
  const {routes, waitSeconds} = plan
  const count = routes.filter(({labels}) => labels !== null).length
  const head = `Plan: send ${count} synthetic alert${count === 1 ? '' : 's'} through Alertmanager in ${environmentText(plan, style)}, wait ${span(waitSeconds)} at most, resolve them`
  const rows = routes.map((route) => routeRow(route, style))
  return [head, style.warn('▲ the owners of these receivers will be notified'), '', table(ROUTES, rows, style)].join(
    '\n',
  )
}

function integrationRow(one: TestedIntegration, style: Style): readonly string[] {
  const {integration, expected, sent, failed} = one
  const paint = isHeard(one) ? style.good : style.bad
  return [
    style.bold(integration),
    String(expected),
    paint(`${isHeard(one) ? '✔' : '✖'} ${sent}`),
    failed === 0 ? '0' : style.bad(String(failed)),
  ]
}

const ENDINGS: Readonly<Record<string, string>> = {
  ok: 'every integration sent it',
  bad: 'an integration failed',
  unknown: 'some routes did not confirm delivery in time',
}

/** Which integrations sent the alerts, and what that says. */
export function alertTestText({verdict, data}: Result<AlertTestReport>, style: Style): string {
  const {plan, dryRun, refusal, integrations, suppressed, durationSeconds} = data
  if (dryRun) return `${alertTestPlanText(plan, style)}\n\n${style.dim('Dry run: nothing was sent.')}`
  if (refusal !== null) return refusalText(refusal, style)
  const untried = plan.routes.filter(({labels}) => labels === null).map(({route}) => route)
  const gaps = [
    ...suppressed.map((route) => style.warn(`? ${route}: its alert was silenced or inhibited`)),
    ...slowRoutes(plan).map(({route, groupWaitSeconds}) =>
      style.warn(`? ${route}: it waits ${span(groupWaitSeconds)} before it tells, longer than this test`),
    ),
    ...untried.map((route) => style.warn(`? ${route}: no test alert reaches this route`)),
  ]
  const rows = integrations.map((one) => integrationRow(one, style))
  return [
    `${verdictIcon(verdict, style)} ${ENDINGS[verdict] ?? ''}, after ${seconds(durationSeconds)}; resolved again`,
    rows.length === 0 ? '' : table(INTEGRATIONS, rows, style),
    gaps.join('\n'),
    style.dim(LIMITS),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
