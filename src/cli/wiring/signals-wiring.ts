import {BUSINESS_SIGNALS} from '../../domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../../domain/signals/golden-signals.js'
import type {SignalsInput} from '../../usecases/signals/survey-signals.js'
import type {App} from '../app/app-ports.js'
import {evaluationTime} from '../flags/evaluation-time.js'
import {momentOf} from '../flags/flags.js'
import {signalScope} from '../flags/signal-scope.js'
import {signalTargets} from './signal-targets.js'

export async function signalsInput(
  app: App,
  flags: {readonly business: boolean; readonly window: number; readonly at: string | undefined},
): Promise<SignalsInput> {
  const {config} = app
  return {
    signals: flags.business ? BUSINESS_SIGNALS : GOLDEN_SIGNALS,
    scope: signalScope(config, flags.window),
    targets: signalTargets(config.targets),
    at: (await momentOf(app, flags.at)) ?? evaluationTime(await app.clock()),
  }
}
