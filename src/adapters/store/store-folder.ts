import {accessSync, constants, existsSync} from 'node:fs'
import {join} from 'node:path'
import type {Trust} from '../../files/trust.js'
import {replaceFileAtOnce} from '../../files/atomic-file.js'
import {makeDirectory} from './private-files.js'

/** The folder that `store.path` names. What lies there is obeyed: notices are sent, runs resumed, locks respected. */
export interface StoreFolder {
  /** Before anything is read. Errors: `refused` for one that somebody else may have filled. */
  readonly check: () => void
  /** Before anything is written: it is there, this account's alone if it was not before, and git leaves it out. Errors: as `check`. */
  readonly prepare: () => Promise<void>
}

function mayEnter(directory: string): boolean {
  try {
    accessSync(directory, constants.R_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A store is none the worse without it. */
function ignoreInGit(directory: string): void {
  const path = join(directory, '.gitignore')
  if (existsSync(path)) return
  try {
    replaceFileAtOnce(path, '*\n')
  } catch {
    // Git will show it.
  }
}

export function storeFolder(directory: string, trust: Trust): StoreFolder {
  // Who cannot enter it reads nothing there, and is told so by whoever tries.
  const check = (): void => {
    if (existsSync(directory) && mayEnter(directory)) trust.check(directory)
  }
  return {
    check,
    prepare: async () => {
      check()
      // Where it cannot be made, whoever writes to it says what could not be written.
      await makeDirectory(directory).then(
        () => {
          ignoreInGit(directory)
        },
        () => undefined,
      )
    },
  }
}
