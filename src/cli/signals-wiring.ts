import {BUSINESS_SIGNALS} from '../domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../domain/signals/golden-signals.js'
import type {SignalsDeps, SignalsInput} from '../usecases/signals/survey-signals.js'
import type {Container} from './container-ports.js'
import {evaluationTime} from './evaluation-time.js'
import {requirePort} from './require-port.js'
import {signalTargets} from './signal-targets.js'

/** The golden signals hold CPU and memory against the containers' limits: only they ask the engine. */
export async function signalsDeps(container: Container, isBusiness: boolean): Promise<SignalsDeps> {
  const metrics = requirePort(await container.metrics(), 'prometheus')
  const {project} = container.config.compose
  return {metrics, containers: isBusiness ? null : async () => (await container.engine()).containers(project)}
}

export async function signalsInput(
  container: Container,
  flags: {readonly business: boolean; readonly window: number; readonly at: number | undefined},
): Promise<SignalsInput> {
  const {config, healthEndpoints} = container
  return {
    signals: flags.business ? BUSINESS_SIGNALS : GOLDEN_SIGNALS,
    scope: {job: config.prometheus?.job ?? null, windowSeconds: flags.window},
    targets: signalTargets(config.targets),
    services: healthEndpoints.map(({name}) => name),
    at: flags.at ?? evaluationTime(await container.clock()),
  }
}
