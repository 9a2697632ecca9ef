import type {LastNotifiedFindings, Remembered} from '../../../src/ports/last-notified-findings.js'

/** A LastNotifiedFindings port in memory; those at once take turns. `remembered` is what outlives the process. */
export function fakeLastNotifiedFindings(remembered = new Map<string, Remembered>()): LastNotifiedFindings {
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
