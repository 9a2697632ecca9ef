import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {StackChange} from '../../../../src/domain/change/change.js'
import {changeStack} from '../../../../src/usecases/change/change-stack.js'
import {aModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {changeInput, changeWorld} from '../../../support/change-world.js'

const RESTART: StackChange = {kind: 'restart', services: ['api']}
const DOWN: StackChange = {kind: 'down'}
const HEALTHY_REDIS = {id: 'r1', service: 'redis', name: 'faciliauto-redis-1', health: 'healthy'} as const
const RUN = '01ARZ3NDEKTSV4RRFFQ69G5F01'

function kinds(events: readonly {readonly kind: string}[]): readonly string[] {
  return events.map(({kind}) => kind)
}

const ABSENT = {
  ...{now: {running: 0, total: 0}, leftovers: [], expected: 'running', replicas: null},
  ...{recreation: null, effects: []},
}

const HTTP_503 = {why: 'probe', reason: {why: 'httpStatus', status: 503, says: null}}

function exited(container: string, exitCode: number, outOfMemory = false) {
  return {why: 'container', container, reason: {why: 'exited', exitCode, outOfMemory}}
}

describe('changing the stack', () => {
  it('plans, takes the lock, journals, applies, waits until healthy and releases', async () => {
    const world = changeWorld()
    world.healthy = (seconds) => seconds >= 0.6
    const {verdict, data} = await changeStack(world.deps, changeInput(RESTART))
    expect(verdict).toBe('ok')
    expect(data.services).toEqual([
      {service: 'api', state: 'ready', reason: {why: 'healthy'}, afterSeconds: expect.closeTo(0.6) as unknown, log: []},
    ])
    expect(data.runId).toBe(RUN)
    expect(world.leases.calls).toEqual(['take', 'recheck', 'release'])
    expect(kinds(world.journal.eventsOf(RUN))).toEqual([
      'change.planned',
      'change.approved',
      'change.started',
      'change.finished',
      'change.ended',
    ])
  })

  it('has its beginning and its end on disk', async () => {
    const world = changeWorld()
    await changeStack(world.deps, changeInput(RESTART))
    expect(world.journal.durable).toEqual(['change.started', 'change.finished', 'change.ended'])
  })

  it('does not read the Compose file when the containers tell what is meant', async () => {
    const world = changeWorld()
    await changeStack(world.deps, changeInput(RESTART))
    expect(world.acts).toEqual(['apply restart'])
  })

  it('brings up all services of the Compose file', async () => {
    const world = changeWorld()
    world.containers = []
    const change: StackChange = {kind: 'up', services: [], build: false, recreate: false, replicas: {}}
    const {data} = await changeStack(world.deps, changeInput(change))
    expect(data.plan.services).toEqual([
      {service: 'api', ...ABSENT},
      {service: 'redis', ...ABSENT},
    ])
    expect(data.services.map(({state}) => state)).toEqual(['ready', 'ready'])
  })

  it('keeps as many replicas as there are of what the Compose file still has', async () => {
    const world = changeWorld()
    world.containers = ['api', 'gone'].flatMap((service) => [1, 2].map((replica) => aContainer({service, replica})))
    const change: StackChange = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}}
    const {data} = await changeStack(world.deps, changeInput(change, {dryRun: true}))
    expect(data.plan.change).toEqual({...change, replicas: {api: 2}})
    expect(data.plan.services).toMatchObject([{service: 'api', replicas: 2}])
  })

  it('says nothing of the replicas of others, which Compose v2 would refuse', async () => {
    const world = changeWorld()
    world.containers = [1, 2].map((replica) => aContainer({replica}))
    const change: StackChange = {kind: 'up', services: ['redis'], build: false, recreate: false, replicas: {}}
    const {data} = await changeStack(world.deps, changeInput(change, {dryRun: true}))
    expect(data.plan.change).toEqual(change)
  })

  it('reads the Compose file once, whatever it is read for', async () => {
    const world = changeWorld()
    world.containers = [1, 2].map((replica) => aContainer({replica}))
    const change: StackChange = {kind: 'up', services: [], build: false, recreate: false, replicas: {}}
    await changeStack(world.deps, changeInput(change, {dryRun: true}))
    expect(world.acts).toEqual(['model'])
  })

  it('does not know a service, and guesses which was meant', async () => {
    const world = changeWorld()
    const change = changeStack(world.deps, changeInput({kind: 'restart', services: ['reddis']}))
    await expect(change).rejects.toMatchObject({
      code: 'notFound',
      message: 'The Compose file has no service reddis: did you mean `redis`?',
      correction: {typed: 'reddis', meant: 'redis'},
    })
    expect(world.acts).toEqual(['model'])
  })

  it('is bad when Compose fails, and does not wait: it only looks what is left', async () => {
    const world = changeWorld()
    world.applyFails = true
    const {verdict, data} = await changeStack(world.deps, changeInput(RESTART))
    expect(verdict).toBe('bad')
    expect(data.compose).toMatchObject({ok: false, exitCode: 1})
    expect(world.seconds).toBe(0.5)
    expect(world.leases.calls.at(-1)).toBe('release')
  })

  it('is bad when it is not healthy in time, with the last lines of the log', async () => {
    const world = changeWorld()
    world.healthy = () => false
    const {verdict, data} = await changeStack(world.deps, changeInput(RESTART, {waitSeconds: 5}))
    expect(verdict).toBe('bad')
    expect(world.seconds).toBeCloseTo(5, 0)
    expect(data.services).toMatchObject([
      {state: 'waiting', reason: HTTP_503, log: ['first', 'Error: cannot bind to port 8000']},
    ])
  })

  it('looks again at what was ready while the others come up: it may have crashed meanwhile', async () => {
    const world = changeWorld()
    const change: StackChange = {kind: 'up', services: [], build: false, recreate: false, replicas: {}}
    world.healthy = (seconds) => {
      // While the API still comes up, Redis dies.
      const redis = {...HEALTHY_REDIS, ...(seconds > 2 ? ({state: 'exited', exitCode: 1} as const) : {})}
      world.containers = [aContainer(), aContainer(redis)]
      return seconds > 5
    }
    const {verdict, data} = await changeStack(world.deps, changeInput(change))
    expect(verdict).toBe('bad')
    expect(data.services).toMatchObject([
      {service: 'api', state: 'ready'},
      {service: 'redis', state: 'failed', reason: exited('faciliauto-redis-1', 1)},
    ])
  })

  it('tells since when a service was ready without a break', async () => {
    const world = changeWorld()
    world.healthy = (seconds) => (seconds > 1 && seconds < 2) || seconds > 4
    const redis = aContainer({...HEALTHY_REDIS, health: 'starting'})
    world.afterApply = [aContainer(), redis]
    const slow = {
      ...world.deps.engine,
      containers: () =>
        Promise.resolve([aContainer(), world.seconds > 5 ? {...redis, health: 'healthy' as const} : redis]),
    }
    const change: StackChange = {kind: 'restart', services: ['api', 'redis']}
    world.containers = [aContainer(), redis]
    const {verdict, data} = await changeStack({...world.deps, engine: slow}, changeInput(change))
    expect(verdict).toBe('ok')
    expect(data.services[0]?.afterSeconds).toBeGreaterThan(3)
  })

  it('does not blame a service for an engine that did not answer when the time was over', async () => {
    const world = changeWorld()
    world.healthy = () => false
    const engine = {
      ...world.deps.engine,
      containers: () =>
        world.seconds > 4
          ? Promise.reject(new FaciError('timedOut', 'Docker did not answer within 2.5 s'))
          : Promise.resolve(world.containers),
    }
    const {verdict, data, warnings} = await changeStack({...world.deps, engine}, changeInput(RESTART, {waitSeconds: 5}))
    expect(verdict).toBe('unknown')
    expect(data.services).toMatchObject([
      {
        state: 'unknown',
        reason: {why: 'unseen', message: 'Docker did not answer within 2.5 s', before: HTTP_503},
      },
    ])
    expect(warnings).toEqual(['api: what became of it was not seen'])
  })

  it('gives up early on a container that exits', async () => {
    const world = changeWorld()
    world.healthy = () => false
    world.afterApply = [aContainer({state: 'exited', exitCode: 137, outOfMemory: true})]
    const {verdict, data} = await changeStack(world.deps, changeInput(RESTART))
    expect(verdict).toBe('bad')
    expect(world.seconds).toBeLessThan(1)
    expect(data.services).toMatchObject([
      {state: 'failed', reason: exited('faciliauto-api-1', 137, true), log: ['first', expect.any(String)]},
    ])
  })

  it('has not brought up a service that ends with exit code 0 and is no job, as status says it too', async () => {
    const world = changeWorld()
    world.afterApply = [aContainer({service: 'redis', state: 'exited', exitCode: 0})]
    const change = {...RESTART, services: ['redis']}
    world.containers = [aContainer({service: 'redis'})]
    const {verdict, data} = await changeStack(world.deps, changeInput(change))
    expect(verdict).toBe('bad')
    expect(data.services[0]?.reason).toEqual({why: 'endedThoughNoJob', containers: ['faciliauto-redis-1']})
    const job = {...world.deps, compose: {...world.deps.compose, model: () => Promise.resolve(aModel(['api']))}}
    world.containers = [aContainer({service: 'redis'})]
    expect((await changeStack(job, changeInput(change))).data.services).toMatchObject([
      {state: 'ready', reason: {why: 'finished'}},
    ])
  })

  it('points out containers of another checkout', async () => {
    const world = changeWorld()
    world.containers = [aContainer({workingDirectory: '/home/bia/faciliauto'})]
    const {warnings} = await changeStack(world.deps, changeInput(RESTART, {dryRun: true}))
    expect(warnings?.[0]).toMatch(/api was started in \/home\/bia\/faciliauto/)
  })
})

