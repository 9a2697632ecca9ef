import type {ConsentGround, UsedFile} from '../../domain/execution/consent-ground.js'
import {usedTextProblems} from '../../domain/runbook/lint/executed-text.js'
import {mitigationsOf, type Runbook} from '../../domain/runbook/runbook.js'
import {invalidRunbook} from './invalid-runbook.js'
import type {PrepareDeps, PrepareInput} from './run-context.js'

async function usedFile({readUsed}: Pick<PrepareDeps, 'readUsed'>, file: string, directory: string): Promise<UsedFile> {
  const {digest, text} = await readUsed(directory, file)
  const problems = text === null ? [] : usedTextProblems(file, text)
  if (problems.length > 0) throw invalidRunbook(file, problems)
  return {file, digest}
}

/** As they are now. Errors: `runbookInvalid` when one cannot be read, or does not run as it is seen. */
export function usedFiles(
  deps: Pick<PrepareDeps, 'readUsed'>,
  {uses}: Runbook,
  directory: string,
): Promise<readonly UsedFile[]> {
  return Promise.all(uses.map((file) => usedFile(deps, file, directory)))
}

/** Of those that diagnosis may call: one that is missing is the block's to miss. */
async function checkUsed(deps: Pick<PrepareDeps, 'readUsed'>, {uses}: Runbook, directory: string): Promise<void> {
  const nothing = {path: '', digest: '', text: null}
  const readUsed: PrepareDeps['readUsed'] = (from, file) => deps.readUsed(from, file).catch(() => nothing)
  await Promise.all(uses.map((file) => usedFile({readUsed}, file, directory)))
}

/** What consent is to, beyond the runbook. Where nothing is consented to, the engine is not asked. Errors: as `usedFiles`. */
export async function consentGround(
  deps: Pick<PrepareDeps, 'readUsed' | 'engineId'>,
  runbook: Runbook,
  {place: {service, project, directory}, diagnose}: PrepareInput,
): Promise<ConsentGround> {
  if (diagnose || mitigationsOf(runbook).length === 0) {
    await checkUsed(deps, runbook, directory)
    return {service, project, engineId: null, uses: []}
  }
  const [engineId, uses] = await Promise.all([deps.engineId(), usedFiles(deps, runbook, directory)])
  return {service, project, engineId, uses}
}
