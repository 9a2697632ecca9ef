import {resolve} from 'node:path'
import type {Config} from '../../config/config.js'
import type {PrepareDeps} from '../../usecases/runbook/run-context.js'

export function usedReader(trust: Config['trust']): PrepareDeps['readUsed'] {
  return async (directory, file) => {
    const {readUsedFile} = await import('../../adapters/library/used-file.js')
    const path = resolve(directory, file)
    return {path, ...readUsedFile(path, trust)}
  }
}
