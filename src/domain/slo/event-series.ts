import {quoted} from '../promql/promql.js'
import type {Labels} from '../promql/sample.js'
import type {Expressions} from '../text/expressions.js'
import {completed, type Place} from './event-queries.js'
import {exampleLabels} from './label-examples.js'
import type {Indicator} from './objective.js'

/** So many minutes with so many events each. */
export interface Traffic {
  readonly minutes: number
  readonly total: number
  readonly bad: number
}

export interface EventHistory {
  readonly traffic: readonly Traffic[]
  /** The minute before which every counter begins at 0 again. */
  readonly restartAt?: number | undefined
  /** There is no series of errors. */
  readonly lacksErrors?: boolean | undefined
  /** The target leaves discovery while all is bad. */
  readonly vanishes?: boolean | undefined
}

export interface InputSeries {
  readonly series: string
  readonly values: string
}

function perMinute({traffic}: EventHistory): readonly Traffic[] {
  return traffic.flatMap((one) => Array.from({length: one.minutes}, () => one))
}

/** Counter values, in promtool's notation: `0+5x59 2+5x58`, one stretch for each pace. */
function counterValues(history: EventHistory, of: (minute: Traffic) => number): string {
  const steps = perMinute(history).map(of)
  const stretches: string[] = []
  let value = 0
  let index = 0
  while (index < steps.length) {
    const step = steps[index] ?? 0
    const restarts = index === history.restartAt
    let length = 1
    while (steps[index + length] === step && index + length !== history.restartAt) length += 1
    const first = restarts ? step : value + step
    stretches.push(length === 1 ? String(first) : `${first}+${step}x${length - 1}`)
    value = first + step * (length - 1)
    index += length
  }
  return ['0', ...stretches].join(' ')
}

/** Scrapes are few: more of them than one a minute make the shares of `up` fine enough. */
export const SCRAPES_A_MINUTE = 4

/** 1 and 0 in the wanted proportion, evenly spread; where all is bad and the target vanishes, a stale marker and nothing more. */
function upValues(history: EventHistory): string {
  let due = 0.5
  let isGone = false
  const values = perMinute(history).flatMap(({total, bad}) =>
    Array.from({length: SCRAPES_A_MINUTE}, () => {
      const share = total === 0 ? 0 : bad / total
      const wasGone = isGone
      isGone = history.vanishes === true && share === 1
      if (isGone) return wasGone ? '_' : 'stale'
      due += share
      if (due < 1 - 1e-9) return '1'
      due -= 1
      return '0'
    }),
  )
  return values.join(' ')
}

function upSeries({job}: Place, history: EventHistory): readonly InputSeries[] {
  const own = {series: seriesText('up', {...(job === null ? {} : {job}), instance: 'a'}), values: upValues(history)}
  if (job === null) return [own]
  const scrapes = perMinute(history).length * SCRAPES_A_MINUTE
  const other = {series: seriesText('up', {job: `not-${job}`, instance: 'b'}), values: `1x${String(scrapes - 1)}`}
  return [own, other]
}

function seriesText(metric: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${quoted(value)}`)
  return `${metric}{${pairs.join(', ')}}`
}

function errorSeries(
  indicator: Extract<Indicator, {kind: 'errors'}>,
  place: Place,
  history: EventHistory,
  expressions: Expressions,
): readonly InputSeries[] | null {
  const {errors, total} = indicator
  if (errors.kind === 'expression' || total.kind === 'expression' || errors.metric !== total.metric) return null
  const [all, failed] = [completed(place, total.matchers), completed(place, errors.matchers)]
  const good = exampleLabels(expressions, all, failed)
  const bad = exampleLabels(expressions, [...all, ...failed])
  if (good === null || bad === null) return null
  return [
    {series: seriesText(total.metric, good), values: counterValues(history, (minute) => minute.total - minute.bad)},
    ...(history.lacksErrors === true
      ? []
      : [{series: seriesText(errors.metric, bad), values: counterValues(history, (minute) => minute.bad)}]),
  ]
}

function latencySeries(
  {histogram, matchers, thresholdSeconds, native}: Extract<Indicator, {kind: 'latency'}>,
  place: Place,
  history: EventHistory,
  expressions: Expressions,
): readonly InputSeries[] | null {
  const labels = exampleLabels(expressions, completed(place, matchers))
  if (labels === null || native) return null
  const bound = {...labels, le: String(thresholdSeconds)}
  const all = counterValues(history, ({total}) => total)
  return [
    {series: seriesText(`${histogram}_bucket`, bound), values: counterValues(history, ({total, bad}) => total - bad)},
    {series: seriesText(`${histogram}_bucket`, {...labels, le: '+Inf'}), values: all},
    {series: seriesText(`${histogram}_count`, labels), values: all},
  ]
}

/** Series, as promtool writes them, of a service with that history. Null when the indicator is too free to make any up for. */
export function eventSeries(
  indicator: Indicator,
  place: Place,
  history: EventHistory,
  expressions: Expressions,
): readonly InputSeries[] | null {
  if (history.traffic.length === 0) return []
  switch (indicator.kind) {
    case 'errors':
      return errorSeries(indicator, place, history, expressions)
    case 'latency':
      return latencySeries(indicator, place, history, expressions)
    case 'up':
      return upSeries(place, history)
  }
}
