import type {PanelUnit} from '../../domain/dashboard/dashboard.js'
import {inUnit} from '../signals/signals.js'

/** A panel's value in people's units. */
export function inPanelUnit(value: number, unit: PanelUnit): string {
  if (unit === 'count') return Math.round(value).toLocaleString('en-US')
  if (unit === 'points') return `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(1)} pp`
  return inUnit(value, unit === 'state' ? 'ratio' : unit)
}
