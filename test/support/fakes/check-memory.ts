import type {CheckMemory, Remembered} from '../../../src/ports/check-memory.js'

/** A CheckMemory port in memory; those at once take turns. `remembered` is what outlives the process. */
export function fakeCheckMemory(remembered = new Map<string, Remembered>()): CheckMemory {
  let turn: Promise<unknown> = Promise.resolve()
  return {
    update: (check, work) => {
      const mine = turn.then(async () => {
        const before = remembered.get(check) ?? {told: '', telling: null}
        const told = await work(before, (text, noticeId) => {
          remembered.set(check, {told: before.told, telling: {text, noticeId}})
          return Promise.resolve()
        })
        remembered.set(check, {told, telling: null})
      })
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
