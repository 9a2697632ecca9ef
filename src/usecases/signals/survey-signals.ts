import type {Result} from '../../domain/result.js'
import type {Scope} from '../../domain/promql/promql.js'
import {readingOf, readSignals, type SignalTargets, worstSignal} from '../../domain/signals/reading.js'
import {countsRefused, refusedQuery, withRefused} from '../../domain/signals/refused.js'
import type {Sample} from '../../domain/promql/sample.js'
import {LIMITS, saturationTargets} from '../../domain/signals/saturation-targets.js'
import {type Signal, union} from '../../domain/signals/signal.js'
import {type SignalPart, type SignalsReport, valueOf} from '../../domain/signals/signals-report.js'
import type {Metrics} from '../../ports/metrics.js'

export interface SignalsInput {
  readonly signals: readonly Signal[]
  readonly scope: Scope
  readonly targets: SignalTargets
  /** When to evaluate, seconds since the epoch. */
  readonly at: number
}

const AGO_SECONDS = [0, 3600, 86_400, 604_800]

function partsOf(signal: Signal, samples: readonly Sample[]): readonly SignalPart[] {
  const {name, by} = signal
  if (by === undefined) return []
  return samples
    .filter(({labels, value}) => labels['signal'] === name && Number.isFinite(value))
    .map(({labels, value}) => ({label: labels[by] ?? '', value}))
    .sort((first, second) => second.value - first.value)
}

/** The query, and beside it what is counted with it. */
function explained({name, expression}: Signal, scope: Scope): string {
  const {refused} = scope
  return refused === undefined || !countsRefused(name)
    ? expression(scope)
    : `${expression(scope)}\n# and the requests a second that were refused:\n${refused}`
}

/** Every signal now, against its target, and as it was an hour, a day and a week ago; all asked at once. */
export async function surveySignals(
  {metrics}: {readonly metrics: Metrics},
  input: SignalsInput,
): Promise<Result<SignalsReport>> {
  const {signals, scope, at} = input
  const limits = LIMITS.filter(({of}) => signals.some(({name}) => name === of))
  const expression = union([...signals, ...limits, ...refusedQuery(scope)], scope)
  const answers = await Promise.all(AGO_SECONDS.map((ago) => metrics.query(expression, {at: at - ago})))
  const [now, hour, day, week] = answers.map(({samples}) => withRefused(samples))
  const before = (signal: Signal, samples: readonly Sample[] = []): number | null => valueOf(readingOf(signal, samples))
  const targets = saturationTargets(input.targets, now ?? [])
  const readings = readSignals(signals, now ?? [], targets)
  const trends = signals.flatMap((signal) => {
    const reading = readings.find(({name}) => name === signal.name)
    if (reading === undefined) return []
    return {
      ...reading,
      group: signal.group,
      hourAgo: before(signal, hour),
      dayAgo: before(signal, day),
      weekAgo: before(signal, week),
      parts: partsOf(signal, now ?? []),
      query: explained(signal, scope),
    }
  })
  const warnings = [...new Set(answers.flatMap((answer) => answer.warnings))].map((text) => `Prometheus: ${text}`)
  const verdicts = trends.map(({verdict}) => verdict)
  return {
    verdict: worstSignal(warnings.length > 0 ? [...verdicts, 'unknown'] : verdicts),
    data: {at: new Date(at * 1000).toISOString(), windowSeconds: scope.windowSeconds, signals: trends},
    warnings,
  }
}
