import type {StateVerdict} from '../verdict.js'
import type {Sample} from './sample.js'
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
  readonly verdict: StateVerdict
}

/** What each signal should stay under, in its unit. */
export type SignalTargets = Readonly<Record<string, number | null>>

function readingOf(signal: Signal, samples: readonly Sample[], traffic: number | null): Reading {
  const value = samples.find(({labels}) => labels['signal'] === signal.name)?.value
  if (value !== undefined && !Number.isNaN(value)) return {kind: 'value', value}
  return signal.needsTraffic && traffic === 0 ? {kind: 'noTraffic'} : {kind: 'noData'}
}

/** Over its target is degraded; absent data is unknown; no traffic says nothing bad. */
function judgeReading(reading: Reading, target: number | null): StateVerdict {
  switch (reading.kind) {
    case 'value':
      return target !== null && reading.value > target ? 'degraded' : 'healthy'
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
  const traffic = samples.find(({labels}) => labels['signal'] === 'traffic')?.value ?? null
  return signals.map((signal) => {
    const reading = readingOf(signal, samples, traffic)
    const target = targets[signal.name] ?? null
    const {name, title, unit} = signal
    return {name, title, unit, reading, target, verdict: judgeReading(reading, target)}
  })
}
