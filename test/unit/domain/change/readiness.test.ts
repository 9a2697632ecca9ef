import {describe, expect, it} from 'vitest'
import type {Container} from '../../../../src/domain/stack/container.js'
import type {Probe} from '../../../../src/domain/stack/health.js'
import {goneness as gonenessOf, type Readiness, readinessOf} from '../../../../src/domain/change/readiness.js'
import {ENGLISH} from '../../../../src/render/words/words.js'
import {aContainer} from '../../../support/builders/container.js'

const GOOD: Probe = {outcome: 'healthy', status: 200, latencySeconds: 0.01, reason: null}
/** Of the builder's container. */
const STARTED = Date.parse('2026-11-23T06:00:01.000Z')
const BAD: Probe = {
  outcome: 'failing',
  status: 503,
  latencySeconds: 0.01,
  reason: {why: 'httpStatus', status: 503, says: null},
}

/** As a screen says it. */
function said({state, reason}: Readiness) {
  return {state, detail: ENGLISH.change.readiness(reason)}
}

function readiness(
  containers: readonly Container[],
  options: {probe?: Probe | null; replicas?: number | null; ranSeconds?: number; mayFinish?: boolean | null} = {},
) {
  const {ranSeconds = 6, ...sight} = options
  return said(
    readinessOf({
      containers,
      replicas: null,
      probe: null,
      mayFinish: null,
      now: new Date(STARTED + ranSeconds * 1000),
      ...sight,
    }),
  )
}

function goneness(...asked: Parameters<typeof gonenessOf>) {
  return said(gonenessOf(...asked))
}

describe('a service that should run', () => {
  it.each([
    ['its own probe answers', [aContainer({health: 'starting'})], {probe: GOOD}, 'healthy'],
    ['Docker says healthy', [aContainer({health: 'healthy'})], {}, 'healthy'],
    [
      'it ran all the time and nobody checks',
      [aContainer({startedAt: '2026-11-23T05:00:00.000Z', restartCount: 5})],
      {ranSeconds: 0},
      'running',
    ],
    ['it runs and nobody checks', [aContainer()], {}, 'running'],
    [
      'it was a job, and is done',
      [aContainer({state: 'exited', exitCode: 0})],
      {mayFinish: true},
      'finished (exit code 0)',
    ],
  ] as const)('is ready when %s', (_name, containers, options, detail) => {
    expect(readiness(containers, options)).toEqual({state: 'ready', detail})
  })

  it.each([
    ['its own probe fails, whatever Docker says', [aContainer({health: 'healthy'})], {probe: BAD}, 'HTTP 503'],
    ['Docker has not decided', [aContainer({health: 'starting'})], {}, 'faciliauto-api-1 is starting'],
    [
      'it has hardly started and nobody checks',
      [aContainer()],
      {ranSeconds: 4.9},
      'faciliauto-api-1 is starting, steady after 5 s',
    ],
    [
      'it exited by itself after 4 s and has not run for twice as long',
      [aContainer({restartCount: 1, finishedAt: '2026-11-23T06:00:04.000Z', createdAt: '2026-11-23T06:00:00.000Z'})],
      {ranSeconds: 7},
      'faciliauto-api-1 is starting, steady after 8 s',
    ],
    [
      'Docker finds it unhealthy for the moment, and nobody else looks',
      [aContainer({health: 'unhealthy'})],
      {},
      'faciliauto-api-1 is unhealthy',
    ],
    ['there is no container yet', [], {}, '0 of 1 running'],
    ['it is only created', [aContainer({state: 'created'})], {}, '0 of 1 running'],
    ['replicas are missing', [aContainer()], {replicas: 3, probe: GOOD}, '1 of 3 running'],
    [
      'one of its replicas is not healthy yet, though the probe reached another',
      [aContainer({health: 'healthy'}), aContainer({replica: 2, health: 'starting'})],
      {replicas: 2, probe: GOOD},
      'faciliauto-api-2 is starting',
    ],
    ['it stumbled once', [aContainer({state: 'restarting', restartCount: 1})], {}, '0 of 1 running'],
  ] as const)('is waited for while %s', (_name, containers, options, detail) => {
    expect(readiness(containers, options)).toEqual({state: 'waiting', detail})
  })

  it.each([
    ['it exits', [aContainer({state: 'exited', exitCode: 1})], {}, 'faciliauto-api-1 exited with 1'],
    [
      'it exits with 0 and is no job',
      [aContainer({state: 'exited', exitCode: 0})],
      {mayFinish: false},
      'faciliauto-api-1 exited with code 0, but a service should keep running; declare a job with restart: "no"',
    ],
    [
      'it exits, be it with 0, and is probed',
      [aContainer({state: 'exited', exitCode: 0})],
      {probe: BAD},
      'faciliauto-api-1 exited with 0',
    ],
    [
      'it keeps restarting',
      [aContainer({state: 'restarting', restartCount: 3})],
      {},
      'faciliauto-api-1 keeps restarting (3 times so far)',
    ],
    [
      'it keeps restarting, and runs at this moment',
      [aContainer({restartCount: 4, health: 'healthy'})],
      {probe: GOOD},
      'faciliauto-api-1 keeps restarting (4 times so far)',
    ],
  ] as const)('has failed when %s', (_name, containers, options, detail) => {
    expect(readiness(containers, options)).toEqual({state: 'failed', detail})
  })
})

describe('a service that has ended', () => {
  it('is unknown when nobody can tell whether it should', () => {
    expect(readiness([aContainer({state: 'exited', exitCode: 0})])).toEqual({
      state: 'unknown',
      detail: 'faciliauto-api-1 exited with code 0; whether it is a job cannot be told',
    })
  })
})

describe('a service that should not run', () => {
  it('is stopped when none of its containers runs, and removed when none is left', () => {
    const exited = [aContainer({state: 'exited', exitCode: 0})]
    expect(goneness('stopped', exited).state).toBe('ready')
    expect(goneness('removed', exited)).toEqual({state: 'waiting', detail: 'faciliauto-api-1 is still there (exited)'})
    expect(goneness('removed', []).state).toBe('ready')
    expect(goneness('stopped', [aContainer()]).state).toBe('waiting')
  })
})
