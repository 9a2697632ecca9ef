import {ThresholdsConfigBuilder, ThresholdsMode, type Threshold} from '@grafana/grafana-foundation-sdk/dashboard'
import {NEAR} from '../../src/domain/dashboard/level.js'
import type {PanelQuery} from '../../src/domain/dashboard/dashboard.js'
import type {SignalTargets} from '../../src/domain/signals/reading.js'

export function targetOf({target}: PanelQuery, targets: SignalTargets): number | null {
  return target === null ? null : (targets[target] ?? null)
}

/** Green, yellow when near the target, red beyond it: as the terminal colours it. */
export function thresholdSteps(target: number | null, good: PanelQuery['good']): Threshold[] {
  if (target === null) return [{value: null, color: 'green'}]
  if (good === 'above') {
    return [
      {value: null, color: 'red'},
      {value: target, color: 'green'},
    ]
  }
  return [
    {value: null, color: 'green'},
    {value: NEAR * target, color: 'yellow'},
    {value: target, color: 'red'},
  ]
}

export function thresholds(target: number | null, good: PanelQuery['good']): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(thresholdSteps(target, good))
}
