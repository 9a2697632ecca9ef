import {accessSync, constants, existsSync} from 'node:fs'
import {join} from 'node:path'
import type {UnsharedStore} from '../../domain/doctor/unshared-store.js'
import type {Trust} from '../../files/trust.js'
import {replaceFileAtOnce} from '../../files/atomic-file.js'
import {groupId} from '../../files/groups.js'
import {handOver} from '../../files/hand-over.js'
import {isOwnFolder, ownerOf} from '../../files/ours.js'
import {isMember, isSharedBy, storeFileMode} from '../../files/shared-folder.js'
import {makeDirectory} from './private-files.js'

/** The folder that `store.path` names. What lies there is obeyed: notices are sent, runs resumed, locks respected. */
export interface StoreFolder {
  /** Before anything is read. Errors: `refused` for one that somebody else may have filled. */
  readonly check: () => void
  /** Before anything is written: it is there, this account's alone if it was not before, and git leaves it out. Errors: as `check`. */
  readonly prepare: () => Promise<void>
}

/** Blocks are started from there, by whoever it belongs to. */
const SCRIPTS = 'tmp'

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
    replaceFileAtOnce(path, '*\n', storeFileMode(directory))
  } catch {
    // Git will show it.
  }
}

/** Where that cannot be done it stays as it is: an incident does not wait for it, and `faci doctor` tells. */
function share(directory: string, gid: number): void {
  if (isSharedBy(directory, gid) || !isOwnFolder(directory)) return
  try {
    handOver(directory, gid, [SCRIPTS])
  } catch {
    // This account is not of the group, or a file in it cannot be opened.
  }
}

/** null: it is shared, or not there yet, or nobody said that it is to be. */
export function unsharedStore(directory: string, group: string | null): UnsharedStore | null {
  if (group === null) return null
  const gid = groupId(group)
  if (gid === null) return {group, why: 'noGroup'}
  if (!isMember(gid)) return {group, why: 'notMember'}
  const owner = ownerOf(directory)
  return owner === null || isSharedBy(directory, gid) ? null : {group, why: 'notYet', directory, owner}
}

/** `groupName`: whom faci.yml gives it to, by name or id: what any of them writes there is obeyed by all. null: as its folder is. */
export function storeFolder(directory: string, trust: Trust, groupName: string | null = null): StoreFolder {
  const group = groupName === null ? null : groupId(groupName)
  // Who cannot enter it reads nothing there, and is told so by whoever tries.
  const check = (): void => {
    if (!existsSync(directory) || !mayEnter(directory)) return
    if (group === null || !isSharedBy(directory, group)) trust.check(directory)
  }
  return {
    check,
    prepare: async () => {
      check()
      // Where it cannot be made, whoever writes to it says what could not be written.
      await makeDirectory(directory).then(
        () => {
          if (group !== null) share(directory, group)
          ignoreInGit(directory)
        },
        () => undefined,
      )
    },
  }
}
