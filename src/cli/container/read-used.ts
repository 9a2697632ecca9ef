import {resolve} from 'node:path'
import type {PrepareDeps} from '../../usecases/runbook/run-context.js'

export const readUsed: PrepareDeps['readUsed'] = async (directory, file) => {
  const {readUsedFile} = await import('../../adapters/library/used-file.js')
  const path = resolve(directory, file)
  return {path, ...readUsedFile(path)}
}
