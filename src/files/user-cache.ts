import {dirname, isAbsolute, join} from 'node:path'
import {isOursAlone, isOwnFolder, ownerOf} from './ours.js'
import {readPlainText} from './plain-file.js'
import {makeFolders, replaceFileAtOnce} from './atomic-file.js'

/**
 * Small files of this account's that may be lost at any moment. What anybody else can have put there is as good as not there. Both throw, also
 * where there is no such place: then the answer is made anew.
 */
export interface UserCache {
  readonly read: (name: string) => string
  readonly write: (name: string, text: string) => void
}

/** bin/launch.js keeps to the same rules: none where the place is somebody else's, as HOME is with `sudo -E`. A `~/.cache` may be a link. */
function folderOf({HOME: home, XDG_CACHE_HOME: cache}: Readonly<Record<string, string | undefined>>): string {
  const own = process.geteuid?.()
  const isUsed = cache !== undefined && isAbsolute(cache)
  const owner = isUsed ? (ownerOf(cache) ?? ownerOf(dirname(cache))) : ownerOf(home ?? '')
  if (owner === null || owner !== own) throw new Error('this account has no cache folder')
  return join(isUsed ? cache : join(home ?? '', '.cache'), 'faci')
}

function checked(folder: string): string {
  if (!isOwnFolder(folder)) throw new Error('others may write there')
  return folder
}

/** A folder in it, for this account alone. Throws where there is no such place. */
export function userCacheFolder(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  const cache = folderOf(environment)
  const folder = join(cache, name)
  makeFolders(folder)
  checked(cache)
  return checked(folder)
}

export function userCache(environment: Readonly<Record<string, string | undefined>>): UserCache {
  return {
    read: (name) =>
      readPlainText(join(checked(folderOf(environment)), name), (stats) => {
        if (!isOursAlone(stats)) throw new Error('others may have written it')
      }),
    write: (name, text) => {
      const folder = folderOf(environment)
      makeFolders(folder)
      replaceFileAtOnce(join(checked(folder), name), text)
    },
  }
}
