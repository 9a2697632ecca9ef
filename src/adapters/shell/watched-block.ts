import {spawn} from 'node:child_process'
import {accessSync, constants} from 'node:fs'
import {delimiter, join} from 'node:path'
import type {Readable} from 'node:stream'

export interface WatchedBlock {
  /** Absolute. */
  readonly bash: string
  readonly script: string
  /** Removed with the group if faci dies. */
  readonly privateDirectory: string
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly graceSeconds: number
}

/**
 * Leaves a watcher behind and then becomes the block, so that there is no moment without one. Descriptor 3 ends when faci is gone, however
 * that came about: faci alone holds its other end, and the block does not even have this one. Then it is TERM, the grace, KILL for the
 * process group. The watcher is a member of that group, whose number can therefore not become another's before it has been used;
 * KILL of the group at the block's end is what ends the watcher too. It is nobody's child, so that no `wait` in the block finds it.
 * The substitution ends when the watcher lets go of its output: a block that begins with a signal to its group finds it deaf already.
 * The folder is renamed first because who ignored TERM may still be writing in it.
 */
const START = `: "$( {
trap '' HUP INT QUIT TERM PIPE ALRM USR1 USR2
exec >/dev/null 2>&1
while read -r _ <&3; do :; done
command kill -s TERM -- "-$$"
command sleep "$1"
command mv -f "$2" "$2~" && command rm -rf "$2~"
command kill -s KILL -- "-$$"
} & )"
exec "$0" -euo pipefail "$3" 3<&-`

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/

/** sh starts fastest, but a dash does not pass on variables with other names: a dotted one, a function that bash exported. */
function starter(block: WatchedBlock): readonly [string, ...string[]] {
  return Object.keys(block.environment).every((name) => VARIABLE.test(name)) ? ['sh'] : [block.bash, '--posix']
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** null when there is none on that PATH. */
export function findBash(path: string): string | null {
  return (
    path
      .split(delimiter)
      .map((folder) => join(folder, 'bash'))
      .find(isExecutable) ?? null
  )
}

export interface StartedBlock {
  readonly stdout: Readable
  readonly stderr: Readable
  readonly pid: number
  /** null when a signal ended it. */
  readonly exit: Promise<number | null>
  /** The group is gone: the watcher has nothing to wait for. */
  readonly letGo: () => void
}

/** Starts it as the leader of a process group and a session of its own: a Ctrl-C at the terminal is for faci alone. */
export async function startWatched(block: WatchedBlock): Promise<StartedBlock> {
  const [shell, ...options] = starter(block)
  const parameters = [block.bash, String(block.graceSeconds), block.privateDirectory, block.script]
  // Not execa, which takes 3 ms and has nothing to offer here.
  const child = spawn(shell, [...options, '-c', START, ...parameters], {
    cwd: block.directory,
    env: block.environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const {stdio, pid} = child
  const [, stdout, stderr, lifeline] = stdio as unknown as readonly [null, Readable, Readable, Readable]
  lifeline.on('error', () => undefined)
  if (pid === undefined) throw await new Promise<Error>((resolve) => child.once('error', resolve))
  return {
    stdout,
    stderr,
    pid,
    exit: new Promise((resolve) => child.once('exit', resolve)),
    letGo: () => lifeline.destroy(),
  }
}
