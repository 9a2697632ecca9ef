import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {StackChange} from '../../../../src/domain/change/change.js'
import {changeStack} from '../../../../src/usecases/change/change-stack.js'
import {aContainer} from '../../../support/builders/container.js'
import {changeInput, changeWorld, type ChangeWorld} from '../../../support/change-world.js'

const UP: StackChange = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}}
const REVERT: StackChange = {kind: 'revert', services: ['api'], replicas: {}}
const RUN = '01ARZ3NDEKTSV4RRFFQ69G5F01'
const THIRD_RUN = '01ARZ3NDEKTSV4RRFFQ69G5F03'
const RUNNING = 'faci/faciliauto/api:running'
const PREVIOUS = 'faci/faciliauto/api:previous'
const LEFT = 'faci/faciliauto/api:left'
const GOOD = 'sha256:api'
const BAD = 'sha256:bad'

function running(imageId: string): ReturnType<typeof aContainer> {
  return aContainer({imageId})
}

/** Compose replaces the good image with the bad one. */
function deploys(): ChangeWorld {
  const world = changeWorld()
  world.containers = [running(GOOD)]
  world.afterApply = [running(BAD)]
  return world
}

describe('the image that a service ran until now', () => {
  it('is kept under a tag when another one takes its place, journaled and reported', async () => {
    const world = deploys()
    const {data} = await changeStack(world.deps, changeInput(UP))
    const image = {service: 'api', reference: PREVIOUS, imageId: GOOD}
    expect(data.images).toEqual([image])
    expect(Object.fromEntries(world.images.names)).toEqual({[PREVIOUS]: GOOD, [RUNNING]: BAD})
    expect(world.journal.eventsOf(RUN)).toContainEqual(expect.objectContaining({kind: 'image.kept', image}))
    expect(world.journal.durable).toContain('image.kept')
  })

  it('has its tag before it is replaced', async () => {
    const world = deploys()
    const apply: ChangeWorld['deps']['compose']['apply'] = (...all) => {
      expect(world.images.names.get(RUNNING)).toBe(GOOD)
      return world.deps.compose.apply(...all)
    }
    const deps = {...world.deps, compose: {...world.deps.compose, apply}}
    expect((await changeStack(deps, changeInput(UP))).verdict).toBe('ok')
  })

  it('stays the one before when nothing is replaced', async () => {
    const world = deploys()
    await changeStack(world.deps, changeInput(UP))
    const {data} = await changeStack(world.deps, changeInput(UP))
    expect(data.images).toEqual([])
    expect(world.images.names.get(PREVIOUS)).toBe(GOOD)
  })

  it('is known after down as well', async () => {
    const world = deploys()
    world.afterApply = []
    await changeStack(world.deps, changeInput({kind: 'down'}))
    world.afterApply = [running(BAD)]
    await changeStack(world.deps, changeInput(UP))
    expect(world.images.names.get(PREVIOUS)).toBe(GOOD)
  })

  it('is kept at the next change when somebody else replaced it', async () => {
    const world = deploys()
    await changeStack(world.deps, changeInput({kind: 'restart', services: ['api']}))
    world.containers = [running(BAD)]
    world.images.names.set(RUNNING, GOOD)
    world.images.names.delete(PREVIOUS)
    const {data} = await changeStack(world.deps, changeInput({kind: 'restart', services: ['api']}))
    expect(data.images.map(({imageId}) => imageId)).toEqual([GOOD])
  })

  it('is kept although Compose failed half-way', async () => {
    const world = deploys()
    const apply = (): Promise<{ok: boolean; exitCode: number; durationSeconds: number; output: string[]}> => {
      world.containers = world.afterApply
      return Promise.resolve({ok: false, exitCode: 1, durationSeconds: 1, output: []})
    }
    const {verdict, data} = await changeStack({...world.deps, compose: {...world.deps.compose, apply}}, changeInput(UP))
    expect([verdict, data.images.length]).toEqual(['bad', 1])
  })

  it('that cannot be kept is reported, and stops nothing', async () => {
    const world = deploys()
    const tag = (): Promise<void> => Promise.reject(new FaciError('unreachable', 'Docker cannot be reached'))
    const {verdict, warnings} = await changeStack({...world.deps, images: {...world.images, tag}}, changeInput(UP))
    expect(verdict).toBe('ok')
    expect(warnings).toContain('The image of api was not kept: Docker cannot be reached')
  })

  it('is not touched by a dry run', async () => {
    const world = deploys()
    await changeStack(world.deps, changeInput(UP, {dryRun: true}))
    expect(world.images.names.size).toBe(0)
  })
})

