import {realpathSync} from 'node:fs'

/** A file or folder by its one name; what is not there, or is on another host, is by no other than the given one. */
export function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