describe('a dry run', () => {
  it('changes nothing: no lock, no journal, no Compose, no question', async () => {
    const world = changeWorld()
    const {verdict, data} = await changeStack(world.deps, changeInput(DOWN, {dryRun: true, yes: false}))
    expect(verdict).toBe('ok')
    expect(data).toMatchObject({dryRun: true, runId: null, plan: {command: ['docker', 'compose', 'down']}})
    expect(world.acts).toEqual(['model'])
    expect(world.leases.calls).toEqual([])
    expect(world.plans).toEqual([])
    expect(await world.journal.list(1)).toEqual([])
  })
})

describe('consent', () => {
  const production = {...changeInput(RESTART).place, environment: 'production', production: true}

  it('is refused when nobody can be asked, with the command that would be accepted', async () => {
    const world = changeWorld()
    const {verdict, data} = await changeStack(world.deps, changeInput(RESTART, {yes: false}))
    expect(verdict).toBe('refused')
    expect(data.refusal).toEqual({reason: 'no terminal to confirm on', accept: 'faci restart api --yes'})
    expect(world.acts).toEqual([])
    expect(world.leases.calls).toEqual([])
  })

  it('is asked for on a terminal, with the plan shown first', async () => {
    const world = changeWorld()
    world.answers = ['y']
    expect((await changeStack(world.deps, changeInput(RESTART, {yes: false}))).verdict).toBe('ok')
    expect(world.plans).toHaveLength(1)
  })

  it('can be declined', async () => {
    const world = changeWorld()
    world.answers = ['n']
    const {verdict, data} = await changeStack(world.deps, changeInput(RESTART, {yes: false}))
    expect([verdict, data.refusal]).toEqual(['refused', {reason: 'declined', accept: null}])
    expect(world.acts).toEqual([])
  })

  it('needs the name of the environment in production without a terminal', async () => {
    const world = changeWorld()
    const refused = await changeStack(world.deps, changeInput(RESTART, {place: production}))
    expect(refused.data.refusal?.accept).toBe('faci restart api --yes --confirm production')
    const accepted = await changeStack(world.deps, changeInput(RESTART, {place: production, confirm: 'production'}))
    expect(accepted.verdict).toBe('ok')
  })

  it('needs the name of the environment typed in production on a terminal, even with --yes', async () => {
    const world = changeWorld()
    world.answers = ['prod']
    expect((await changeStack(world.deps, changeInput(RESTART, {place: production}))).verdict).toBe('refused')
    world.answers = ['production']
    expect((await changeStack(world.deps, changeInput(RESTART, {place: production}))).verdict).toBe('ok')
  })

  it('takes only the name as it is written, however production is written', async () => {
    const place = {...production, environment: 'PRD-eu'}
    const confirmed = (confirm: string) => {
      const world = changeWorld()
      return changeStack(world.deps, changeInput(RESTART, {place, confirm}))
    }
    expect((await confirmed('production')).data.refusal?.reason).toContain('the environment is PRD-eu')
    expect((await confirmed('prd-eu')).verdict).toBe('refused')
    expect((await confirmed('PRD-eu')).verdict).toBe('ok')
    const world = changeWorld()
    world.answers = ['PRD-eu']
    expect((await changeStack(world.deps, changeInput(RESTART, {place}))).verdict).toBe('ok')
    expect(world.questions).toEqual(['Restart api in PRODUCTION (PRD-eu)? Type PRD-eu to continue: '])
  })

  it('is refused when the word is wrong twice; a slip can be put right', async () => {
    const wrong = changeWorld()
    wrong.answers = ['y', 'Production', 'production']
    const {verdict, data} = await changeStack(wrong.deps, changeInput(RESTART, {place: production}))
    expect([verdict, data.refusal]).toEqual(['refused', {reason: 'production was not typed', accept: null}])
    expect(wrong.acts).toEqual([])
    const slip = changeWorld()
    slip.answers = ['prodution', 'production']
    expect((await changeStack(slip.deps, changeInput(RESTART, {place: production}))).verdict).toBe('ok')
  })

  it('is refused when the caller believes to be elsewhere', async () => {
    const world = changeWorld()
    const {data} = await changeStack(world.deps, changeInput(RESTART, {confirm: 'staging'}))
    expect(data.refusal?.reason).toBe('--confirm says staging, but the environment is development')
  })
})

