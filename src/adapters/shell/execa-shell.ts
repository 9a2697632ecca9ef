import {randomBytes} from 'node:crypto'
import {existsSync} from 'node:fs'
import type {Readable} from 'node:stream'
import {StringDecoder} from 'node:string_decoder'
import {FaciError} from '../../domain/errors.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {Leases} from '../../ports/lease.js'
import type {Shell, ShellCommand, ShellOutcome} from '../../ports/shell.js'
import {findBash} from '../processes/find-bash.js'
import {groupEnd} from '../processes/process-group.js'
import {startWatched} from '../processes/watched-process.js'
import {type BlockFiles, type FaciCommand, makeBlockFiles} from './block-files.js'
import {type BoundedOutput, boundedOutput} from './bounded-output.js'
import {checkScript, checkScripts, missingCommands} from './check-scripts.js'
import {noBash} from './no-bash.js'
import {notStarted} from './not-started.js'
import {deadline} from '../deadline/deadline.js'

type OnStart = Leases['keepFor']

export interface ExecaShellOptions {
  readonly masker: Masker
  /** What `faci` is inside a block. */
  readonly faci: FaciCommand
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The store's folder, where the files of a block lie; else where the system has them. */
  readonly store?: string
  /** Told of each block before it runs, so that the lock is held while it lives. */
  readonly onStart?: OnStart
}

type OnOutput = Parameters<Shell['run']>[1]

const TOKEN_BYTES = 32

function outputVariables({output, end}: BlockFiles) {
  return {FACI_OUTPUT: output, FACI_EOF: end}
}

/** By which a faci inside joins the run; undefined for a block that may not change anything. */
function newToken({mayJoin}: ShellCommand, {masker}: ExecaShellOptions): string | undefined {
  if (!mayJoin) return undefined
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  masker.learn(token)
  return token
}

async function start(command: ShellCommand, files: BlockFiles, options: ExecaShellOptions) {
  const {environment, onStart} = options
  const path = environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'
  const bash = findBash(path)
  if (bash === null) throw noBash(null)
  if (!existsSync(command.directory)) throw notStarted(`the working directory ${command.directory} is gone`, null)
  const token = newToken(command, options)
  let ended: Awaited<ReturnType<OnStart>> = () => Promise.resolve()
  const started = startWatched({
    command: [bash, '-euo', 'pipefail', files.script],
    privateDirectory: files.folder,
    directory: command.directory,
    environment: {
      ...environment,
      ...command.environment,
      PATH: `${files.bin}:${path}`,
      FACI_RUN_TOKEN: token ?? '',
      ...outputVariables(files),
    },
    patienceSeconds: 0,
    graceSeconds: command.graceSeconds,
    beforeRun: async (pid) => {
      if (onStart !== undefined) ended = await onStart(pid, token)
    },
  })
  const block = await started.catch((error: unknown) => {
    throw error instanceof FaciError ? error : notStarted('it could not be started', error)
  })
  return {block, ended, group: groupEnd(block.pid, command.graceSeconds, files.remove)}
}

function pump(stream: NodeJS.ReadableStream, output: BoundedOutput): Promise<void> {
  const decoder = new StringDecoder('utf8')
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      output.push(decoder.write(chunk))
    })
    stream.once('close', () => {
      output.push(decoder.end())
      resolve()
    })
  })
}

/** A process that left the group may hold the pipes open: they are not waited for longer than this. */
const DRAIN_MILLISECONDS = 250

async function drained(pumps: readonly Promise<void>[], streams: readonly Readable[]): Promise<void> {
  const patience = new Promise<void>((resolve) => {
    setTimeout(resolve, DRAIN_MILLISECONDS).unref()
  })
  await Promise.race([Promise.all(pumps), patience])
  for (const stream of streams) stream.destroy()
}

async function run(
  command: ShellCommand,
  onOutput: OnOutput,
  files: BlockFiles,
  options: ExecaShellOptions,
  signal: AbortSignal | undefined,
): Promise<ShellOutcome> {
  const started = performance.now()
  const {block, ended, group} = await start(command, files, options)
  const reasons: ('timedOut' | 'aborted')[] = []
  const endAs = (how: 'timedOut' | 'aborted') => (): void => {
    reasons.push(how)
    group.begin()
  }
  const late = deadline(command.timeoutSeconds)
  const tooLong = endAs('timedOut')
  late.addEventListener('abort', tooLong, {once: true})
  const abort = endAs('aborted')
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort)
  const {masker} = options
  const stdout = boundedOutput(masker.stream(), (line) => onOutput('stdout', line))
  const stderr = boundedOutput(masker.stream(), (line) => onOutput('stderr', line))
  const pumps = [pump(block.stdout, stdout), pump(block.stderr, stderr)]
  const exit = await block.exit
  late.removeEventListener('abort', tooLong)
  signal?.removeEventListener('abort', abort)
  const ending = reasons[0] ?? 'exited'
  const written = exit === 0 && ending === 'exited' ? files.outputs() : {values: {}, problem: null}
  await group.finish()
  block.letGo()
  // A note that stays names a session that is gone.
  await ended().catch(() => undefined)
  await drained(pumps, [block.stdout, block.stderr])
  const durationSeconds = (performance.now() - started) / 1000
  return {
    ...{exitCode: exit, ending, durationSeconds, stdout: stdout.end(), stderr: stderr.end()},
    ...{outputs: written.values, outputProblem: written.problem},
  }
}

function blockFiles(command: ShellCommand, {faci, environment, store}: ExecaShellOptions): BlockFiles {
  try {
    return makeBlockFiles(command.script, faci, {environment, store: store ?? null})
  } catch (error) {
    if (error instanceof FaciError) throw notStarted(error.message, null)
    throw notStarted('its files cannot be written', error)
  }
}

/** Blocks as `bash -euo pipefail FILE` in a process group of their own. */
export function createExecaShell(options: ExecaShellOptions): Shell {
  return {
    run: async (command, onOutput, signal) => {
      const files = blockFiles(command, options)
      try {
        return await run(command, onOutput, files, options, signal)
      } finally {
        files.remove()
      }
    },
    check: checkScript,
    checkAll: checkScripts,
    missing: (commands) => missingCommands(commands, options.environment['PATH']),
  }
}
