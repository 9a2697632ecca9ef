import {homedir} from 'node:os'
import {join} from 'node:path'

/** Downloads, image trees, locks and the engine's log live here: outside the repository and shared by all checkouts. */
export function cacheDir(...segments: readonly string[]): string {
  const base = process.env['XDG_CACHE_HOME']
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'faci-images', ...segments)
}