describe('the lock', () => {
  it('names its holder to the second', async () => {
    const world = changeWorld()
    await world.leases.take('faciliauto', {reason: 'runbook api-down', runId: null})
    const second = changeStack(world.deps, changeInput(RESTART))
    await expect(second).rejects.toThrow(/ana on laptop \(pid \d+\): runbook api-down/)
    expect(world.acts).toEqual([])
  })

  it('of a holder that is gone is taken over with a reason, which is journaled', async () => {
    const world = changeWorld()
    await world.leases.take('faciliauto', {reason: 'runbook api-down', runId: null})
    world.leases.abandon('faciliauto', 'its process 4001 no longer runs')
    await expect(changeStack(world.deps, changeInput(RESTART))).rejects.toMatchObject({code: 'locked'})
    const {verdict, data} = await changeStack(world.deps, changeInput(RESTART, {takeover: 'the laptop died'}))
    expect(verdict).toBe('ok')
    expect(world.journal.eventsOf(data.runId ?? '')).toContainEqual(
      expect.objectContaining({kind: 'lock.takenOver', from: 'ana@laptop', reason: 'the laptop died'}),
    )
  })

  it('of a holder that is gone is offered to a person', async () => {
    const world = changeWorld()
    await world.leases.take('faciliauto', {reason: 'runbook api-down', runId: null})
    world.leases.abandon('faciliauto', 'its process 4001 no longer runs')
    world.answers = ['y', 'y']
    expect((await changeStack(world.deps, changeInput(RESTART, {yes: false}))).verdict).toBe('ok')
  })

  it('lost before the change stops it', async () => {
    const world = changeWorld()
    const {table} = world.leases
    const take = world.leases.take
    const leases = {
      ...world.leases,
      take: async (...all: Parameters<typeof take>) => {
        const lease = await take(...all)
        table.held.clear()
        return lease
      },
    }
    await expect(changeStack({...world.deps, leases}, changeInput(RESTART))).rejects.toMatchObject({code: 'locked'})
    expect(world.acts).toEqual([])
  })
})

