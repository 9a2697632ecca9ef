import {readdir} from 'node:fs/promises'
import {isMissing} from '../../files/atomic-file.js'
import {storeFailure} from './private-files.js'

/** What lies in a folder of the store; nothing where there is none. Errors: `unreachable`. */
export async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (isMissing(error)) return []
    throw storeFailure(directory, error)
  }
}