describe('going back to the previous image', () => {
  it('shows which one, keeps evidence, and does not count the one left as worth going back to', async () => {
    const world = deploys()
    await changeStack(world.deps, changeInput(UP))
    world.containers = [running(BAD), aContainer({replica: 2, imageId: BAD, health: 'healthy'})]
    world.afterApply = [running(GOOD), aContainer({replica: 2, imageId: GOOD, health: 'healthy'})]
    const {verdict, data} = await changeStack(world.deps, changeInput(REVERT))
    expect(verdict).toBe('ok')
    expect(data.plan.change).toEqual({kind: 'revert', services: ['api'], replicas: {api: 2}})
    const origin = {runId: expect.any(String) as string, at: '2026-01-01T00:00:00.000Z', by: 'ana@laptop'}
    expect(data.plan.images).toEqual([{service: 'api', reference: PREVIOUS, imageId: GOOD, origin}])
    expect(data.evidence).toHaveLength(4)
    expect(data.images).toEqual([])
    expect(Object.fromEntries(world.images.names)).toEqual({[PREVIOUS]: GOOD, [RUNNING]: GOOD, [LEFT]: BAD})
  })

  it.each([UP, {kind: 'down'} as const])(
    'is possible on a stack whose passwords are ordinary words: none of them is hidden in the journal, after %j',
    async (change) => {
      const world = deploys()
      if (change.kind === 'down') world.afterApply = []
      const words = ['faciliauto', 'previous', 'image.kept', 'images.released', '2026-01-01', GOOD]
      const inspect = (): Promise<unknown> =>
        Promise.resolve({Config: {Env: words.map((word, index) => `PASSWORD_${String(index)}=${word}`)}})
      const deps = {...world.deps, engine: {...world.deps.engine, inspect}}
      await changeStack(deps, changeInput(change))
      await changeStack(deps, changeInput(UP))
      world.containers = [running(BAD)]
      world.images.names.set(PREVIOUS, GOOD)
      world.afterApply = [running(GOOD)]
      expect((await changeStack(deps, changeInput(REVERT))).verdict).toBe('ok')
      expect(JSON.stringify(world.journal.eventsOf(RUN))).not.toContain('***')
    },
  )

  it('is not possible without one, and nothing is changed', async () => {
    const world = changeWorld()
    const change = changeStack(world.deps, changeInput(REVERT))
    await expect(change).rejects.toMatchObject({
      code: 'notFound',
      message: expect.stringContaining('api has no previous image') as string,
    })
    expect(world.acts).toEqual([])
    expect(world.leases.calls).toEqual([])
  })
})

describe('an image under the name of the previous one that faci did not keep', () => {
  it.each([
    ['of which nothing is recorded', () => Promise.resolve()],
    [
      'while another one is recorded',
      async (world: ChangeWorld) => {
        await changeStack(world.deps, changeInput(UP))
      },
    ],
  ])('is not started with the environment of the service, %s', async (_, before) => {
    const world = deploys()
    await before(world)
    world.images.names.set(PREVIOUS, 'sha256:planted')
    const acts = world.acts.filter((act) => act.startsWith('apply')).length
    await expect(changeStack(world.deps, changeInput(REVERT))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/no run recorded here saw it run that image \(sha256:planted\)/) as string,
    })
    expect(world.acts.filter((act) => act.startsWith('apply'))).toHaveLength(acts)
  })
})

/** The Compose file's name stands for the bad image; the service went back to the good one. */
async function wentBack(): Promise<ChangeWorld> {
  const world = deploys()
  await changeStack(world.deps, changeInput(UP))
  world.images.foreign.set('faciliauto/api:1', BAD)
  world.afterApply = [running(GOOD)]
  await changeStack(world.deps, changeInput(REVERT))
  return world
}

