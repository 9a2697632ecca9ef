import type {IsoTime} from '../time/iso-time.js'
import type {Reading, SignalReading} from './reading.js'
import type {SignalGroup} from './signal.js'

/** Part of a signal, by the value of its label. */
export interface SignalPart {
  readonly label: string
  readonly value: number
}

/** A signal now and before. A value before is null when there was none. */
export interface SignalTrend extends SignalReading {
  readonly group: SignalGroup
  readonly hourAgo: number | null
  readonly dayAgo: number | null
  readonly weekAgo: number | null
  /** Largest first; empty for a signal that is one number. */
  readonly parts: readonly SignalPart[]
  /** The PromQL it was asked with. */
  readonly query: string
}

export interface SignalsReport {
  /** When everything was evaluated. */
  readonly at: IsoTime
  readonly windowSeconds: number
  readonly signals: readonly SignalTrend[]
}

export function valueOf(reading: Reading): number | null {
  return reading.kind === 'value' ? reading.value : null
}
