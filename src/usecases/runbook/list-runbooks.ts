import type {Result} from '../../domain/result.js'
import type {Library, RunbookSummary} from '../../ports/library.js'

export interface RunbookList {
  readonly runbooks: readonly RunbookSummary[]
}

export async function listRunbooks({library}: {readonly library: Library}): Promise<Result<RunbookList>> {
  const runbooks = await library.list()
  return {verdict: 'ok', data: {runbooks}, ...(runbooks.length === 0 ? {warnings: ['there are no runbooks']} : {})}
}