describe('inside a run', () => {
  const RUN_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

  it('shares the lock, asks nobody, and writes a file of its own', async () => {
    const world = changeWorld()
    const lease = await world.leases.take('faciliauto', {reason: 'runbook api-down', runId: RUN_ID})
    await world.leases.keepFor(4242, 'token-1')
    const input = changeInput(RESTART, {yes: false, runToken: 'token-1'})
    const {verdict, data} = await changeStack(world.deps, input)
    expect([verdict, data.runId]).toEqual(['ok', RUN_ID])
    expect(world.plans).toEqual([])
    expect(await world.journal.files(RUN_ID)).toEqual([`action-${RUN}`])
    await lease.recheck()
  })

  it('is refused with a forged or old token', async () => {
    const world = changeWorld()
    await world.leases.take('faciliauto', {reason: 'runbook api-down', runId: RUN_ID})
    const forged = changeStack(world.deps, changeInput(RESTART, {runToken: 'forged'}))
    await expect(forged).rejects.toMatchObject({code: 'refused'})
    expect(world.acts).toEqual([])
  })

  it('is refused in a block that may only look', async () => {
    const world = changeWorld()
    const change = changeStack(world.deps, changeInput(RESTART, {readOnly: true}))
    await expect(change).rejects.toMatchObject({code: 'refused'})
    expect((await changeStack(world.deps, changeInput(RESTART, {readOnly: true, dryRun: true}))).verdict).toBe('ok')
    expect(world.acts).toEqual([])
  })
})

