import {promDuration, type Scope} from '../promql/promql.js'
import type {Sample} from '../promql/sample.js'
import {BUSINESS_SIGNALS} from '../signals/business-signals.js'
import {type BusinessSignalName, labelled, type Signal} from '../signals/signal.js'
import type {ComparedSignal} from './measurement.js'

export const WEEK_SECONDS = 7 * 86_400
const FIVE_MINUTES = 300
const MOST_SLOTS = 120
const LEAST_SLOT = 60

/** Those that are one number. */
const COMPARED: readonly Signal<BusinessSignalName>[] = BUSINESS_SIGNALS.filter(({by}) => by === undefined)

interface BusinessQuestion {
  readonly job: string | null
  readonly windowSeconds: number
}

function slotOf(windowSeconds: number): number {
  return Math.max(LEAST_SLOT, Math.ceil(windowSeconds / MOST_SLOTS))
}

/** Over the window, and for how many slots of it there is a value. */
function partsOf(signal: Signal<BusinessSignalName>, {job, windowSeconds}: BusinessQuestion): readonly string[] {
  const slot = slotOf(windowSeconds)
  const scope = (seconds: number): Scope => ({job, windowSeconds: seconds, conversionSeconds: seconds})
  // Prometheus 2 counts both ends of a range: a slot too many.
  const range = `[${promDuration(windowSeconds - 0.001)}:${promDuration(slot)}]`
  return [
    signal.expression(scope(windowSeconds)),
    `count_over_time((${signal.expression(scope(FIVE_MINUTES))})${range})`,
  ]
}

/** Every business signal over a window that ends when it is evaluated, with its coverage, in one query. */
export function businessQuery(question: BusinessQuestion): string {
  return labelled(
    COMPARED.flatMap((signal) => {
      const [value = '', slots = ''] = partsOf(signal, question)
      return [
        {name: signal.name, expression: value},
        {name: `${signal.name}:slots`, expression: slots},
      ]
    }),
  )
}

interface Read {
  readonly value: number | null
  readonly coverage: number | null
}

function readOne(samples: readonly Sample[], name: string, windowSeconds: number): Read {
  const of = (signal: string): number | null => {
    const value = samples.find(({labels}) => labels['signal'] === signal)?.value
    return value === undefined || !Number.isFinite(value) ? null : value
  }
  const slots = of(`${name}:slots`)
  const value = of(name)
  return {value, coverage: slots === null ? null : Math.min(1, (slots * slotOf(windowSeconds)) / windowSeconds)}
}

/** The signals that had a value in either window: one that a service does not have is none of its business. */
export function comparedSignals(
  question: BusinessQuestion,
  now: readonly Sample[],
  weekAgo: readonly Sample[],
): readonly ComparedSignal[] {
  return COMPARED.flatMap((signal) => {
    const {name, unit, traffic} = signal
    const [own, before] = [now, weekAgo].map((samples) => readOne(samples, name, question.windowSeconds))
    if (own === undefined || before === undefined || (own.value === null && before.value === null)) return []
    const isIdle = traffic !== null && readOne(now, traffic, question.windowSeconds).value === 0
    const missing = own.value !== null ? null : isIdle ? 'noTraffic' : 'noSeries'
    const [query = ''] = partsOf(signal, question)
    const figure = {query, coverage: own.coverage, missing, detail: '', value: own.value} as const
    return [{signal: name, unit, ...figure, weekAgo: before.value, weekAgoCoverage: before.coverage}]
  })
}
