import {type ChildProcess, spawn} from 'node:child_process'
import type {Socket} from 'node:net'
import {join} from 'node:path'
import {type Outcome, plainEnvironment, withoutStackTrace} from './built-faci.js'

const HOST = join(import.meta.dirname, 'processes/faci-host.cjs')
const DEADLINE_MS = 120_000

/** What Node looks at when it starts, and never again. */
const AT_START = ['LANG', 'LC_ALL', 'NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS']

interface Host {
  readonly child: ChildProcess
  /** All that it printed by itself: only when it dies. */
  readonly told: () => string
}

/** Hosts that wait for a command, by what they were started with. */
const idle = new Map<string, Host[]>()

/** What is preloaded may read anything at the start: then the whole environment must be the same. */
function kindOf(environment: NodeJS.ProcessEnv): string {
  const read = environment['NODE_OPTIONS'] === undefined ? AT_START : Object.keys(environment).sort()
  return JSON.stringify(read.map((name) => [name, environment[name]]))
}

/** It keeps no test run alive, and ends with the process that started it. */
function startHost(environment: NodeJS.ProcessEnv): Host {
  const child = spawn(process.execPath, [HOST], {env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc']})
  let told = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (told += chunk))
    ;(stream as Socket | null)?.unref()
  }
  child.unref()
  child.channel?.unref()
  return {child, told: () => told}
}

function takeConnected(hosts: Host[]): Host | undefined {
  for (let host = hosts.pop(); host !== undefined; host = hosts.pop()) if (host.child.connected) return host
  return undefined
}

interface Answer extends Outcome {
  readonly isClean: boolean
}

function answerOf({child, told}: Host, command: object): Promise<Answer> {
  return new Promise((resolve) => {
    const end = (answer: Answer): void => {
      clearTimeout(timer)
      child.off('message', end).off('close', die)
      resolve(answer)
    }
    const die = (exitCode: number | null): void => {
      end({stdout: '', stderr: told(), exitCode, isClean: false})
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS)
    child.on('message', end).on('close', die)
    child.send(command)
  })
}

/**
 * `runBuilt` without a process of its own: the built faci, run by a host that has run other commands before. For whatever is not about
 * processes, pipes, signals and the launcher; `faci-host.test.ts` compares the two.
 */
export async function runHosted(
  argv: readonly string[],
  directory: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const env = plainEnvironment(directory, environment)
  const hosts = idle.get(kindOf(env)) ?? []
  idle.set(kindOf(env), hosts)
  const host = takeConnected(hosts) ?? startHost(env)
  const {isClean, ...outcome} = await answerOf(host, {argv, directory, env})
  if (isClean) hosts.push(host)
  return withoutStackTrace(outcome)
}