describe('evidence', () => {
  it('is kept and on disk before containers are removed', async () => {
    const world = changeWorld()
    world.afterApply = []
    const {verdict, data} = await changeStack(world.deps, changeInput(DOWN))
    expect(verdict).toBe('ok')
    expect(data.evidence).toHaveLength(4)
    expect([...world.journal.keptIn(RUN).keys()]).toEqual([
      'faciliauto-api-1.log',
      'faciliauto-api-1.inspect.json',
      'faciliauto-redis-1.log',
      'faciliauto-redis-1.inspect.json',
    ])
    expect(world.acts).toEqual(['model', 'log faciliauto-api-1', 'log faciliauto-redis-1', 'apply down'])
    expect(world.journal.durable[0]).toBe('evidence.kept')
  })

  it('is not needed for a change that removes nothing', async () => {
    const world = changeWorld()
    expect((await changeStack(world.deps, changeInput(RESTART))).data.evidence).toEqual([])
  })
})

describe('a change whose end is not known', () => {
  it('is journaled as such', async () => {
    const world = changeWorld()
    const apply = () => Promise.reject(new FaciError('timedOut', 'docker compose did not finish within 600 s'))
    const deps = {...world.deps, compose: {...world.deps.compose, apply}}
    const {verdict, data, warnings} = await changeStack(deps, changeInput(DOWN))
    expect(verdict).toBe('unknown')
    expect(warnings).toEqual(['docker compose did not finish within 600 s'])
    expect(data.leftBehind).toEqual({found: [], mend: 'faci down --yes'})
    const events = world.journal.eventsOf(RUN)
    expect(events.at(-1)).toMatchObject({
      kind: 'change.ended',
      verdict: 'unknown',
      reason: {why: 'error', text: 'docker compose did not finish within 600 s'},
    })
    expect(world.journal.durable.at(-1)).toBe('change.ended')
  })

  it('is journaled as refused when the lock was lost before it began', async () => {
    const world = changeWorld()
    const leases = {
      ...world.leases,
      take: async (...request: Parameters<typeof world.leases.take>) => ({
        ...(await world.leases.take(...request)),
        recheck: () => Promise.reject(new FaciError('locked', 'it now belongs to bob')),
      }),
    }
    await expect(changeStack({...world.deps, leases}, changeInput(RESTART))).rejects.toMatchObject({code: 'locked'})
    expect(world.acts).toEqual([])
    expect(world.journal.eventsOf(RUN).at(-1)).toMatchObject({kind: 'change.ended', verdict: 'refused'})
  })
})

describe('an interruption', () => {
  it('during the wait is journaled, and the lock released', async () => {
    const world = changeWorld()
    const controller = new AbortController()
    world.healthy = (seconds) => {
      if (seconds > 1) controller.abort()
      return false
    }
    const {verdict} = await changeStack(world.deps, changeInput(RESTART, {signal: controller.signal}))
    expect(verdict).toBe('interrupted')
    expect(world.journal.eventsOf(RUN).at(-1)).toMatchObject({kind: 'change.ended', verdict: 'interrupted'})
    expect(world.leases.calls.at(-1)).toBe('release')
  })

  it('of Compose tells what it left, once the engine has come to rest, and what mends it', async () => {
    const world = changeWorld()
    const controller = new AbortController()
    const stopping = [{...aContainer({service: 'api'}), state: 'exited'} as const]
    const apply = () => {
      controller.abort()
      // The engine goes on with what it was asked for.
      world.healthy = () => true
      world.containers = []
      void world.deps.clock.sleep(0.4).then(() => (world.containers = stopping))
      return Promise.reject(new FaciError('interrupted', 'docker compose was interrupted'))
    }
    const deps = {...world.deps, compose: {...world.deps.compose, apply}}
    const {verdict, data} = await changeStack(deps, changeInput(RESTART, {signal: controller.signal}))
    expect(verdict).toBe('interrupted')
    const leftBehind = {
      found: [{why: 'notRunning', container: 'faciliauto-api-1', state: 'exited'}],
      mend: 'faci start api --yes',
    }
    expect(data.leftBehind).toEqual(leftBehind)
    expect(world.journal.eventsOf(RUN).at(-1)).toMatchObject({kind: 'change.ended', leftBehind})
  })

  it('before the change means that nothing is changed', async () => {
    const world = changeWorld()
    const {verdict} = await changeStack(world.deps, changeInput(RESTART, {signal: AbortSignal.abort()}))
    expect(verdict).toBe('interrupted')
    expect(world.acts).toEqual([])
  })
})
