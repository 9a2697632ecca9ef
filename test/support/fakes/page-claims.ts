import type {KeptClaim, PageClaims} from '../../../src/ports/page-claims.js'

/** Claims in memory. */
export function fakePageClaims(): PageClaims {
  const kept: KeptClaim[] = []
  let isTaken = false
  return {
    claim: (claim) => {
      const isThere = kept.some(
        ({incident, round, step}) => incident === claim.incident && round === claim.round && step === claim.step,
      )
      if (!isThere) kept.push({...claim, isDone: claim.why !== 'paged'})
      return Promise.resolve(!isThere)
    },
    of: (incident) =>
      Promise.resolve(
        kept.filter((one) => one.incident === incident).sort((a, b) => a.round - b.round || a.step - b.step),
      ),
    finish: (key) => {
      const index = kept.findIndex(
        ({incident, round, step}) => incident === key.incident && round === key.round && step === key.step,
      )
      const found = kept[index]
      if (found !== undefined) kept[index] = {...found, isDone: true}
      return Promise.resolve()
    },
    isTaken: () => Promise.resolve(isTaken),
    alone: () => {
      if (isTaken) return Promise.resolve(null)
      isTaken = true
      return Promise.resolve({
        recheck: () => Promise.resolve(),
        release: () => {
          isTaken = false
          return Promise.resolve()
        },
      })
    },
  }
}
