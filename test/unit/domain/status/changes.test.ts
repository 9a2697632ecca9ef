import {describe, expect, it} from 'vitest'
import {recentChanges} from '../../../../src/domain/status/changes.js'
import type {ContainerEvent} from '../../../../src/domain/stack/container-event.js'
import type {Container} from '../../../../src/domain/stack/container.js'
import type {Activity} from '../../../../src/domain/journal/activity.js'
import {aContainer} from '../../../support/builders/container.js'

const now = new Date('2026-11-23T08:00:00Z')

function anEvent(over: Partial<ContainerEvent> = {}): ContainerEvent {
  const {id: containerId, service, replica} = aContainer()
  return {at: '2026-11-23T07:40:00.000Z', kind: 'ended', containerId, service, replica, exitCode: null, ...over}
}

function whats(containers: readonly Container[], events: readonly ContainerEvent[] = []): readonly string[] {
  return recentChanges(containers, events, [], now).map(({what}) => what)
}

describe('recentChanges', () => {
  it('puts what happened in the same minute into one line', () => {
    const containers = [aContainer(), aContainer({service: 'redis', createdAt: '2026-11-23T06:00:30.000Z'})]
    expect(recentChanges(containers, [], [], now)).toEqual([
      {
        at: '2026-11-23T06:00:00.000Z',
        what: 'created: api, redis',
        kind: 'created',
        services: ['api', 'redis'],
        ending: null,
        restartCount: null,
      },
    ])
  })

  it('names the image of a container that was made alone, and a later start', () => {
    const restarted = aContainer({startedAt: '2026-11-23T07:00:00.000Z'})
    expect(whats([restarted])).toEqual(['started again: api', 'created: api (faciliauto/api:1)'])
  })

  it('leaves out what is older than a day, and takes actions in, newest first', () => {
    const old = aContainer({createdAt: '2026-11-20T10:00:00.000Z', startedAt: null})
    const action: Activity = {
      ...{at: '2026-11-23T07:30:00.000Z', what: 'ana: restart api', kind: 'action'},
      ...{services: [], ending: null, restartCount: null},
    }
    expect(recentChanges([old], [], [action], now)).toEqual([action])
  })

  it('tells how and when a container ended that is not started again', () => {
    const over = {state: 'exited', exitCode: 137, outOfMemory: true, finishedAt: '2026-11-23T07:10:00.000Z'} as const
    const [change] = recentChanges([aContainer(over)], [], [], now)
    expect(change).toMatchObject({
      at: '2026-11-23T07:10:00.000Z',
      what: 'exited with 137, out of memory: api',
      kind: 'exited',
      services: ['api'],
      ending: {exitCode: 137, outOfMemory: true},
    })
  })

  it('tells how often the engine restarted one, when last, and after what', () => {
    const times = {startedAt: '2026-11-23T07:20:00.000Z', finishedAt: '2026-11-23T07:19:59.000Z'}
    const looping = aContainer({...times, restartCount: 3})
    const [change] = recentChanges([looping], [anEvent({exitCode: 1, at: '2026-11-23T07:19:59.020Z'})], [], now)
    expect(change).toMatchObject({
      at: '2026-11-23T07:20:00.000Z',
      what: 'restarted by the engine 3 times, last after it exited with 1: api',
      kind: 'restarted',
      ending: {exitCode: 1, outOfMemory: false},
      restartCount: 3,
    })
    expect(whats([looping])).toContain('restarted by the engine 3 times: api')
    const short = aContainer({...times, restartCount: 1, outOfMemory: true})
    expect(whats([short])).toContain('restarted by the engine once, last after it ran out of memory: api')
  })

  it('a stop that was asked for and a start after it are no crash; one that nobody asked for is, also of a container that is gone', () => {
    const times = {startedAt: '2026-11-23T07:20:00.000Z', finishedAt: '2026-11-23T07:19:00.000Z'}
    const ended = anEvent({exitCode: 137, at: times.finishedAt})
    const killed = anEvent({kind: 'killed', at: '2026-11-23T07:18:50.000Z'})
    expect(whats([aContainer(times)], [killed, ended])).not.toContain('exited with 137: api')
    expect(whats([aContainer(times)], [ended])).toContain('exited with 137: api')
    expect(whats([aContainer(times)], [{...ended, containerId: 'gone'}])).toContain('exited with 137: api')
  })

  it('tells what was removed, unless another took its place', () => {
    const removed = anEvent({kind: 'removed', containerId: 'gone', replica: 2})
    expect(whats([aContainer()], [removed])[0]).toBe('removed: api #2')
    expect(whats([aContainer(), aContainer({replica: 2, id: 'new'})], [removed])).toEqual(['created: api'])
  })

  it('a crash is not pushed out by acts that came after it', () => {
    const crashed = aContainer({service: 'job', state: 'exited', exitCode: 1, finishedAt: '2026-11-23T06:30:00.000Z'})
    const acts = Array.from({length: 9}, (_, index) =>
      aContainer({createdAt: `2026-11-23T07:0${String(index)}:00.000Z`}),
    )
    expect(whats([...acts, crashed])).toHaveLength(6)
    expect(whats([...acts, crashed]).at(-1)).toBe('exited with 1: job')
  })
})
