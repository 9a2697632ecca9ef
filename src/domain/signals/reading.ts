import type {StateVerdict} from '../verdict.js'
import type {Sample} from '../promql/sample.js'
import type {Signal, SignalUnit} from './signal.js'

/** A value, or why there is none: never NaN, never 0 for absent data. */
export type Reading =
  {readonly kind: 'value'; readonly value: number} | {readonly kind: 'noTraffic'} | {readonly kind: 'noData'}

export interface SignalReading {
  readonly name: string
  readonly title: string
  readonly unit: SignalUnit
  readonly reading: Reading
  /** In the signal's unit; null when there is nothing to hold it against. */
  readonly target: number | null
  /** The side of the target that is good. */
  readonly good: 'below' | 'above'
  readonly verdict: StateVerdict
}

/** What each signal should stay below or above, in its unit. */
export type SignalTargets = Readonly<Record<string, number | null>>

function sampleOf(name: string, samples: readonly Sample[]): number | null {
  const value = samples.find(({labels}) => labels['signal'] === name)?.value
  return value === undefined || Number.isNaN(value) ? null : value
}

/** A signal's reading among the samples of a union query. */
export function readingOf(signal: Signal, samples: readonly Sample[]): Reading {
  const value = sampleOf(signal.name, samples)
  if (value !== null) return {kind: 'value', value}
  const isIdle = signal.traffic !== null && sampleOf(signal.traffic, samples) === 0
  return isIdle ? {kind: 'noTraffic'} : {kind: 'noData'}
}

/** On the wrong side of its target is degraded; absent data is unknown; no traffic says nothing bad. */
function judgeReading(reading: Reading, target: number | null, good: Signal['good']): StateVerdict {
  switch (reading.kind) {
    case 'value': {
      const missed = target !== null && (good === 'below' ? reading.value > target : reading.value < target)
      return missed ? 'degraded' : 'healthy'
    }
    case 'noTraffic':
      return 'healthy'
    case 'noData':
      return 'unknown'
  }
}

/** The readings of `signals` from the samples of their union query. */
export function readSignals(
  signals: readonly Signal[],
  samples: readonly Sample[],
  targets: SignalTargets,
): readonly SignalReading[] {
  return signals.map((signal) => {
    const reading = readingOf(signal, samples)
    const target = targets[signal.name] ?? null
    const {name, title, unit, good} = signal
    return {name, title, unit, reading, target, good, verdict: judgeReading(reading, target, good)}
  })
}
