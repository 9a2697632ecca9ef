import {existsSync} from 'node:fs'
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {execa} from 'execa'
import {cacheDir} from './cache.js'
import {daemonLog, runningDaemonPid, startDaemon, stopDaemon} from './engine-daemon.js'
import {installEngine, installObstacles} from './engine-install.js'
import {probeEngine, usesChosenEngine, type Probe} from './engine-probe.js'
import {formatIdentity, isAlive, ownIdentity, parseIdentity} from './process-identity.js'
import {withLock} from './lock.js'
import type {Say} from './say.js'

export interface EngineOptions {
  /** May packages be installed, as root on Debian or Ubuntu? */
  readonly install: boolean
  readonly say: Say
  /** Leave an engine that faci started running when everyone is done. */
  readonly keep?: boolean
}

export interface EngineHandle {
  readonly version: string
  /** True when faci started this dockerd, in this run or in an earlier one. */
  readonly startedByFaci: boolean
  /** Ends a dockerd that faci started, once nobody uses it any more. Any other engine is left alone. */
  readonly stop: () => Promise<void>
}

/** No engine, and none may or can be started. The message says exactly what is missing. */
class EngineMissingError extends Error {
  override readonly name = 'EngineMissingError'
}

/** Finds an engine that answers, else starts one, else installs and starts one, else says what is missing. */
export async function ensureEngine(options: EngineOptions): Promise<EngineHandle> {
  const {say} = options
  const lock = cacheDir('engine.lock')
  return await withLock(
    lock,
    async () => {
      const version = await findOrStart(options)
      const pid = await runningDaemonPid()
      if (pid !== undefined) await registerUse(options.keep === true)
      say(
        `engine: Docker ${version} answers${pid === undefined ? '' : ` (dockerd pid ${String(pid)}, log ${daemonLog()})`}`,
      )
      return {version, startedByFaci: pid !== undefined, stop: () => withLock(lock, () => leave(say))}
    },
    () => {
      say('engine: another run is starting or stopping it, waiting')
    },
  )
}

async function findOrStart({install, say}: EngineOptions): Promise<string> {
  const found = await probeEngine()
  if (found.answers) return found.version
  const chosen = await usesChosenEngine()
  if (chosen !== undefined)
    throw new EngineMissingError(`The engine chosen by ${chosen} does not answer: ${found.reason}`)
  if (!['dockerd', 'docker', 'iptables'].every(existsOnPath)) {
    await installOrExplain(install, found.reason, say)
    const started = await waitForSystemService()
    if (started !== undefined) return started
  }
  if (process.getuid?.() !== 0) {
    throw new EngineMissingError(
      `No Docker engine answers (${found.reason}) and only root can start one. Start it: sudo systemctl start docker`,
    )
  }
  say(`engine: none answers (${found.reason}), starting dockerd by hand`)
  await rm(keepFile(), {force: true})
  await startDaemon(say)
  return versionOf(await probeEngine())
}

async function installOrExplain(install: boolean, reason: string, say: Say): Promise<void> {
  const obstacles = [...(await installObstacles()), ...(install ? [] : ['installing was not asked for'])]
  if (obstacles.length === 0) {
    await installEngine(say)
    return
  }
  throw new EngineMissingError(
    `No Docker engine: ${reason}; dockerd, docker or iptables is not installed. It is not installed by itself because: ${obstacles.join('; ')}. ` +
      'Install Docker (https://docs.docker.com/engine/install/), or run as root on Debian or Ubuntu.',
  )
}

/** On a machine with systemd the package starts the engine itself; elsewhere there is nothing to wait for. */
async function waitForSystemService(): Promise<string | undefined> {
  if (!existsSync('/run/systemd/system')) return undefined
  await execa('systemctl', ['start', 'docker'], {reject: false, timeout: 60_000, stdin: 'ignore'})
  const probe = await probeEngine()
  return probe.answers ? probe.version : undefined
}

function versionOf(probe: Probe): string {
  if (probe.answers) return probe.version
  throw new EngineMissingError(`The engine stopped answering: ${probe.reason}`)
}

function existsOnPath(command: string): boolean {
  return `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
    .split(':')
    .some((folder) => folder !== '' && existsSync(join(folder, command)))
}

const usersFolder = (): string => cacheDir('engine', 'users')
const keepFile = (): string => cacheDir('engine', 'keep')

async function registerUse(keep: boolean): Promise<void> {
  await mkdir(usersFolder(), {recursive: true})
  await writeFile(join(usersFolder(), String(process.pid)), formatIdentity(ownIdentity()))
  if (keep) await writeFile(keepFile(), '')
}

/** The last one out stops the engine, unless it is to be kept or somebody's containers run in it. */
async function leave(say: Say): Promise<void> {
  await rm(join(usersFolder(), String(process.pid)), {force: true})
  const pid = await runningDaemonPid()
  if (pid === undefined || existsSync(keepFile()) || (await othersUseIt())) return
  const containers = await execa('docker', ['ps', '--quiet'], {reject: false, timeout: 8000, stdin: 'ignore'})
  if (containers.stdout.trim() !== '') {
    say(`engine: dockerd (pid ${String(pid)}) is left running, containers are up in it`)
    return
  }
  say(`engine: stopping dockerd (pid ${String(pid)})`)
  await stopDaemon(pid)
}

async function othersUseIt(): Promise<boolean> {
  for (const name of await readdir(usersFolder()).catch(() => [])) {
    const path = join(usersFolder(), name)
    const identity = parseIdentity(await readFile(path, 'utf8').catch(() => ''))
    if (identity !== undefined && isAlive(identity)) return true
    await rm(path, {force: true})
  }
  return false
}
