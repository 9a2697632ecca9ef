import type {Result} from '../../domain/result.js'
import {misnamedText, renameCommand} from '../../domain/runbook/misnamed.js'
import type {RunbookList} from '../../domain/runbook/runbook-list.js'
import type {Library} from '../../ports/library.js'

/** What looks like a runbook and is none is a warning, with the command that makes it one. */
export async function listRunbooks({library}: {readonly library: Library}): Promise<Result<RunbookList>> {
  const [runbooks, misnamed] = await Promise.all([library.list(), library.misnamed()])
  const warnings = [
    ...(runbooks.length === 0 ? ['there are no runbooks'] : []),
    ...misnamed.map(({file, rename}) => `${misnamedText(file)} → ${renameCommand(file, rename)}`),
  ]
  return {verdict: 'ok', data: {runbooks}, ...(warnings.length === 0 ? {} : {warnings})}
}
