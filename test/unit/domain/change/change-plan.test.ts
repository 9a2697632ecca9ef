import {describe, expect, it} from 'vitest'
import {
  changeCommand,
  completed,
  containersToLose,
  plannedServices,
  scaledServices,
} from '../../../../src/domain/change/change-plan.js'
import type {StackChange} from '../../../../src/domain/change/change.js'
import {NO_OUTLOOK, type Outlook} from '../../../../src/domain/change/planned-effect.js'
import {aBlueprint} from '../../../support/builders/blueprint.js'
import {aContainer} from '../../../support/builders/container.js'

const CONTAINERS = [aContainer(), aContainer({replica: 2, state: 'exited'}), aContainer({service: 'redis'})]

describe('the command that asks for a change', () => {
  it.each([
    [{kind: 'down'}, 'faci down'],
    [{kind: 'restart', services: ['api', 'redis']}, 'faci restart api redis'],
    [{kind: 'scale', replicas: {api: 3, redis: 1}}, 'faci scale api=3 redis=1'],
    [{kind: 'up', services: ['api'], build: true, recreate: true, replicas: {}}, 'faci up api --build --recreate'],
    [{kind: 'revert', services: ['api'], replicas: {api: 2}}, 'faci up api --image previous'],
    [
      {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}, unpin: true},
      'faci up api --image compose',
    ],
  ] as const)('%o is %s', (change, command) => {
    expect(changeCommand(change).join(' ')).toBe(command)
  })
})

describe('what a change does to a service', () => {
  it('counts what runs now and says what is expected', () => {
    expect(plannedServices({kind: 'scale', replicas: {api: 3}}, ['api'], CONTAINERS, NO_OUTLOOK)).toEqual([
      {
        ...{service: 'api', now: {running: 1, total: 2}, leftovers: [], expected: 'running', replicas: 3},
        ...{recreation: 'no', effects: []},
      },
    ])
    expect(plannedServices({kind: 'scale', replicas: {api: 0}}, ['api'], CONTAINERS, NO_OUTLOOK)[0]?.expected).toBe(
      'removed',
    )
    expect(plannedServices({kind: 'stop', services: []}, ['redis'], CONTAINERS, NO_OUTLOOK)[0]?.expected).toBe(
      'stopped',
    )
  })
})

describe('how many replicas there are to be', () => {
  const up = {kind: 'up', services: ['redis'], build: false, recreate: false, replicas: {}} as const

  it('is as many as there are: up of one service may bring up another that it depends on', () => {
    expect(scaledServices(CONTAINERS)).toEqual(['api'])
    expect(completed(up, CONTAINERS, ['api'])).toEqual({...up, replicas: {api: 2}})
    expect(completed(up, CONTAINERS, [])).toEqual(up)
  })

  it('is for Compose to say where an interrupted recreation has left containers behind', () => {
    const left = aContainer({name: '582d61f06ca1_faciliauto_api_1', state: 'exited'})
    expect(scaledServices([aContainer(), left])).toEqual([])
    expect(completed({kind: 'revert', services: ['api'], replicas: {}}, [aContainer(), left], [])).toEqual({
      ...{kind: 'revert', services: ['api'], replicas: {}},
    })
    expect(plannedServices(up, ['api'], [aContainer(), left], NO_OUTLOOK)).toEqual([
      {
        ...{service: 'api', now: {running: 1, total: 1}, leftovers: ['582d61f06ca1_faciliauto_api_1']},
        ...{expected: 'running', replicas: null, recreation: 'unknown'},
        effects: [{kind: 'configuration', of: 'all', state: 'unknown'}],
      },
    ])
  })

  it('is at least one for what goes back to its image before', () => {
    const revert = {kind: 'revert', services: ['api', 'worker'], replicas: {}} as const
    expect(completed(revert, CONTAINERS, [])).toEqual({...revert, replicas: {api: 2, worker: 1}})
  })
})

describe('the containers that are lost', () => {
  const SAME: Outlook = {
    ...NO_OUTLOOK,
    expected: ['api', 'redis'].map((service) => ({service, replicas: 2, isJob: false})),
    blueprints: Object.fromEntries(['api', 'redis'].map((service) => [service, aBlueprint(service)])),
  }
  const lost = (change: StackChange, outlook = SAME): readonly string[] => {
    const services = plannedServices(change, ['api', 'redis'], CONTAINERS, outlook)
    return containersToLose({change, services}, CONTAINERS).map(({name}) => name)
  }

  it('are all for down, those named for a recreation, those above the number for scale, none otherwise', () => {
    expect(lost({kind: 'down'})).toHaveLength(3)
    expect(lost({kind: 'up', services: ['redis'], build: false, recreate: true, replicas: {}})).toEqual([
      'faciliauto-redis-1',
    ])
    expect(lost({kind: 'up', services: [], build: false, recreate: true, replicas: {}})).toHaveLength(3)
    expect(lost({kind: 'up', services: [], build: true, recreate: false, replicas: {}})).toEqual([])
    expect(lost({kind: 'scale', replicas: {api: 1}})).toEqual(['faciliauto-api-2'])
    expect(lost({kind: 'restart', services: []})).toEqual([])
    const back = {...SAME.blueprints, redis: aBlueprint('redis', {image: {name: 'x:previous', id: 'sha256:old'}})}
    expect(lost({kind: 'revert', services: ['redis'], replicas: {}}, {...SAME, blueprints: back})).toEqual([
      'faciliauto-redis-1',
    ])
  })

  it('are also those that Compose replaces unasked, for sure or perhaps', () => {
    const up = {kind: 'up', services: [], build: false, recreate: false, replicas: {}} as const
    const changed = {...SAME.blueprints, redis: aBlueprint('redis', {hash: 'another'})}
    expect(lost(up, {...SAME, blueprints: changed})).toEqual(['faciliauto-redis-1'])
    const unknown = {...SAME.blueprints, redis: aBlueprint('redis', {hash: null})}
    expect(lost(up, {...SAME, blueprints: unknown})).toEqual(['faciliauto-redis-1'])
  })
})
