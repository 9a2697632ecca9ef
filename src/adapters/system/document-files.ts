import {readdirSync, realpathSync, statSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {FILE_MODE, isMissing, makeFile, makeFolders, replaceFile} from '../../files/atomic-file.js'
import {readPlainText, whyUnreadable} from '../../files/plain-file.js'
import type {DocumentFiles} from '../../ports/document-files.js'

const PERMISSIONS = 0o777

function read(path: string): string | null {
  try {
    return readPlainText(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw new FaciError('usage', `${path} cannot be read: ${whyUnreadable(error)}`)
  }
}

function changed(path: string): FaciError {
  return new FaciError('refused', `${path} was changed meanwhile: nothing was written`, {
    suggestions: ['save your own changes, and type it again'],
  })
}

async function write(path: string, text: string, before: string | null): Promise<void> {
  if (before === null) {
    makeFolders(dirname(path))
    if (!(await makeFile(path, text))) throw changed(path)
    return
  }
  // Who else saved it since would lose what he wrote. A link stays one.
  const file = realpathSync(path)
  const mode = statSync(file).mode & PERMISSIONS
  if (read(file) !== before) throw changed(path)
  await replaceFile(file, text, mode === 0 ? FILE_MODE : mode)
}

function find(folder: string, prefix: string, suffix: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith(suffix))
    return names.sort().map((name) => join(folder, name))
  } catch (error) {
    if (isMissing(error)) return []
    throw new FaciError('usage', `${folder} cannot be read: ${whyUnreadable(error)}`)
  }
}

/** Files for people, in their own folders, with the permissions that they have. */
export const documentFiles: DocumentFiles = {
  read: async (path) => Promise.resolve(read(path)),
  find: async (folder, prefix, suffix) => Promise.resolve(find(folder, prefix, suffix)),
  write: async (path, text, before) => {
    try {
      await write(path, text, before)
    } catch (error) {
      if (error instanceof FaciError) throw error
      throw new FaciError('unreachable', `${path} cannot be written: ${whyUnreadable(error)}`)
    }
  },
}
