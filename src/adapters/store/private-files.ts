import {dirname} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {command} from '../../domain/text/shell-command.js'
import {makeFolders, replaceFile, syncFolder} from '../../files/atomic-file.js'
import {shareAsParent, storeFileMode} from '../../files/shared-folder.js'

/** For a store that cannot be used: disk full, read-only, not ours. */
export function storeFailure(path: string, error: unknown, folder = dirname(path)): FaciError {
  const why = error instanceof Error ? error.message : 'unknown reason'
  return new FaciError('unreachable', `Can't use the store at ${path}: ${why}`, {
    cause: error,
    suggestions: [command`df -h ${folder}`, command`ls -ld ${folder}`],
  })
}

/** Errors: `unreachable`. */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    const first = makeFolders(directory, shareAsParent)
    if (first !== null) await syncFolder(dirname(first))
  } catch (error) {
    throw storeFailure(directory, error)
  }
}

/** As `replaceFile`, for whoever shares the folder. Errors: `unreachable`. */
export async function replaceInStore(
  path: string,
  content: string,
  mode = storeFileMode(dirname(path)),
): Promise<void> {
  try {
    await replaceFile(path, content, mode)
  } catch (error) {
    throw storeFailure(path, error)
  }
}
