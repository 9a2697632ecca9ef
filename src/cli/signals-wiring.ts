import {BUSINESS_SIGNALS} from '../domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../domain/signals/golden-signals.js'
import type {SignalsInput} from '../usecases/signals/survey-signals.js'
import type {Container} from './container-ports.js'
import {evaluationTime} from './evaluation-time.js'
import {momentOf} from './flags.js'
import {signalScope} from './signal-scope.js'
import {signalTargets} from './signal-targets.js'

export async function signalsInput(
  container: Container,
  flags: {readonly business: boolean; readonly window: number; readonly at: string | undefined},
): Promise<SignalsInput> {
  const {config} = container
  return {
    signals: flags.business ? BUSINESS_SIGNALS : GOLDEN_SIGNALS,
    scope: signalScope(config, flags.window),
    targets: signalTargets(config.targets),
    at: (await momentOf(container, flags.at)) ?? evaluationTime(await container.clock()),
  }
}
