import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'

const FACI = join(repositoryRoot, 'bin', 'run.js')
/** On a busy machine a command takes ten times what it takes alone. */
const DEADLINE_MS = 120_000
const STACK_TRACE = /^\s+at .+[:(]|node:internal|Node\.js v\d/m

export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  /** null when a signal ended it. */
  readonly exitCode: number | null
}

/** For a Node that speaks to loopback only: to read more certificates at its start takes half as long again as the start. */
export const LOOPBACK = {NODE_EXTRA_CA_CERTS: undefined} as const

let machine: string | undefined

/** What is this machine's for the checkout in `directory`: projects of one name are not shared with other tests. */
export function lockDirectory(directory: string): string {
  if (machine === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'faci-machine-'))
    process.once('exit', () => {
      rmSync(made, {recursive: true, force: true})
    })
    machine = made
  }
  return join(machine, encodeURIComponent(directory).slice(-200))
}

/** No terminal, no colour, nothing of faci's from the caller. */
export function plainEnvironment(directory: string, over: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('FACI_') && name !== 'FORCE_COLOR')
  const own = {...LOOPBACK, NO_COLOR: '1', FACI_LOCK_DIRECTORY: lockDirectory(directory), ...over}
  return {...Object.fromEntries(inherited), ...own}
}

function start(argv: readonly string[], directory: string, environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [FACI, ...argv], {
    cwd: directory,
    env: plainEnvironment(directory, environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
  })
}

/** Whatever faci prints, a stack trace in it is an error. */
export function withoutStackTrace(outcome: Outcome): Outcome {
  const {stdout, stderr} = outcome
  if (STACK_TRACE.test(stdout + stderr)) throw new Error(`a stack trace: ${stdout}${stderr}`)
  return outcome
}

async function ended(child: ChildProcess): Promise<Outcome> {
  const text = {stdout: '', stderr: ''}
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => (text[name] += chunk))
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return withoutStackTrace({...text, exitCode})
}

/** Runs the built faci in `directory`, in a process of its own. */
export function runBuilt(
  argv: readonly string[],
  directory: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  return ended(start(argv, directory, environment))
}

/** As `runBuilt`, but nobody reads one of its streams: the pipe is closed before faci writes. */
export function runUnread(stream: 'stdout' | 'stderr', argv: readonly string[], directory: string): Promise<Outcome> {
  const child = start(argv, directory, {})
  child[stream]?.destroy()
  return ended(child)
}

/** Through bash, with faci as `$FACI`: for redirections and pipes. */
export async function runInShell(script: string, directory: string): Promise<Outcome> {
  const env = plainEnvironment(directory, {FACI: `${process.execPath} ${FACI}`})
  return ended(
    spawn('bash', ['-c', script], {cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: DEADLINE_MS}),
  )
}
