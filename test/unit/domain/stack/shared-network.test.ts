import {describe, expect, it} from 'vitest'
import type {Container, NetworkOwner} from '../../../../src/domain/stack/container.js'
import {serviceStates} from '../../../../src/domain/stack/service-state.js'
import {ENGLISH} from '../../../../src/render/words/words.js'
import {aContainer} from '../../../support/builders/container.js'

const NOW = new Date('2026-11-23T08:00:00Z')
const OWNER: NetworkOwner = {name: 'shop-web-1', startedAt: '2026-11-23T06:00:00.000Z', isRunning: true}
const GONE: NetworkOwner = {name: null, startedAt: null, isRunning: false}
const LATER = '2026-11-23T07:00:00.000Z'

function judged(networkOwner: NetworkOwner | null, over: Partial<Container> = {}, answering: readonly string[] = []) {
  const containers = [aContainer({service: 'side', networkOwner, ...over})]
  const expected = [{service: 'side', replicas: 1, isJob: false}]
  const [state] = serviceStates({containers, expected, answering: new Set(answering), now: NOW})
  return state === undefined
    ? null
    : [state.verdict, state.reasons.length === 0 ? null : ENGLISH.stack.service(state), state.next]
}

describe('a container on the network of another one', () => {
  it('is well while that one runs since before it', () => {
    expect(judged(OWNER)).toEqual(['healthy', null, null])
    expect(judged({...OWNER, startedAt: '2026-11-23T06:00:01.000Z'})).toEqual(['healthy', null, null])
    expect(judged(null)).toEqual(['healthy', null, null])
  })

  it.each([
    ['is gone', GONE, 'the container whose network it shares no longer exists', 'faci up side'],
    [
      'is stopped',
      {...OWNER, isRunning: false},
      'shop-web-1, whose network it shares, is not running',
      'faci up side --recreate',
    ],
    [
      'was started again',
      {...OWNER, startedAt: LATER},
      'shop-web-1, whose network it shares, was started again after it',
      'faci restart side',
    ],
  ])('is cut off when that one %s', (_, owner, why, next) => {
    expect(judged(owner)).toEqual(['degraded', `#1 cut off: ${why}`, next])
    // What checks it from within does not know.
    expect(judged(owner, {health: 'healthy'})?.[0]).toBe('degraded')
    expect(judged(owner, {health: 'unhealthy'})?.slice(0, 2)).toEqual(['down', `#1 cut off: ${why}`])
  })

  it('is believed where a probe from here reaches it, and what does not run is not cut off', () => {
    expect(judged(GONE, {}, ['side'])).toEqual(['healthy', null, null])
    expect(judged(GONE, {state: 'exited', exitCode: 1})?.[1]).toBe('#1 exited with 1')
  })
})
