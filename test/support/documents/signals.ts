import {BUSINESS_SIGNALS} from '../../../src/domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../../../src/domain/signals/golden-signals.js'
import {LIMITS} from '../../../src/domain/signals/saturation-targets.js'
import {union} from '../../../src/domain/signals/signal.js'
import type {SignalsDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {type SignalsInput, surveySignals} from '../../../src/usecases/signals/survey-signals.js'
import {fakeMetrics} from '../fakes/metrics.js'
import {someTargets} from '../builders/targets.js'

const SCOPE = {job: 'faciliauto-api', windowSeconds: 300}
const NOW = new Date('2026-11-23T06:30:00.000Z')

export const SIGNALS_INPUT: SignalsInput = {
  signals: GOLDEN_SIGNALS,
  scope: SCOPE,
  targets: someTargets({latencyP95: 0.5, cpu: 0.7, memory: 0.8}),
  at: 1_790_000_000,
}

/** Golden signals with something wrong, idle and absent ones; business ones with their parts. */
export async function signalsDocuments(): Promise<readonly SignalsDocument[]> {
  const golden = GOLDEN_SIGNALS.map(({name: signal}) => ({labels: {signal}, value: 0.7}))
  const business = BUSINESS_SIGNALS.map(({name: signal}) => ({labels: {signal, dealership: 'RobustCar'}, value: 0.7}))
  const idle = [{labels: {signal: 'traffic'}, value: 0}]
  const goldenQuery = union([...GOLDEN_SIGNALS, ...LIMITS], SCOPE)
  const results = await Promise.all([
    surveySignals({metrics: fakeMetrics({[goldenQuery]: golden}, {}, ['a store is away'])}, SIGNALS_INPUT),
    surveySignals({metrics: fakeMetrics({[goldenQuery]: idle})}, SIGNALS_INPUT),
    surveySignals(
      {metrics: fakeMetrics({[union(BUSINESS_SIGNALS, SCOPE)]: business})},
      {...SIGNALS_INPUT, signals: BUSINESS_SIGNALS},
    ),
  ])
  return results.map((result) => envelope('signals', result, NOW))
}
