import type {SignalTargets} from '../../../src/domain/signals/reading.js'
import {BUSINESS_SIGNALS} from '../../../src/domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../../../src/domain/signals/golden-signals.js'

/** No signal has a target but those that are given. */
export function someTargets(given: Partial<SignalTargets> = {}): SignalTargets {
  const none = Object.fromEntries([...GOLDEN_SIGNALS, ...BUSINESS_SIGNALS].map(({name}) => [name, null]))
  return {...(none as SignalTargets), ...given}
}
