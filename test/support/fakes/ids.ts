import type {Ids} from '../../../src/ports/ids.js'

const WIDTH = 26

/** ULIDs in order: 00…01, 00…02. */
export function fakeIds(): Ids {
  let count = 0
  return {
    next: () => {
      count += 1
      return String(count).padStart(WIDTH, '0')
    },
  }
}
