import {realpathSync} from 'node:fs'
import {isAbsolute} from 'node:path'

/** By the name that the shell shows, as Compose does: of a link to a release, the link names the project. */
export function workingDirectory({PWD: shown}: Readonly<Record<string, string | undefined>>): string {
  const real = process.cwd()
  if (shown === undefined || !isAbsolute(shown)) return real
  try {
    return realpathSync(shown) === real ? shown : real
  } catch {
    return real
  }
}
