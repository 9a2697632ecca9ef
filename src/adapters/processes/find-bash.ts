import {accessSync, constants} from 'node:fs'
import {delimiter, join} from 'node:path'

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Absolute; null when there is none on that PATH. */
export function findBash(path: string): string | null {
  return (
    path
      .split(delimiter)
      .map((folder) => join(folder, 'bash'))
      .find(isExecutable) ?? null
  )
}
