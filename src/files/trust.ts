import {lstatSync, statSync, type Stats} from 'node:fs'
import {dirname} from 'node:path'
import {FaciError} from '../domain/errors.js'
import {shellCommand} from '../domain/text/shell-command.js'
import {isInTrustedFolder} from './trusted-folders.js'

export interface TrustOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Folders that the operator named with this very command, as `--config` does. */
  readonly named: readonly string[]
}

/**
 * Whether a file or folder that nobody named may be obeyed: that of root, of this account, of who called `sudo`, of a team that this
 * account belongs to, or in a folder that somebody said is trusted; and never what every account of this host may write.
 */
export interface Trust {
  /** `stats` of what was opened, so that it is what is read. Errors: `refused`, with the command that trusts it. */
  readonly check: (path: string, stats?: Stats) => void
}

const GROUP_MAY_WRITE = 0o020
const OTHERS_MAY_WRITE = 0o002

function ownersToBelieve({SUDO_UID: caller}: TrustOptions['environment']): ReadonlySet<number> {
  const own = process.geteuid?.() ?? 0
  const isBySudo = own === 0 && caller !== undefined && /^\d+$/.test(caller)
  return new Set([0, own, ...(isBySudo ? [Number(caller)] : [])])
}

/** Writable for a group that this account is of. */
function isOfOurGroup({mode, gid}: Stats): boolean {
  if ((mode & GROUP_MAY_WRITE) === 0 || (mode & OTHERS_MAY_WRITE) !== 0) return false
  return gid === process.getegid?.() || (process.getgroups?.() ?? []).includes(gid)
}

/** A checkout that a team shares: the folder says so as well as the file. */
function isOfTeam(path: string, stats: Stats): boolean {
  return isOfOurGroup(stats) && isOfOurGroup(statSync(dirname(path)))
}

function openToAll(path: string): FaciError {
  return new FaciError(
    'refused',
    `${path} may be written by every account of this host, so that nobody knows who wrote it`,
    {
      suggestions: [shellCommand(['chmod', 'o-w', path])],
    },
  )
}

function foreign(path: string, uid: number, folder: string): FaciError {
  return new FaciError(
    'refused',
    `${path} belongs to another account (uid ${String(uid)}), and would be obeyed as yours`,
    {
      suggestions: [
        'look at it first: trust its folder only if you trust everyone who may write there',
        shellCommand(['faci', 'trust', folder]),
      ],
    },
  )
}

/** Of a link: what it names, and the link itself, for whoever made that chose what is read. */
function check(path: string, stats: Stats, {environment, named}: TrustOptions): void {
  if ((stats.mode & OTHERS_MAY_WRITE) !== 0) throw openToAll(path)
  const owners = ownersToBelieve(environment)
  const link = lstatSync(path)
  const stranger = [stats, link].find((one) => !owners.has(one.uid) && (one.isSymbolicLink() || !isOfTeam(path, one)))
  if (stranger === undefined) return
  const folder = stats.isDirectory() ? path : dirname(path)
  if (!isInTrustedFolder(folder, environment, named)) throw foreign(path, stranger.uid, folder)
}

export function fileTrust(options: TrustOptions = {environment: {}, named: []}): Trust {
  return {
    check: (path, stats = statSync(path)) => {
      check(path, stats, options)
    },
  }
}
