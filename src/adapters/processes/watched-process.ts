import {spawn} from 'node:child_process'
import type {Readable, Writable} from 'node:stream'
import {findBash} from './find-bash.js'
import {argumentsOf} from './process-table.js'

export interface WatchedProcess {
  /** An executable, absolute or on the PATH of `environment`, and its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** How long it may go on when faci has died, before it is told to end. With any patience, stdout is stderr too, and a signal an exit code. */
  readonly patienceSeconds: number
  /** Between TERM and KILL of the process group. */
  readonly graceSeconds: number
  /** Of a block, its files in `block/`; removed with the group if faci dies. */
  readonly privateDirectory: string | null
  /** Nothing of it runs before this has resolved, nor ever if it rejects. */
  readonly beforeRun: (pid: number) => Promise<void>
}

/**
 * Waits for a line on descriptor 3, leaves a watcher behind and then becomes the command, so that there is no moment without one.
 * Descriptor 3 ends when faci is gone, however that came about: faci alone holds its other end, and the command does not even have this
 * one. Before the line, that is the end. After it, the command has its patience, then it is TERM, the grace, KILL for the process group.
 * The watcher is a member of that group, whose number can therefore not become another's before it has been used;
 * KILL of the group at the command's end is what ends the watcher too. It is nobody's child, so that no `wait` in a block finds it.
 * The substitution ends when the watcher lets go of its output: a block that begins with a signal to its group finds it deaf already.
 * The folder is renamed first because who ignored TERM may still be writing in it.
 */
const WATCH = `: "$( read -r _ <&3 || command kill -s KILL -- "-$$"
{
trap '' HUP INT QUIT TERM PIPE ALRM USR1 USR2
exec >/dev/null 2>&1
while read -r _ <&3; do :; done
left=$1 grace=$2
while [ "$left" -gt 0 ]; do
command kill -s 0 "$$" && read -r stat <"/proc/$$/stat" || grace=0
case $stat in *') Z '*) grace=0;; esac
[ "$grace" -gt 0 ] || break
command sleep 1
left=$((left - 1))
done
command kill -s TERM -- "-$$"
command sleep "$grace"
if [ -n "$3" ]; then command mv -f "$3/block" "$3/leaving"; command rm -rf "$3"; fi
command kill -s KILL -- "-$$"
} & )"
shift 3
`
const BECOME = `${WATCH}exec "$@" 3<&-`

/** What goes on without faci must have somebody who reads what it prints, or its next word would end it. */
const OUTLIVE = `${WATCH}exec 4>&1
status=$( { { "$@" 2>&1 3<&- 4>&- 5>&-; echo "$?" >&5; } | { trap '' PIPE; cat 2>/dev/null; exec cat >/dev/null; } >&4; } 5>&1 )
exit "$status"`

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/

/** sh starts fastest, but a dash does not pass on variables with other names: a dotted one, a function that bash exported. */
function starter(environment: WatchedProcess['environment']): readonly [string, ...string[]] {
  const isPlain = Object.keys(environment).every((name) => VARIABLE.test(name))
  const bash = isPlain ? null : findBash(environment['PATH'] ?? '')
  return bash === null ? ['/bin/sh'] : [bash, '--posix']
}

/** Whether it only waits to end a block, or has not become one yet: nothing that acts. */
export function isWatcher(pid: number): boolean {
  return argumentsOf(pid).includes(BECOME)
}

export interface StartedProcess {
  readonly stdout: Readable
  readonly stderr: Readable
  readonly pid: number
  /** null when a signal ended it. */
  readonly exit: Promise<number | null>
  /** The group is gone: the watcher has nothing to wait for. */
  readonly letGo: () => void
}

/** Starts it as the leader of a process group and a session of its own: a Ctrl-C at the terminal is for faci alone. */
export async function startWatched(wanted: WatchedProcess): Promise<StartedProcess> {
  const {command, environment, patienceSeconds, graceSeconds, privateDirectory} = wanted
  const [shell, ...options] = starter(environment)
  const parameters = ['faci', String(patienceSeconds), String(graceSeconds), privateDirectory ?? '', ...command]
  // Not execa, which takes 3 ms and has nothing to offer here.
  const child = spawn(shell, [...options, '-c', patienceSeconds > 0 ? OUTLIVE : BECOME, ...parameters], {
    cwd: wanted.directory,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const failed = new Promise<Error>((resolve) => child.once('error', resolve))
  const {stdio, pid} = child
  // Without a process there need be no pipes either.
  if (pid === undefined) throw await failed
  const [, stdout, stderr, lifeline] = stdio as unknown as readonly [null, Readable, Readable, Writable]
  lifeline.on('error', () => undefined)
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const letGo = (): void => {
    lifeline.destroy()
  }
  try {
    await wanted.beforeRun(pid)
  } catch (error) {
    letGo()
    await exit
    throw error
  }
  lifeline.write('\n')
  return {stdout, stderr, pid, exit, letGo}
}
