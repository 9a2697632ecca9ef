import {existsSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {isSharedFolder} from '../../files/shared-folder.js'
import {userCacheFolder} from '../../files/user-cache.js'

const NAME = 'compose'

interface OverlayPlace {
  readonly store: string
  /** Whom faci.yml gives the store to; null: as its folder is. */
  readonly group: string | null
  readonly environment: Readonly<Record<string, string | undefined>>
}

function isSharedStore({store, group}: OverlayPlace): boolean {
  return group !== null || isSharedFolder(existsSync(store) ? store : dirname(store))
}

/**
 * Where Compose files of faci's own lie: in the store, or where a group shares that, in this account's cache. Whoever can put another file
 * in their place decides what Compose starts, as whom this account is. Errors: `unreachable` where it has no such folder.
 */
export function overlayFolder(place: OverlayPlace): string {
  if (!isSharedStore(place)) return join(place.store, NAME)
  try {
    return userCacheFolder(place.environment, NAME)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason'
    throw new FaciError(
      'unreachable',
      `a group shares the store, and the Compose file of the image before needs a folder of this account alone: ${why}`,
      {
        cause: error,
        suggestions: ['name one of your own: export XDG_CACHE_HOME=…'],
      },
    )
  }
}
