import type {CheckMemory} from '../../../src/ports/check-memory.js'

/** A CheckMemory port in memory; those at once take turns. */
export function fakeCheckMemory(): CheckMemory {
  const remembered = new Map<string, string>()
  let turn: Promise<unknown> = Promise.resolve()
  return {
    update: (check, work) => {
      const mine = turn.then(async () => {
        remembered.set(check, await work(remembered.get(check) ?? ''))
      })
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
