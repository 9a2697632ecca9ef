import {spawn} from 'node:child_process'
import {closeSync, mkdirSync, openSync} from 'node:fs'
import {readFile, rm, stat, symlink} from 'node:fs/promises'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {cacheDir} from './cache.js'
import {probeEngine} from './engine-probe.js'
import {identityOf} from './process-identity.js'
import type {Say} from './say.js'

export const daemonLog = (): string => cacheDir('engine', 'dockerd.log')
const daemonPidFile = (): string => cacheDir('engine', 'dockerd.pid')

interface Attempt {
  readonly when: RegExp
  readonly says: string
  readonly flags: readonly string[]
  readonly legacyIptables: boolean
}

const standard: Attempt = {when: /^/, says: '', flags: [], legacyIptables: false}

/** What to try when dockerd gives up with a log like `when`. Each is tried once. */
const fallbacks: readonly Attempt[] = [
  {
    when: /iptables|nf_tables/i,
    says: 'iptables (nft) does not work here, trying iptables-legacy',
    flags: [],
    legacyIptables: true,
  },
  {
    when: /graphdriver|overlay|storage-driver|driver not supported/i,
    says: 'overlay2 does not work here, trying the vfs storage driver (slower, needs more disk)',
    flags: ['--storage-driver=vfs'],
    legacyIptables: false,
  },
]

/** The pid of a dockerd that faci started, now or in an earlier run, if it still runs. */
export async function runningDaemonPid(): Promise<number | undefined> {
  const pid = Number(await readFile(daemonPidFile(), 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 0 || identityOf(pid) === undefined) return undefined
  const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '')
  return command.includes('dockerd') && command.includes(daemonPidFile()) ? pid : undefined
}

/** Starts dockerd by hand and waits until it answers. */
export async function startDaemon(say: Say): Promise<number> {
  const running = await runningDaemonPid()
  if (running !== undefined) {
    say(`engine: dockerd (pid ${String(running)}) of an earlier run is there, waiting until it answers`)
    if (await waitUntilItAnswers(running)) return running
    throw new Error(`dockerd (pid ${String(running)}) runs but does not answer. Its log: ${daemonLog()}`)
  }
  return await tryInTurn(say)
}

async function tryInTurn(say: Say): Promise<number> {
  let attempt = standard
  const left = [...fallbacks]
  for (;;) {
    const pid = await launch(attempt)
    if (await waitUntilItAnswers(pid)) return pid
    await stopDaemon(pid)
    const log = await readFile(daemonLog(), 'utf8')
    const tail = log.trim().split('\n').slice(-5).join('\n')
    const next = left.findIndex((fallback) => fallback.when.test(tail))
    const fallback = left[next]
    if (fallback === undefined) throw new Error(`dockerd does not start. The end of ${daemonLog()}:\n${tail}`)
    left.splice(next, 1)
    say(`engine: ${fallback.says}`)
    attempt = combine(attempt, fallback)
  }
}

function combine(one: Attempt, other: Attempt): Attempt {
  return {
    ...other,
    flags: [...one.flags, ...other.flags],
    legacyIptables: one.legacyIptables || other.legacyIptables,
  }
}

async function launch(attempt: Attempt): Promise<number> {
  mkdirSync(cacheDir('engine'), {recursive: true})
  await rm(daemonPidFile(), {force: true})
  const path = process.env['PATH'] ?? ''
  const log = openSync(daemonLog(), 'w')
  try {
    // Not execa: it has no way to hand a log file's descriptor to a process that outlives this one.
    const daemon = spawn('dockerd', ['--pidfile', daemonPidFile(), ...attempt.flags], {
      stdio: ['ignore', log, log],
      detached: true,
      env: {...process.env, PATH: attempt.legacyIptables ? `${await legacyIptables()}:${path}` : path},
    })
    daemon.on('error', () => undefined)
    daemon.unref()
    if (daemon.pid === undefined) throw new Error('dockerd could not be started: is it on PATH?')
    return daemon.pid
  } finally {
    closeSync(log)
  }
}

/** A folder with `iptables` commands that are the legacy ones: nothing on the system is switched over. */
async function legacyIptables(): Promise<string> {
  const folder = cacheDir('engine', 'bin')
  mkdirSync(folder, {recursive: true})
  for (const name of [
    'iptables',
    'iptables-save',
    'iptables-restore',
    'ip6tables',
    'ip6tables-save',
    'ip6tables-restore',
  ]) {
    const target = join('/usr/sbin', name.replace('tables', 'tables-legacy'))
    if ((await stat(target).catch(() => undefined)) === undefined) continue
    await rm(join(folder, name), {force: true})
    await symlink(target, join(folder, name))
  }
  return folder
}

async function waitUntilItAnswers(pid: number): Promise<boolean> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if ((await probeEngine()).answers) return true
    const identity = identityOf(pid)
    if (identity === undefined || identity.startTime === 'zombie') return false
    await sleep(250)
  }
  return false
}

/** Ends this one process, which takes its own containerd with it. */
export async function stopDaemon(pid: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (let waited = 0; waited < 20_000; waited += 200) {
      const identity = identityOf(pid)
      if (identity === undefined || identity.startTime === 'zombie') return
      await sleep(200)
    }
  }
}
