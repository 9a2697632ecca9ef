import type {Result} from '../../domain/result.js'
import type {RunbookList} from '../../domain/runbook/runbook-list.js'
import type {Library} from '../../ports/library.js'

export async function listRunbooks({library}: {readonly library: Library}): Promise<Result<RunbookList>> {
  const runbooks = await library.list()
  return {verdict: 'ok', data: {runbooks}, ...(runbooks.length === 0 ? {warnings: ['there are no runbooks']} : {})}
}
