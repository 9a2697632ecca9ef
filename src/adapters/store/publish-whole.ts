import {join} from 'node:path'
import {makeFile} from '../../files/atomic-file.js'
import {storeFileMode} from '../../files/shared-folder.js'
import {makeDirectory, storeFailure} from './private-files.js'

/** A whole file that was not there, on disk; false: there is one of that name, and it stays as it is. Errors: `unreachable`. */
export async function publishWhole(directory: string, name: string, content: string): Promise<boolean> {
  await makeDirectory(directory)
  const path = join(directory, name)
  try {
    return await makeFile(path, content, storeFileMode(directory))
  } catch (error) {
    throw storeFailure(path, error)
  }
}
