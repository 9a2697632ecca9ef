import {describe, expect, it} from 'vitest'
import type {Container} from '../../../../src/domain/stack/container.js'
import type {Probe} from '../../../../src/domain/stack/health.js'
import {goneness, readinessOf} from '../../../../src/domain/stack/readiness.js'
import {aContainer} from '../../../support/builders/container.js'

const GOOD: Probe = {outcome: 'healthy', status: 200, latencySeconds: 0.01, reason: null}
const BAD: Probe = {outcome: 'failing', status: 503, latencySeconds: 0.01, reason: 'HTTP 503'}

function readiness(
  containers: readonly Container[],
  options: {probe?: Probe | null; replicas?: number | null; afterSeconds?: number} = {},
) {
  const earlier = aContainer({restartCount: 5, startedAt: '2026-11-23T05:00:00.000Z'})
  return readinessOf({
    containers,
    replicas: null,
    probe: null,
    before: new Map([[earlier.id, earlier]]),
    afterSeconds: 2,
    ...options,
  })
}

describe('a service that should run', () => {
  it.each([
    ['its own probe answers', [aContainer({health: 'starting'})], {probe: GOOD}, 'healthy'],
    ['Docker says healthy', [aContainer({health: 'healthy'})], {}, 'healthy'],
    [
      'it ran all the time and nobody checks',
      [aContainer({startedAt: '2026-11-23T05:00:00.000Z', restartCount: 5})],
      {afterSeconds: 0},
      'running',
    ],
    ['it runs and nobody checks', [aContainer()], {}, 'running'],
    ['it was a task, and is done', [aContainer({state: 'exited', exitCode: 0})], {}, 'finished (exit code 0)'],
  ] as const)('is ready when %s', (_name, containers, options, detail) => {
    expect(readiness(containers, options)).toEqual({state: 'ready', detail})
  })

  it.each([
    ['its own probe fails, whatever Docker says', [aContainer({health: 'healthy'})], {probe: BAD}, 'HTTP 503'],
    ['Docker has not decided', [aContainer({health: 'starting'})], {}, 'faciliauto-api-1 is starting'],
    ['it has hardly started and nobody checks', [aContainer()], {afterSeconds: 0.5}, 'running, for less than a second'],
    ['there is no container yet', [], {}, '0 of 1 running'],
    ['it is only created', [aContainer({state: 'created'})], {}, '0 of 1 running'],
    ['replicas are missing', [aContainer()], {replicas: 3, probe: GOOD}, '1 of 3 running'],
    [
      'one of its replicas is not healthy yet, though the probe reached another',
      [aContainer({health: 'healthy'}), aContainer({replica: 2, health: 'starting'})],
      {replicas: 2, probe: GOOD},
      'faciliauto-api-2 is starting',
    ],
    ['it stumbled once', [aContainer({state: 'restarting', restartCount: 6})], {}, '0 of 1 running'],
  ] as const)('is waited for while %s', (_name, containers, options, detail) => {
    expect(readiness(containers, options)).toEqual({state: 'waiting', detail})
  })

  it.each([
    ['it exits', [aContainer({state: 'exited', exitCode: 1})], {}, 'faciliauto-api-1 exited with 1'],
    [
      'it exits, be it with 0, and is probed',
      [aContainer({state: 'exited', exitCode: 0})],
      {probe: BAD},
      'faciliauto-api-1 exited with 0',
    ],
    [
      'Docker finds it unhealthy and nobody else looks',
      [aContainer({health: 'unhealthy'})],
      {},
      'faciliauto-api-1 is unhealthy, says its health check',
    ],
    [
      'it keeps restarting',
      [aContainer({state: 'restarting', restartCount: 8})],
      {},
      'faciliauto-api-1 keeps restarting (3 times so far)',
    ],
  ] as const)('has failed when %s', (_name, containers, options, detail) => {
    expect(readiness(containers, options)).toEqual({state: 'failed', detail})
  })
})

describe('a service that should not run', () => {
  it('is stopped when none of its containers runs, and removed when none is left', () => {
    const exited = [aContainer({state: 'exited', exitCode: 0})]
    expect(goneness('stopped', exited).state).toBe('ready')
    expect(goneness('removed', exited)).toEqual({state: 'waiting', detail: 'faciliauto-api-1 is exited'})
    expect(goneness('removed', []).state).toBe('ready')
    expect(goneness('stopped', [aContainer()]).state).toBe('waiting')
  })
})
