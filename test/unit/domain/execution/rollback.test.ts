import {describe, expect, it} from 'vitest'
import {aMitigation, aNotice, aPlan, aRollback, RESOLVED} from '../../../support/runbook-builder.js'
import {simulate, told, type World} from '../../../support/simulate-run.js'

const DEPLOY = aMitigation('deploy')
const SCALE = aMitigation('scale')
const ITEMS = [DEPLOY, aRollback('undeploy', 'deploy'), SCALE, aRollback('unscale', 'scale')]

function play(world: World, over: Parameters<typeof aPlan>[1] = {}, items: Parameters<typeof aPlan>[0] = ITEMS) {
  const run = simulate(aPlan(items, {rollback: 'always', ...over}), {seconds: () => 20, ...world})
  const last = run.events.at(-1)
  return {run, told: told(run), finished: last?.kind === 'run.finished' ? last : null}
}

/** Unresolved until what was done is undone. */
const healthyAfterRollback: World = {look: (after) => (after === '@rollback' ? 'true' : 'false')}

describe('rollback', () => {
  it('undoes what was started in reverse start order, looks again, and is 7 when it is healthy', () => {
    const {told: steps, finished} = play(healthyAfterRollback)
    expect(steps.filter((step) => step.startsWith('run '))).toEqual([
      'run deploy',
      'run scale',
      'run unscale',
      'run undeploy',
    ])
    expect(finished).toMatchObject({outcome: 'rolledBack', verdict: 'rolledBack'})
  })

  it('is 3 when it is rolled back and not healthy', () => {
    const {finished} = play({look: () => 'false'})
    expect(finished).toMatchObject({outcome: 'unresolved', verdict: 'bad', reason: [{why: 'rolledBackUnhealthy'}]})
  })

  it('is 8 when a rollback failed, and the others were run all the same', () => {
    const {told: steps, finished} = play({...healthyAfterRollback, run: (id) => (id === 'unscale' ? 'failed' : 'ok')})
    expect(steps).toContain('run undeploy')
    expect(finished).toMatchObject({outcome: 'rollbackFailed', verdict: 'rollbackFailed'})
  })

  it('is armed by the start of a mitigation, also one that failed', () => {
    const {told: steps} = play({...healthyAfterRollback, run: (id) => (id === 'deploy' ? 'failed' : 'ok')}, {}, [
      aMitigation('deploy', {onFailure: 'stop'}),
      aRollback('undeploy', 'deploy'),
      SCALE,
      aRollback('unscale', 'scale'),
    ])
    expect(steps).toContain('run undeploy')
    expect(steps).toContain('skip unscale: `scale` did not run')
  })

  it('of a mitigation that a person skipped is not run', () => {
    const {told: steps} = play(
      {...healthyAfterRollback, gate: (id) => (id === 'scale' ? 'skip' : 'yes')},
      {consent: {attended: true, yes: false}},
    )
    expect(steps).toContain('skip unscale: `scale` did not run')
    expect(steps).toContain('run undeploy')
  })

  it('is not needed when it is resolved', () => {
    const {told: steps, finished} = play({look: (after) => (after === 'deploy' ? 'true' : 'false')})
    expect(steps).toContain('skip undeploy: not needed: it is resolved')
    expect(finished).toMatchObject({outcome: 'resolved', verdict: 'ok'})
  })

  it('does nothing on what cannot be seen', () => {
    const {told: steps, finished} = play({look: (after) => (after === null ? 'false' : 'unknown')})
    expect(steps.filter((step) => step.startsWith('run '))).toEqual(['run deploy'])
    expect(finished).toMatchObject({outcome: 'unknown', verdict: 'unknown'})
  })

  it('repeats a failed command after its backoff, and no run timeout cuts it', () => {
    const {run, finished} = play(
      {...healthyAfterRollback, run: (id, attempt) => (id === 'undeploy' && attempt === 1 ? 'failed' : 'ok')},
      {runbook: {timeoutSeconds: 75, resolved: {...RESOLVED, withinSeconds: 0}}},
      [DEPLOY, aRollback('undeploy', 'deploy', {retries: 1, backoffSeconds: 4, timeoutSeconds: 77})],
    )
    const attempts = run.actions.filter((action) => action.kind === 'run' && action.block.id === 'undeploy')
    expect(attempts).toMatchObject([
      {attempt: 1, final: false, timeoutSeconds: 77},
      {attempt: 2, final: true, waitSeconds: 4, timeoutSeconds: 77},
    ])
    expect(finished).toMatchObject({verdict: 'rolledBack'})
  })

  it('keeps evidence before it removes containers', () => {
    const {told: steps} = play(healthyAfterRollback, {}, [DEPLOY, aRollback('undeploy', 'deploy', {body: 'faci down'})])
    expect(steps.indexOf('keepEvidence undeploy')).toBe(steps.indexOf('run undeploy') - 1)
  })

  it.each([
    ['roll back', 'rollback', 'rolledBack'],
    ['keep', 'keep', 'bad'],
  ] as const)('ask: a person says %s', (_, answer, verdict) => {
    const {told: steps, finished} = play(
      {...healthyAfterRollback, rollback: () => answer},
      {rollback: 'ask', consent: {attended: true, yes: true}},
    )
    expect(steps).toContain('askRollback ')
    expect(finished?.verdict).toBe(verdict)
  })

  it('never: says so and leaves it', () => {
    const {told: steps, finished} = play(healthyAfterRollback, {rollback: 'never'})
    expect(steps).toContain('skip undeploy: --rollback never')
    expect(finished?.verdict).toBe('bad')
  })

  it('after a refused gate: healthy is 7, otherwise the refusal stays', () => {
    const items = [DEPLOY, aRollback('undeploy', 'deploy'), aMitigation('recreate', {confirm: 'always'})]
    expect(play(healthyAfterRollback, {}, items).finished).toMatchObject({verdict: 'rolledBack'})
    expect(play({look: () => 'false'}, {}, items).finished).toMatchObject({verdict: 'refused'})
  })

  it('tells people after it, as resolved when it is healthy', () => {
    const {told: steps} = play(healthyAfterRollback, {}, [
      ...ITEMS,
      aNotice('good', {when: 'resolved'}),
      aNotice('bad', {when: 'unresolved'}),
    ])
    expect(steps.indexOf('notify good')).toBeGreaterThan(steps.indexOf('run undeploy'))
    expect(steps).toContain('skip bad: when=unresolved, and the run ended rolledBack')
  })

  it('runs after TERM only when that was said beforehand', () => {
    const at = (rollback: 'always' | 'ask') =>
      play({...healthyAfterRollback, interruptAt: 6}, {rollback, consent: {attended: true, yes: true}})
    expect(at('always').told).toContain('run undeploy')
    expect(at('always').finished?.verdict).toBe('interrupted')
    expect(at('ask').told).not.toContain('run undeploy')
    expect(at('ask').told).not.toContain('askRollback ')
  })
})
