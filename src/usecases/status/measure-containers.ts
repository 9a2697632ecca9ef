import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import type {Container} from '../../domain/stack/container.js'
import {saturationVerdict, type SaturationTargets, type StackUsage, usageOf} from '../../domain/status/usage.js'
import {worstState} from '../../domain/verdict.js'
import type {Engine} from '../../ports/engine.js'
import {surveyPresence, type SurveyPresenceDeps, type SurveyPresenceInput} from './survey-presence.js'

type Measured = StackUsage['containers']

async function measured(
  engine: Engine,
  containers: readonly Container[],
  targets: SaturationTargets,
): Promise<Measured> {
  const running = containers.filter(({state}) => state === 'running')
  const stats = running.length === 0 ? [] : await engine.stats(running.map(({id}) => id))
  return containers.map((container) => {
    const own = stats.find(({containerId}) => containerId === container.id)
    return usageOf(container, own, targets)
  })
}

/**
 * Measures the running containers of these services, all at once; takes the second that two samples need. What should be there and is
 * not, or does not answer, is as wrong here as in `status`. Errors: those of the engine.
 */
export async function measureContainers(
  deps: SurveyPresenceDeps,
  input: SurveyPresenceInput & {readonly targets: SaturationTargets},
): Promise<Result<StackUsage>> {
  const {project} = input
  const {cpuRatio, memoryRatio} = input.targets
  const targets = {cpuRatio, memoryRatio}
  const {services, verdict, causes, warnings} = await surveyPresence(deps, input)
  if (services instanceof FaciError) throw services
  const containers = await measured(
    deps.engine,
    services.states.flatMap((state) => state.containers),
    targets,
  )
  // What nothing runs of has nothing to measure: then what is there is the verdict.
  const isRunning = containers.some(({state}) => state === 'running')
  return {
    verdict: isRunning ? worstState([verdict, saturationVerdict(containers)]) : verdict,
    data: {project, targets, containers, causes},
    warnings,
  }
}
