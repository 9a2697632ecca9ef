import {createInterface} from 'node:readline'
import type {Readable} from 'node:stream'
import {FaciError} from '../../domain/errors.js'
import type {Leases} from '../../ports/lease.js'
import {groupEnd} from '../processes/process-group.js'
import {type StartedProcess, startWatched} from '../processes/watched-process.js'
import {deadline} from '../deadline/deadline.js'

export interface ComposeRun {
  readonly command: readonly string[]
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly timeoutSeconds: number
  /** Rather than only reads: brought to its end even if faci dies; stdout is stderr too. */
  readonly changes: boolean
  /** Between TERM and KILL of the whole process group. */
  readonly graceSeconds: number
  /** Told of it before it runs, so that the lock is held while it lives. */
  readonly onStart: Leases['keepFor']
}

export interface ComposeEnding {
  readonly ending: 'exited' | 'timedOut' | 'aborted'
  /** null when a signal ended it, or it could not be started. */
  readonly exitCode: number | null
  readonly durationSeconds: number
}

type OnLine = (stream: 'stdout' | 'stderr', line: string) => void

function readLines(from: Readable, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    createInterface({input: from, crlfDelay: Infinity}).on('line', onLine).once('close', resolve)
  })
}

/** What left the group may hold the pipes open: it is not waited for longer than this. */
const DRAIN_MILLISECONDS = 250

async function drained(reading: Promise<unknown>, {stdout, stderr}: StartedProcess): Promise<void> {
  const patience = new Promise((resolve) => {
    setTimeout(resolve, DRAIN_MILLISECONDS).unref()
  })
  await Promise.race([reading, patience])
  stdout.destroy()
  stderr.destroy()
}

interface Started {
  readonly child: StartedProcess
  readonly ended: () => Promise<void>
}

/**
 * If faci dies, a change goes on, as long as faci would have waited: stopped in the middle it leaves services half replaced, and the
 * engine would still be at it. null when it cannot be started.
 */
async function start(run: ComposeRun): Promise<Started | null> {
  const {command, directory, environment, timeoutSeconds, graceSeconds, changes, onStart} = run
  const [file = '', ...rest] = command
  let ended = (): Promise<void> => Promise.resolve()
  const started = startWatched({
    command: [file, ...rest],
    privateDirectory: null,
    patienceSeconds: changes ? timeoutSeconds : 0,
    beforeRun: async (pid) => {
      ended = await onStart(pid)
    },
    ...{directory, environment, graceSeconds},
  })
  try {
    return {child: await started, ended}
  } catch (error) {
    if (error instanceof FaciError) throw error
    return null
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

/** Runs Compose in a process group of its own; every line of stdout and stderr goes to `onLine` as it is printed. */
export async function runCompose(run: ComposeRun, onLine: OnLine, signal?: AbortSignal): Promise<ComposeEnding> {
  const since = performance.now()
  const elapsed = (): number => (performance.now() - since) / 1000
  if (isAborted(signal)) return {ending: 'aborted', exitCode: null, durationSeconds: 0}
  const started = await start(run)
  if (started === null) return {ending: 'exited', exitCode: null, durationSeconds: elapsed()}
  const {child, ended} = started
  const group = groupEnd(child.pid, run.graceSeconds, () => undefined)
  const reasons: ('timedOut' | 'aborted')[] = []
  const endAs = (why: 'timedOut' | 'aborted') => (): void => {
    reasons.push(why)
    group.begin()
  }
  const abort = endAs('aborted')
  const late = deadline(run.timeoutSeconds)
  const tooLong = endAs('timedOut')
  late.addEventListener('abort', tooLong, {once: true})
  // It may have come while Compose was being started.
  if (isAborted(signal)) abort()
  signal?.addEventListener('abort', abort, {once: true})
  const reading = Promise.all([
    readLines(child.stdout, (line) => onLine('stdout', line)),
    readLines(child.stderr, (line) => onLine('stderr', line)),
  ])
  const exitCode = await child.exit
  late.removeEventListener('abort', tooLong)
  signal?.removeEventListener('abort', abort)
  await group.finish()
  child.letGo()
  await drained(reading, child)
  await ended()
  return {ending: reasons[0] ?? 'exited', exitCode, durationSeconds: elapsed()}
}
