import type {SignalReading} from '../../domain/signals/reading.js'
import type {SignalUnit} from '../../domain/signals/signal.js'
import type {Style} from '../text/style.js'
import {bytes, percent, perSecond, seconds} from '../text/units.js'

/** A signal's value in people's units. */
export function inUnit(value: number, unit: SignalUnit): string {
  switch (unit) {
    case 'seconds':
      return seconds(value)
    case 'ratio':
      return percent(value)
    case 'perSecond':
      return perSecond(value)
    case 'perMinute':
      return `${value.toFixed(value < 10 ? 2 : 1)}/min`
    case 'bytes':
      return bytes(value)
    case 'cores':
      return `${value.toFixed(2)} cores`
  }
}

export function reading({reading: read, unit, verdict}: SignalReading, style: Style): string {
  switch (read.kind) {
    case 'value':
      return verdict === 'healthy' || verdict === 'noTarget'
        ? inUnit(read.value, unit)
        : style.bad(inUnit(read.value, unit))
    case 'noTraffic':
      return style.dim('no traffic')
    case 'noData':
      return style.warn('no data')
  }
}

export function signalTarget({target, unit, good}: SignalReading): string {
  return target === null ? '' : `target ${good === 'below' ? '<' : '>'} ${inUnit(target, unit)}`
}
