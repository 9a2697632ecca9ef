import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {execa} from 'execa'
import {packageTree} from '../../service/stack/debian.js'

/** Debian's cron, unpacked and not installed. */
export interface Cron {
  /** Runs the daemon on one line of /etc/crontab and on nothing else. */
  readonly start: (line: string, folder: string) => RunningCron
}

export interface RunningCron {
  readonly stop: () => Promise<void>
}

/** Beyond the one minute that is waited for: should its test be killed, cron ends all the same. */
const LIFE_SECONDS = 150

/**
 * In a mount namespace of its own, so that cron finds this crontab, its package's PAM file, an empty spool and an empty /run (where its
 * pid file goes), and the machine's own are neither read nor written.
 */
const PRIVATE = `
set -eu
tree=$1 life=$2 folder=$3 line=$4
mount -t tmpfs -o mode=755 none "$folder"
cp -a /etc "$folder/etc"
rm -rf "$folder"/etc/cron.* "$folder/etc/crontab"
mkdir -p "$folder/etc/cron.d" "$folder/etc/pam.d" "$folder/run" "$folder/spool/cron/crontabs"
cp "$tree/etc/pam.d/cron" "$folder/etc/pam.d/cron"
printf 'PATH=""\\nMAILTO=""\\n%s\\n' "$line" > "$folder/etc/crontab"
chmod 644 "$folder/etc/crontab"
if [ -S /run/docker.sock ]; then
  touch "$folder/run/docker.sock"
  mount --bind /run/docker.sock "$folder/run/docker.sock"
fi
mount --bind "$folder/etc" /etc
mount --bind "$folder/spool" /var/spool
mount --rbind "$folder/run" /run
exec timeout "$life" "$tree/usr/sbin/cron" -f
`

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function unpackedCron(): Promise<Cron> {
  if (process.getuid?.() !== 0) throw new Error('only root can run cron for root')
  await execa('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], {stdin: 'ignore'})
  const {root} = await packageTree({packages: ['cron'], binaries: [join('usr', 'sbin', 'cron')]})
  return {
    start: (line, folder) => {
      const argv = ['--mount', '/bin/sh', '-c', PRIVATE, 'cron', root, String(LIFE_SECONDS), folder, line]
      const child = spawn('unshare', argv, {stdio: ['ignore', 'ignore', 'inherit']})
      return {stop: () => stop(child)}
    },
  }
}

/** Undefined, with the reason printed, where it cannot be had, in CI too: it is of Debian, and wants root and a mount namespace. */
export async function realCron(): Promise<Cron | undefined> {
  try {
    return await unpackedCron()
  } catch (error) {
    process.stderr.write(`SKIPPED: faci under real cron: ${error instanceof Error ? error.message : String(error)}\n`)
    return undefined
  }
}
