import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {Container} from '../../../../src/domain/stack/container.js'
import {isLeftover, replicasOf} from '../../../../src/domain/change/replicas.js'
import {aContainer} from '../../../support/builders/container.js'

function worker(replica: number, over: Partial<Container> = {}): Container {
  return aContainer({service: 'worker', replica, ...over})
}

describe('how many replicas a service has', () => {
  it('counts containers, each with a number of its own, that were made but not started yet too', () => {
    expect(replicasOf([])).toBe(0)
    expect(replicasOf([worker(1), worker(2, {state: 'exited'}), worker(3, {state: 'restarting'})])).toBe(3)
    expect(replicasOf([worker(1), worker(2), worker(3, {state: 'created', startedAt: null})])).toBe(3)
  })

  it.each([
    ['Compose 1.29, killed after the new one was started', [{name: '582d61f06ca1_shop_worker_1', state: 'exited'}, {}]],
    ['Compose 1.29, killed before the new one was made', [{name: '582d61f06ca1_shop_worker_1', state: 'exited'}]],
    ['Compose 2, killed before the old one was stopped', [{}, {name: '582d61f06ca1_shop-worker-1', state: 'created'}]],
    ['two that bear the same number, whatever they are called', [{}, {name: 'worker-copy'}]],
  ] as const)('is in doubt after %s', (_, containers) => {
    expect(replicasOf(containers.map((over) => worker(1, over)))).toBeNull()
  })

  it('never takes what was left behind for one more', () => {
    const replicas = fc.uniqueArray(fc.integer({min: 1, max: 9}), {minLength: 1, maxLength: 4})
    const left = fc.stringMatching(/^[0-9a-f]{12}$/)
    fc.assert(
      fc.property(replicas, left, (numbers, id) => {
        const own = numbers.map((number) => worker(number))
        const leftover = worker(numbers[0] ?? 1, {name: `${id}_shop_worker_1`})
        expect(replicasOf(own)).toBe(numbers.length)
        expect(replicasOf([...own, leftover])).toBeNull()
        expect(isLeftover(leftover)).toBe(true)
      }),
    )
  })
})
