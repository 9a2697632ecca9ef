import type {Result} from '../../domain/result.js'
import {saturationVerdict, type SaturationTargets, type StackUsage, usageOf} from '../../domain/stack/usage.js'
import type {Engine} from '../../ports/engine.js'
import {selectContainers, type Selection} from './select-containers.js'

/** Measures the running containers of these services, all at once; takes the second that two samples need. */
export async function measureContainers(
  {engine}: {readonly engine: Engine},
  input: Selection & {readonly targets: SaturationTargets},
): Promise<Result<StackUsage>> {
  const {project} = input
  const {cpuRatio, memoryRatio} = input.targets
  const targets = {cpuRatio, memoryRatio}
  const containers = await selectContainers(engine, input)
  const running = containers.filter(({state}) => state === 'running')
  const stats = running.length === 0 ? [] : await engine.stats(running.map(({id}) => id))
  const usages = containers.map((container) =>
    usageOf(
      container,
      stats.find(({containerId}) => containerId === container.id),
      targets,
    ),
  )
  const warnings = containers.length === 0 ? [`project ${project} has no containers: faci up`] : []
  return {verdict: saturationVerdict(usages), data: {project, targets, containers: usages}, warnings}
}
