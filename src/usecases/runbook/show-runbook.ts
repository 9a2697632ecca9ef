import type {Result} from '../../domain/result.js'
import type {Runbook} from '../../domain/runbook/runbook.js'
import type {Library} from '../../ports/library.js'
import {readRunbook} from './prepare-run.js'

/** A runbook as it was read. Errors: `notFound`, `runbookInvalid`. */
export async function showRunbook(
  {library}: {readonly library: Library},
  {name}: {readonly name: string},
): Promise<Result<Runbook>> {
  const data: Runbook & {places?: unknown} = {...(await readRunbook(library, name))}
  // They are for whoever points at a part of the file.
  delete data.places
  return {verdict: 'ok', data}
}
