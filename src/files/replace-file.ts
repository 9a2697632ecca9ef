import {existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'

/** It and its parent; not `recursive`, which never returns where nothing can be made although the parent is there, as in `/proc`. */
export function makeFolder(folder: string): void {
  for (const at of [dirname(folder), folder]) if (!existsSync(at)) mkdirSync(at, {mode: 0o700})
}

function tidyUp(folder: string): void {
  try {
    rmSync(folder, {recursive: true, force: true})
  } catch {
    // It harms nobody.
  }
}

/** In a folder of a name by chance beside it, then moved: nobody can have prepared it, and nobody finds half of it. At once, for small files. */
export function replaceFile(path: string, text: string): void {
  const draft = mkdtempSync(join(dirname(path), '.draft-'))
  try {
    const file = join(draft, basename(path))
    writeFileSync(file, text, {mode: 0o600, flag: 'wx'})
    renameSync(file, path)
  } finally {
    tidyUp(draft)
  }
}
