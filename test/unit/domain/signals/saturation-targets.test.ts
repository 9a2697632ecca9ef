import {describe, expect, it} from 'vitest'
import {saturationTargets} from '../../../../src/domain/signals/saturation-targets.js'
import {aContainer} from '../../../support/builders/container.js'
import {someTargets} from '../../../support/builders/targets.js'

const RATIOS = someTargets({latencyP95: 0.5, cpu: 0.5, memory: 0.8})
const TOLD = [
  {labels: {signal: 'cpuLimit'}, value: 4},
  {labels: {signal: 'memoryLimit'}, value: 8000},
]

describe('saturationTargets', () => {
  it('are shares of the smallest limit among the containers', () => {
    const containers = [
      aContainer({cpuLimitCores: 2, memoryLimitBytes: 1000}),
      aContainer({replica: 2, cpuLimitCores: 1, memoryLimitBytes: 4000}),
    ]
    expect(saturationTargets(RATIOS, TOLD, containers)).toEqual({...RATIOS, cpu: 0.5, memory: 800})
  })

  it('are shares of what Prometheus told where a container has no limit, or none is known', () => {
    const containers = [aContainer({cpuLimitCores: null, memoryLimitBytes: 1000})]
    expect(saturationTargets(RATIOS, TOLD, containers)).toMatchObject({cpu: 2, memory: 800})
    expect(saturationTargets(RATIOS, TOLD)).toMatchObject({cpu: 2, memory: 6400})
  })

  it('are null when the containers could not be seen: the memory of the machine is no target of one that may have a limit', () => {
    expect(saturationTargets(RATIOS, TOLD, null)).toMatchObject({cpu: null, memory: null, latencyP95: 0.5})
  })

  it('are null while nothing is known', () => {
    expect(saturationTargets(RATIOS, [])).toMatchObject({cpu: null, memory: null, latencyP95: 0.5})
  })
})
