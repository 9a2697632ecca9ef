import {FaciError} from '../../domain/errors.js'
import {type RunbookFinding, findingIn} from '../../domain/runbook/lint/runbook-finding.js'
import {queriesOf} from '../../domain/runbook/lint/live-subjects.js'
import {metricNames} from '../../domain/runbook/lint/metric-names.js'
import type {CheckedFault} from '../../domain/runbook/lint/runbook-fault.js'
import type {PlacedRunbook} from '../../domain/runbook/runbook.js'
import type {Metrics} from '../../ports/metrics.js'
import {bySubject, type LiveLook, failedLook} from './live-look.js'

type Answer =
  | {readonly kind: 'series'}
  | {readonly kind: 'nothing'}
  | {readonly kind: 'wrong'; readonly message: string}
  | {readonly kind: 'unseen'; readonly look: LiveLook}

async function ask(metrics: Metrics, expression: string): Promise<Answer> {
  try {
    const {samples, warnings} = await metrics.query(expression)
    if (samples.length > 0) return {kind: 'series'}
    const [warning] = warnings
    if (warning === undefined) return {kind: 'nothing'}
    const reason = `unreliable: ${warning}`
    return {kind: 'unseen', look: {findings: [], notChecked: [{check: 'metrics', reason}]}}
  } catch (error) {
    if (error instanceof FaciError && error.code === 'usage') return {kind: 'wrong', message: error.message}
    return {kind: 'unseen', look: failedLook('metrics', error)}
  }
}

async function askAll(metrics: Metrics, expressions: readonly string[]): Promise<ReadonlyMap<string, Answer>> {
  const pairs = expressions.map(async (expression) => [expression, await ask(metrics, expression)] as const)
  return new Map(await Promise.all(pairs))
}

function exists(name: string): string {
  return `count({__name__="${name}"})`
}

type QueryFault = Extract<CheckedFault, {readonly rule: 'metric' | 'no-series' | 'promql'}>

function nothing(expression: string, existing: ReadonlyMap<string, Answer>): readonly QueryFault[] {
  const gone = metricNames(expression).filter((name) => existing.get(exists(name))?.kind === 'nothing')
  return gone.length === 0 ? [{rule: 'no-series'}] : gone.map((name) => ({rule: 'metric', name}))
}

function judge(
  expression: string,
  answer: Answer | undefined,
  existing: ReadonlyMap<string, Answer>,
): readonly QueryFault[] {
  if (answer?.kind === 'wrong') return [{rule: 'promql', said: answer.message}]
  return answer?.kind === 'nothing' ? nothing(expression, existing) : []
}

/** Whether each query returns something, and if not, whether its metrics exist at all. */
export async function lintQueries(metrics: Metrics | null, runbooks: readonly PlacedRunbook[]): Promise<LiveLook> {
  const subjects = bySubject(runbooks, queriesOf)
  if (subjects.size === 0) return {findings: [], notChecked: []}
  if (metrics === null) return {findings: [], notChecked: [{check: 'metrics', reason: 'faci.yml has no prometheus'}]}
  const answers = await askAll(metrics, [...subjects.keys()])
  const empty = [...answers].flatMap(([expression, {kind}]) => (kind === 'nothing' ? metricNames(expression) : []))
  const existing = await askAll(metrics, [...new Set(empty)].map(exists))
  const findings = [...subjects].flatMap(([expression, places]): readonly RunbookFinding[] =>
    judge(expression, answers.get(expression), existing).flatMap((fault) =>
      places.map(({file, place}) => findingIn(file, {...fault, ...place})),
    ),
  )
  const unseenLooks = [...answers.values(), ...existing.values()].flatMap((one) =>
    one.kind === 'unseen' ? [one.look] : [],
  )
  return {findings, notChecked: unseenLooks.flatMap(({notChecked}) => notChecked)}
}
