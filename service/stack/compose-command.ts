import {execa, type ResultPromise} from 'execa'
import {composeV2Config} from './debian.js'

export type ComposeGeneration = 'v1' | 'v2'

/** A Compose CLI as it is called here: `docker compose …` or `docker-compose …`. */
export interface ComposeCommand {
  readonly generation: ComposeGeneration
  readonly version: string
  readonly argv: readonly [string, ...string[]]
  /** What the command needs in its environment (the folder of the fetched v2 plugin). */
  readonly env: Readonly<Record<string, string>>
}

const calls = {
  v1: ['docker-compose'],
  v2: ['docker', 'compose'],
} as const satisfies Record<ComposeGeneration, readonly [string, ...string[]]>

/** The generation asked for, the v2 plugin fetched from Debian 13 if need be; by default v2, else v1, else fetched v2. */
export async function composeCommand(wanted?: ComposeGeneration): Promise<ComposeCommand> {
  for (const generation of wanted === undefined ? (['v2', 'v1'] as const) : [wanted]) {
    const found = await tryCommand(generation, {})
    if (found !== undefined) return found
  }
  if (wanted === 'v1') throw new Error('docker-compose 1.29 is not on PATH (apt-get install docker-compose)')
  const fetched = await tryCommand('v2', {DOCKER_CONFIG: await composeV2Config()})
  if (fetched === undefined) throw new Error('Compose v2 was fetched but does not run here')
  return fetched
}

export function runCompose(
  {argv, env}: ComposeCommand,
  parameters: readonly string[],
  options: {readonly env: Readonly<Record<string, string>>; readonly cwd: string; readonly timeout: number},
): ResultPromise<{all: true; stdin: 'ignore'; timeout: number; detached: true}> {
  const [file, ...prefix] = argv
  return execa(file, [...prefix, ...parameters], {
    all: true,
    stdin: 'ignore',
    // Its own process group: Ctrl-C is for us to handle, and the plugin that `docker` runs can be ended with it.
    detached: true,
    timeout: options.timeout,
    cwd: options.cwd,
    env: {...env, ...options.env},
  })
}

async function tryCommand(
  generation: ComposeGeneration,
  env: Readonly<Record<string, string>>,
): Promise<ComposeCommand | undefined> {
  const argv = calls[generation]
  const [file, ...prefix] = argv
  const result = await execa(file, [...prefix, 'version', '--short'], {
    reject: false,
    timeout: 20_000,
    stdin: 'ignore',
    env,
  })
  const version = result.exitCode === 0 ? result.stdout.trim().replace(/^v/, '') : ''
  const expected = generation === 'v1' ? /^1\./ : /^[2-9]|^\d\d/
  return expected.test(version) ? {generation, version, argv, env} : undefined
}
