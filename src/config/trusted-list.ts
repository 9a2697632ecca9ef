import {existsSync, realpathSync, statSync} from 'node:fs'
import {dirname, resolve} from 'node:path'
import {FaciError} from '../domain/errors.js'
import type {TrustedFolder} from '../domain/doctor/trusted-folder.js'
import {whyUnreadable} from '../files/plain-file.js'
import {makeFolders, replaceFileAtOnce} from '../files/atomic-file.js'
import {readTrustedList, trustedListFile} from '../files/trusted-folders.js'
import type {Variables} from '../formats/compose/interpolate.js'
import {command} from '../domain/text/shell-command.js'

function realFolder(folder: string): string {
  const path = resolve(folder)
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new FaciError('notFound', `there is no folder ${path}`, {suggestions: ['faci trust FOLDER']})
  return realpathSync(path)
}

/** Errors: `refused` for a list that another account may have written. */
function linesOf(file: string): readonly string[] {
  if (!existsSync(file)) return []
  try {
    return readTrustedList(file)
  } catch (error) {
    const why = error instanceof Error && !('code' in error) ? error.message : whyUnreadable(error)
    throw new FaciError('refused', `${file} is not used (${why})`, {
      suggestions: [command`ls -l ${file}`, command`chmod go-w ${file}`],
    })
  }
}

/**
 * Adds a folder to this account's list: what lies there is obeyed as if it were this account's. Errors: `notFound` without such a folder,
 * `refused` for a list of somebody else's, `unreachable` where none can be written.
 */
export function addTrustedFolder(environment: Variables, folder: string): TrustedFolder {
  const file = trustedListFile(environment)
  if (file === null) throw new FaciError('usage', 'HOME is not set: there is no place for a list of trusted folders')
  const real = realFolder(folder)
  const lines = linesOf(file)
  if (lines.includes(real)) return {folder: real, list: file, isNew: false}
  try {
    makeFolders(dirname(file))
    replaceFileAtOnce(file, `${[...lines, real].join('\n')}\n`)
  } catch (error) {
    throw new FaciError('unreachable', `${file} cannot be written (${whyUnreadable(error)})`, {
      suggestions: [command`ls -ld ${dirname(file)}`],
      cause: error,
    })
  }
  return {folder: real, list: file, isNew: true}
}