describe('a service that went back', () => {
  const unpin = 'faci up api --image compose'

  it.each<StackChange>([
    UP,
    {...UP, services: []},
    {...UP, recreate: true},
    {...UP, build: true},
    {kind: 'scale', replicas: {api: 2}},
    {kind: 'scale', replicas: {redis: 2}},
  ])('stays with its image in %o, which says so', async (change) => {
    const world = await wentBack()
    const {data} = await changeStack(world.deps, changeInput(change, {dryRun: true}))
    expect(data.plan.change).toMatchObject({pinned: ['api']})
    const named = data.plan.services.find(({service}) => service === 'api')
    if (change.kind === 'scale' && !('api' in change.replicas)) return
    expect(named?.effects).toContainEqual(expect.objectContaining({kind: 'pinned', left: BAD, unpin}))
  })

  it('is told that the image it left comes back, and is not held once that runs again', async () => {
    const world = await wentBack()
    world.afterApply = [running(BAD)]
    const {data} = await changeStack(world.deps, changeInput({...UP, unpin: true}))
    expect(data.plan.change).not.toHaveProperty('pinned')
    expect(data.plan.services[0]?.effects).toContainEqual({kind: 'leftComesBack', left: BAD})
    expect(Object.fromEntries(world.images.names)).toEqual({[PREVIOUS]: GOOD, [RUNNING]: BAD})
    expect((await changeStack(world.deps, changeInput(UP))).data.plan.change).not.toHaveProperty('pinned')
  })

  it('takes an image that was made since', async () => {
    const world = await wentBack()
    world.images.foreign.set('faciliauto/api:1', 'sha256:redis')
    const {data} = await changeStack(world.deps, changeInput(UP, {dryRun: true}))
    expect(data.plan.change).not.toHaveProperty('pinned')
    expect(data.plan.services[0]).toMatchObject({recreation: 'yes', effects: [{kind: 'image'}]})
  })

  it('is held through down as well', async () => {
    const world = await wentBack()
    world.afterApply = []
    await changeStack(world.deps, changeInput({kind: 'down'}))
    expect(Object.fromEntries(world.images.names)).toEqual({[PREVIOUS]: GOOD, [LEFT]: BAD})
    world.afterApply = [running(GOOD)]
    const {data} = await changeStack(world.deps, changeInput(UP))
    expect(data.plan.change).toMatchObject({pinned: ['api']})
    expect(Object.fromEntries(world.images.names)).toEqual({[PREVIOUS]: GOOD, [RUNNING]: GOOD, [LEFT]: BAD})
  })

  it('is held also when it was down before it went back', async () => {
    const world = deploys()
    await changeStack(world.deps, changeInput(UP))
    world.images.foreign.set('faciliauto/api:1', BAD)
    world.afterApply = []
    await changeStack(world.deps, changeInput({kind: 'down'}))
    world.afterApply = [running(GOOD)]
    await changeStack(world.deps, changeInput(REVERT))
    expect(world.images.names.get(LEFT)).toBe(BAD)
  })
})

describe('after down', () => {
  async function down(world: ChangeWorld): Promise<Record<string, string>> {
    world.afterApply = []
    await changeStack(world.deps, changeInput({kind: 'down'}))
    return Object.fromEntries(world.images.names)
  }

  it('nothing is left of an image that has another name, and the next up brings the same', async () => {
    const world = deploys()
    expect(await down(world)).toEqual({})
    world.afterApply = [running(GOOD)]
    const {data} = await changeStack(world.deps, changeInput(UP))
    expect(data.images).toEqual([])
    expect(Object.fromEntries(world.images.names)).toEqual({[RUNNING]: GOOD})
  })

  it('what was rebuilt meanwhile takes no rollback away', async () => {
    const world = deploys()
    await down(world)
    world.images.foreign.set('faciliauto/api:1', BAD)
    world.afterApply = [running(BAD)]
    const {data} = await changeStack(world.deps, changeInput(UP))
    expect(data.images).toEqual([{service: 'api', reference: PREVIOUS, imageId: GOOD}])
  })

  it('an image that would go with its name is the previous one: the Compose file names another', async () => {
    const world = deploys()
    world.images.foreign.set('faciliauto/api:1', BAD)
    expect(await down(world)).toEqual({[PREVIOUS]: GOOD})
  })

  it('what Compose did not remove keeps its name', async () => {
    const world = deploys()
    world.afterApply = [running(GOOD)]
    await changeStack(world.deps, changeInput({kind: 'down'}, {waitSeconds: 1}))
    expect(world.images.names.get(RUNNING)).toBe(GOOD)
  })
})

describe('a name that another image was given after the plan', () => {
  it.each<readonly [string, StackChange, string]>([
    ['going back', REVERT, 'sha256:planted'],
    ['going back, and it is gone', REVERT, ''],
    ['staying with it', UP, 'sha256:planted'],
  ])('starts nothing: %s', async (_, change, planted) => {
    const world = await wentBack()
    const applied = (): number => world.acts.filter((act) => act.startsWith('apply')).length
    const before = applied()
    const {leases} = world.deps
    const take: typeof leases.take = (...all) => {
      if (planted === '') world.images.names.delete(PREVIOUS)
      else world.images.names.set(PREVIOUS, planted)
      return leases.take(...all)
    }
    const changed = changeStack({...world.deps, leases: {...leases, take}}, changeInput(change))
    await expect(changed).rejects.toMatchObject({
      code: 'refused',
      message: `api was to run the image ${GOOD}, but ${PREVIOUS} now names ${planted === '' ? 'none' : planted}: nothing was changed`,
    })
    expect(applied()).toBe(before)
    expect(world.journal.eventsOf(THIRD_RUN).at(-1)).toMatchObject({kind: 'change.ended', verdict: 'refused'})
  })
})
