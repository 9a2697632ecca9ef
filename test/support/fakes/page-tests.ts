import {FaciError} from '../../../src/domain/errors.js'
import type {Clock} from '../../../src/ports/clock.js'
import type {Ids} from '../../../src/ports/ids.js'
import type {PageTest, PageTests, TestAcknowledgement} from '../../../src/ports/page-tests.js'

/** Tests in memory. */
export function fakePageTests({clock, ids}: {readonly clock: Pick<Clock, 'now'>; readonly ids: Ids}): PageTests {
  const tests: PageTest[] = []
  const acks = new Map<string, TestAcknowledgement[]>()
  return {
    begin: (people) => {
      const test = {id: ids.next(), at: clock.now().toISOString(), people}
      tests.push(test)
      return Promise.resolve(test)
    },
    find: async (typed) => {
      await Promise.resolve()
      if (typed === null) return tests.at(-1) ?? null
      const found = tests.filter(({id}) => id.includes(typed.toUpperCase()))
      if (found.length > 1) throw new FaciError('usage', `${String(found.length)} tests have ${typed} in their id`)
      return found[0] ?? null
    },
    acknowledge: (id, person) => {
      const own = acks.get(id) ?? []
      if (!own.some((ack) => ack.person === person)) own.push({person, at: clock.now().toISOString()})
      acks.set(id, own)
      return Promise.resolve()
    },
    acknowledgements: (id) => Promise.resolve(acks.get(id) ?? []),
  }
}
