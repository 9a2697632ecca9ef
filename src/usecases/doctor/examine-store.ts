import type {SetupFinding} from '../../domain/doctor/setup-report.js'
import {sharesOf, USED_KINDS, usageWarning, usedBytes, isWorthPruning} from '../../domain/retention/store-usage.js'
import type {StoreKeeper} from '../../ports/store-keeper.js'

/** A large store is counted in part rather than waited for. */
const COUNTED_SECONDS = 2

/** How much room the store takes, and whether its disk has room for what is to come. */
export async function examineStore(keeper: Pick<StoreKeeper, 'usage'>, directory: string): Promise<SetupFinding> {
  const usage = await keeper.usage(COUNTED_SECONDS)
  const warning = usageWarning(usage)
  const kinds = USED_KINDS.flatMap((kind) => {
    const {bytes, files} = usage.kinds[kind]
    return files === 0 ? [] : [{kind, bytes, files}]
  })
  const counted = usage.isComplete ? null : COUNTED_SECONDS
  return {
    state: warning === null ? 'ok' : 'warning',
    fact: {
      ...{why: 'store', directory, kinds, bytes: usedBytes(usage), countedSeconds: counted, shares: sharesOf(usage)},
      ...{freeBytes: usage.fileSystem?.freeBytes ?? null, warning, canPrune: isWorthPruning(usage)},
    },
  }
}
