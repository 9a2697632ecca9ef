import {realpathSync, statSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {readPlainText} from '../../files/plain-file.js'
import type {ComposeTool} from '../../ports/compose.js'
import {probe} from '../processes/probe.js'
import type {FileMemory} from './file-memory.js'

type Environment = Readonly<Record<string, string | undefined>>

interface Program {
  readonly file: string
  /** Another one once the file was replaced. */
  readonly state: string
}

const PROBE_SECONDS = 30
const OLDEST_V1 = [1, 28] as const

async function versionOf(command: readonly string[], env: Environment): Promise<string | null> {
  const [file = '', ...rest] = command
  const told = await probe([file, ...rest, 'version', '--short'], {environment: env, timeoutSeconds: PROBE_SECONDS})
  if (told.timedOut) {
    const message = `${command.join(' ')} did not tell its version within ${String(PROBE_SECONDS)} s`
    throw new FaciError('timedOut', message, {suggestions: [`${command.join(' ')} version`, 'uptime']})
  }
  const version = /(?<!\d)\d+\.\d+[\w.+-]*/.exec(told.stdout)?.[0]
  return told.exitCode === 0 && version !== undefined ? version : null
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST_V1[0] || (major === OLDEST_V1[0] && minor < OLDEST_V1[1])
}

function programIn(folder: string, name: string): Program | null {
  try {
    const file = realpathSync(join(folder, name))
    const {size, mtimeMs, ino} = statSync(file)
    return {file, state: [size, mtimeMs, ino].join(' ')}
  } catch {
    return null
  }
}

function programNamed(name: string, {PATH = ''}: Environment): Program | null {
  for (const folder of PATH.split(delimiter)) {
    const found = programIn(folder, name)
    if (found !== null) return found
  }
  return null
}

/** Where `docker` looks for plugins unless its configuration names more. */
const PLUGIN_FOLDERS = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
]

function namesMoreFolders(configuration: string): boolean {
  try {
    return readPlainText(join(configuration, 'config.json')).includes('cliPluginsExtraDirs')
  } catch {
    return false
  }
}

/** All that could be the plugin, as one state. */
function pluginState({DOCKER_CONFIG, HOME = ''}: Environment): string | null {
  const own = DOCKER_CONFIG ?? join(HOME, '.docker')
  if (namesMoreFolders(own)) return null
  const found = [join(own, 'cli-plugins'), ...PLUGIN_FOLDERS].map((folder) => programIn(folder, 'docker-compose'))
  const all = found.flatMap((program) => (program === null ? [] : [program.file, program.state]))
  return all.length === 0 ? null : all.join(' ')
}

/** Without asking it, where that can be seen; where there is none, as v2 would do it. */
export async function composeGeneration(environment: Environment, memory: FileMemory): Promise<'v1' | 'v2'> {
  if (pluginState(environment) !== null || programNamed('docker-compose', environment) === null) return 'v2'
  const version = await standaloneVersion(environment, memory).catch(() => null)
  return version?.startsWith('1.') === true ? 'v1' : 'v2'
}

/** Another one once Compose was replaced; null when it cannot be told. */
export function composeToolState({command, version}: ComposeTool, environment: Environment): string | null {
  const program = command === 'docker-compose' ? programNamed(command, environment) : null
  const state = command === 'docker-compose' ? program && `${program.file} ${program.state}` : pluginState(environment)
  return state === null ? null : `${command} ${version} ${state}`
}

/** docker-compose 1.29 is Python: to tell its version takes it as long as a container takes to start. */
async function standaloneVersion(environment: Environment, memory: FileMemory | null): Promise<string | null> {
  const program = programNamed('docker-compose', environment)
  if (program === null) return null
  const known = memory?.get(program.file, program.state)?.value
  if (typeof known === 'string') return known
  const version = await versionOf(['docker-compose'], environment)
  if (version !== null) memory?.set(program.file, program.state, version)
  return version
}

/**
 * `docker compose` if the plugin is there, else `docker-compose`, whose version is asked for when the memory has none.
 * Throws `toolMissing`, or `timedOut` when a machine is too busy to tell.
 */
export async function findComposeTool(environment: Environment, memory: FileMemory | null): Promise<ComposeTool> {
  const plugin = await versionOf(['docker', 'compose'], environment)
  if (plugin !== null) return {command: 'docker compose', version: plugin}
  const standalone = await standaloneVersion(environment, memory)
  if (standalone !== null && !isTooOld(standalone)) return {command: 'docker-compose', version: standalone}
  const found = standalone === null ? 'Docker Compose is not installed' : `docker-compose ${standalone} is too old`
  throw new FaciError(
    'toolMissing',
    `${found}: faci changes the service with docker compose v2 or docker-compose 1.29`,
    {
      suggestions: [
        'sudo apt-get install docker-compose-plugin (from Docker’s repository) or docker-compose (Debian, Ubuntu)',
        'https://docs.docker.com/compose/install/linux/',
      ],
    },
  )
}
