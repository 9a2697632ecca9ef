import {FaciError} from '../../domain/errors.js'
import {type RunbookFinding, findingIn} from '../../domain/runbook/lint/runbook-finding.js'
import {queriesOf} from '../../domain/runbook/lint/live-subjects.js'
import {metricNames} from '../../domain/runbook/lint/metric-names.js'
import type {RuleId} from '../../domain/runbook/lint/rules.js'
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

interface Said {
  readonly rule: RuleId
  readonly message: string
  readonly suggestion: string
}

function nothing(expression: string, existing: ReadonlyMap<string, Answer>): readonly Said[] {
  const gone = metricNames(expression).filter((name) => existing.get(exists(name))?.kind === 'nothing')
  if (gone.length === 0)
    return [
      {rule: 'no-series', message: 'the query returns nothing now', suggestion: 'look at it: faci query EXPRESSION'},
    ]
  const suggestion = 'check its name, and whether it is scraped'
  return gone.map((name) => ({rule: 'metric', message: `Prometheus has no metric \`${name}\``, suggestion}))
}

function judge(expression: string, answer: Answer | undefined, existing: ReadonlyMap<string, Answer>): readonly Said[] {
  if (answer?.kind === 'wrong')
    return [{rule: 'promql', message: answer.message, suggestion: 'Prometheus itself does not understand it'}]
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
    judge(expression, answers.get(expression), existing).flatMap((said) =>
      places.map(({file, place}) => findingIn(file, {...said, ...place})),
    ),
  )
  const unseenLooks = [...answers.values(), ...existing.values()].flatMap((one) =>
    one.kind === 'unseen' ? [one.look] : [],
  )
  return {findings, notChecked: unseenLooks.flatMap(({notChecked}) => notChecked)}
}
