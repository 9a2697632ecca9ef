import {FaciError} from '../../../src/domain/errors.js'
import type {OverrideDecision} from '../../../src/domain/oncall/override-decision.js'
import type {Clock} from '../../../src/ports/clock.js'
import type {Ids} from '../../../src/ports/ids.js'
import type {Overrides} from '../../../src/ports/overrides.js'

/** Overrides in memory. */
export function fakeOverrides({clock, ids}: {readonly clock: Pick<Clock, 'now'>; readonly ids: Ids}): Overrides {
  const kept: OverrideDecision[] = []
  let isHeld = false
  return {
    add: (decision) => {
      const id = ids.next()
      kept.push({...decision, id, at: clock.now().toISOString(), by: 'ana@vm', isWithdrawn: false})
      return Promise.resolve(id)
    },
    withdraw: async (id) => {
      await Promise.resolve()
      const index = kept.findIndex((one) => one.id === id)
      const found = kept[index]
      if (found === undefined) throw new FaciError('notFound', `No override ${id}`)
      kept[index] = {...found, isWithdrawn: true}
    },
    list: () => Promise.resolve({decisions: [...kept], unreadable: []}),
    alone: () => {
      if (isHeld) return Promise.resolve(null)
      isHeld = true
      const release = (): Promise<void> => {
        isHeld = false
        return Promise.resolve()
      }
      return Promise.resolve({release})
    },
  }
}
