import {type StateVerdict, worstState} from '../verdict.js'
import type {Sample} from '../promql/sample.js'
import type {Signal, SignalName, SignalUnit} from './signal.js'

/** A value, or why there is none: never NaN, never 0 for absent data. */
export type Reading =
  {readonly kind: 'value'; readonly value: number} | {readonly kind: 'noTraffic'} | {readonly kind: 'noData'}

/** What a signal is, held against its target; without one there is nothing that would make its value good or bad. */
export type SignalVerdict = StateVerdict | 'noTarget'

export interface SignalReading {
  readonly name: SignalName
  readonly title: string
  readonly unit: SignalUnit
  readonly reading: Reading
  /** In the signal's unit; null when there is nothing to hold it against. */
  readonly target: number | null
  /** The side of the target that is good. */
  readonly good: 'below' | 'above'
  readonly verdict: SignalVerdict
}

/** What each signal should stay below or above, in its unit; null: it has no target. No signal can be forgotten. */
export type SignalTargets = Readonly<Record<SignalName, number | null>>

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

/** On the wrong side of its target is degraded; absent data is unknown; no traffic says nothing bad. Without a target nothing is healthy. */
function judgeReading(reading: Reading, target: number | null, good: Signal['good']): SignalVerdict {
  if (reading.kind === 'noData') return 'unknown'
  if (target === null) return 'noTarget'
  if (reading.kind === 'noTraffic') return 'healthy'
  const missed = good === 'below' ? reading.value > target : reading.value < target
  return missed ? 'degraded' : 'healthy'
}

/** The verdict on signals together: those without a target are not judged, and where none is, that is unknown. */
export function worstSignal(verdicts: readonly SignalVerdict[]): StateVerdict {
  return worstState(verdicts.filter((verdict) => verdict !== 'noTarget'))
}

/** The readings of `signals` from the samples of their union query. */
export function readSignals(
  signals: readonly Signal[],
  samples: readonly Sample[],
  targets: SignalTargets,
): readonly SignalReading[] {
  return signals.map((signal) => {
    const reading = readingOf(signal, samples)
    const target = targets[signal.name]
    const {name, title, unit, good} = signal
    return {name, title, unit, reading, target, good, verdict: judgeReading(reading, target, good)}
  })
}
