import type {ConsentGround, UsedFile} from '../../domain/execution/consent-ground.js'
import {mitigationsOf, type Runbook} from '../../domain/runbook/runbook.js'
import type {PrepareDeps, PrepareInput} from './run-context.js'

/** As they are now. Errors: `runbookInvalid` when one cannot be read. */
export function usedFiles(
  {digestFile}: Pick<PrepareDeps, 'digestFile'>,
  {uses}: Runbook,
  directory: string,
): Promise<readonly UsedFile[]> {
  return Promise.all(uses.map(async (file) => ({file, digest: await digestFile(directory, file)})))
}

/** What consent is to, beyond the runbook. Where nothing is consented to, the engine is not asked. */
export async function consentGround(
  deps: Pick<PrepareDeps, 'digestFile' | 'engineId'>,
  runbook: Runbook,
  {place: {service, project, directory}, diagnose}: PrepareInput,
): Promise<ConsentGround> {
  const isGated = !diagnose && mitigationsOf(runbook).length > 0
  const [engineId, uses] = await Promise.all([
    isGated ? deps.engineId() : null,
    isGated ? usedFiles(deps, runbook, directory) : [],
  ])
  return {service, project, engineId, uses}
}
