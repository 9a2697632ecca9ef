import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  mkdirSync,
  openSync,
} from 'node:fs'
import {FaciError} from '../../domain/errors.js'
import {command, shellCommand} from '../../domain/text/shell-command.js'

const OPEN_TO_ALL = 0o1777
const PERMISSIONS = 0o7777

export interface Folder {
  readonly directory: string
  readonly descriptor: number
  /** By its descriptor, which stays with the folder that was looked at, whatever takes its name later. */
  readonly path: string
}

function folderAt(directory: string, descriptor: number): Folder {
  const path = `/proc/self/fd/${String(descriptor)}`
  return {directory, descriptor, path: existsSync(path) ? path : directory}
}

/** null when it is not there, is a link or no folder, or one in which not everybody is equal: each account finds the same. */
function openFolder(directory: string, isNew: boolean): Folder | null {
  const descriptor = descriptorOf(directory)
  if (descriptor === null) return null
  // The umask has taken something away.
  if (isNew) fchmodSync(descriptor, OPEN_TO_ALL)
  if ((fstatSync(descriptor).mode & PERMISSIONS) === OPEN_TO_ALL) return folderAt(directory, descriptor)
  closeSync(descriptor)
  return null
}

/** Whether nobody can take away there what is ours; root sees to that. */
function isSafe({descriptor}: Folder): boolean {
  const own = process.getuid?.()
  const {uid} = fstatSync(descriptor)
  if (uid === 0 || uid === own) return true
  if (own !== 0) return false
  try {
    fchownSync(descriptor, 0, -1)
    return true
  } catch {
    return false
  }
}

function descriptorOf(directory: string): number | null {
  try {
    return openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  } catch {
    return null
  }
}

function makeFolder(directory: string): Folder | null {
  try {
    mkdirSync(directory, OPEN_TO_ALL)
  } catch {
    return null
  }
  return openFolder(directory, true)
}

function isWritable({path}: Folder): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function noFolder(directories: readonly string[]): FaciError {
  const message = `No folder for this machine's locks can be used: ${directories.join(', ')} must be open to all and sticky, and no link`
  const [first = ''] = directories
  return new FaciError('unreachable', message, {
    suggestions: [shellCommand(['ls', '-ld', ...directories]), command`mkdir -m 1777 ${first}`],
  })
}

function renamed(text: string, folders: readonly Folder[]): string {
  return text.replaceAll(
    /\/proc\/self\/fd\/\d+/g,
    (path) => folders.find((one) => one.path === path)?.directory ?? path,
  )
}

/** Each is opened once, and stays open. */
export interface LockFolders {
  readonly there: () => readonly Folder[]
  /** Those where something can be added; at least one, made if need be. Errors: `unreachable`. */
  readonly usable: () => readonly Folder[]
  /** The same error, with the folders called as people call them. */
  readonly named: (error: unknown) => unknown
}

export function lockFolders(directories: readonly string[]): LockFolders {
  const opened = new Map<string, Folder>()
  const keepFirst = (open: (directory: string) => Folder | null): Folder | null => {
    for (const directory of directories) {
      const folder = opened.has(directory) ? null : open(directory)
      if (folder === null) continue
      opened.set(directory, folder)
      return folder
    }
    return null
  }
  const there = (): readonly Folder[] => {
    while (keepFirst((directory) => openFolder(directory, false)) !== null);
    return [...opened.values()]
  }
  const usable = (): readonly Folder[] => {
    const writable = there().filter(isWritable)
    if (writable.some(isSafe)) return writable
    const made = keepFirst(makeFolder)
    if (made === null && writable.length === 0) throw noFolder(directories)
    return made === null ? writable : [...writable, made]
  }
  return {
    there,
    usable,
    named: (error) => {
      if (!(error instanceof FaciError)) return error
      const [message = '', ...suggestions] = [error.message, ...error.suggestions].map((text) =>
        renamed(text, [...opened.values()]),
      )
      return new FaciError(error.code, message.split('\n'), {suggestions, cause: error.cause})
    },
  }
}
