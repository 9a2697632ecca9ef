import {FaciError} from '../../domain/errors.js'
import type {ConsentGround, UsedFile} from '../../domain/execution/consent-ground.js'
import {usedFileProblems} from '../../domain/runbook/lint/used-content.js'
import {mitigationsOf, type Runbook} from '../../domain/runbook/runbook.js'
import {invalidUsedFile, told} from './invalid-runbook.js'
import type {PrepareDeps, PrepareInput} from './run-context.js'

/** As they are now. Errors: `runbookInvalid` when one cannot be read, or does not run as it is seen; `refused` for a stranger's. */
export function usedFiles(
  {readUsed, faultText}: Pick<PrepareDeps, 'readUsed' | 'faultText'>,
  runbook: Runbook,
  directory: string,
): Promise<readonly UsedFile[]> {
  return Promise.all(
    runbook.uses.map(async (file): Promise<UsedFile> => {
      const content = await readUsed(directory, file)
      const faults = usedFileProblems(runbook, file, content)
      if (faults.length > 0) throw invalidUsedFile(file, told(faultText, faults))
      return {file, digest: content.digest, isText: content.text !== null}
    }),
  )
}

/** Of those that diagnosis may call: one that is missing is the block's to miss. */
async function readableFiles(
  deps: Pick<PrepareDeps, 'readUsed' | 'faultText'>,
  runbook: Runbook,
  directory: string,
): Promise<readonly UsedFile[]> {
  const readUsed: PrepareDeps['readUsed'] = (from, file) =>
    deps.readUsed(from, file).catch((error: unknown) => {
      if (error instanceof FaciError && error.code === 'runbookInvalid')
        return {path: '', digest: '', text: '', begins: 'other'}
      throw error
    })
  const files = await usedFiles({...deps, readUsed}, runbook, directory)
  return files.filter(({digest}) => digest !== '')
}

/** What consent is to, beyond the runbook. Where nothing is consented to, the engine is not asked. Errors: as `usedFiles`. */
export async function consentGround(
  deps: Pick<PrepareDeps, 'readUsed' | 'faultText' | 'engineId'>,
  runbook: Runbook,
  {place: {service, project, directory}, diagnose}: PrepareInput,
): Promise<ConsentGround> {
  if (diagnose || mitigationsOf(runbook).length === 0) {
    return {service, project, engineId: null, uses: await readableFiles(deps, runbook, directory)}
  }
  const [engineId, uses] = await Promise.all([deps.engineId(), usedFiles(deps, runbook, directory)])
  return {service, project, engineId, uses}
}
