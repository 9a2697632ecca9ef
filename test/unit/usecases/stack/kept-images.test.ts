import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {StackChange} from '../../../../src/domain/stack/change.js'
import {changeStack} from '../../../../src/usecases/stack/change-stack.js'
import {aContainer} from '../../../support/builders/container.js'
import {changeInput, changeWorld, type ChangeWorld} from '../../../support/change-world.js'

const UP: StackChange = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}}
const REVERT: StackChange = {kind: 'revert', services: ['api'], replicas: {}}
const RUN = '01ARZ3NDEKTSV4RRFFQ69G5F01'
const RUNNING = 'faci/faciliauto/api:running'
const PREVIOUS = 'faci/faciliauto/api:previous'
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
    expect(data.plan.images).toEqual([{service: 'api', reference: PREVIOUS, imageId: GOOD}])
    expect(data.evidence).toHaveLength(4)
    expect(data.images).toEqual([])
    expect(Object.fromEntries(world.images.names)).toEqual({[PREVIOUS]: GOOD, [RUNNING]: GOOD})
  })

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
