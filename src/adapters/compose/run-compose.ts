import {execa} from 'execa'

export interface ComposeRun {
  readonly command: readonly string[]
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly timeoutSeconds: number
  /** Between TERM and KILL of the whole process group. */
  readonly graceSeconds: number
}

export interface ComposeEnding {
  readonly ending: 'exited' | 'timedOut' | 'aborted'
  /** null when a signal ended it, or it could not be started. */
  readonly exitCode: number | null
  readonly durationSeconds: number
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has ended by itself.
  }
}

/** Runs Compose in a process group of its own; every line of stdout and stderr goes to `onLine` as it is printed. */
export async function runCompose(
  {command, directory, environment, timeoutSeconds, graceSeconds}: ComposeRun,
  onLine: (stream: 'stdout' | 'stderr', line: string) => void,
  signal?: AbortSignal,
): Promise<ComposeEnding> {
  const [file = '', ...rest] = command
  let ending: ComposeEnding['ending'] = 'exited'
  const child = execa(file, rest, {
    buffer: false,
    cwd: directory,
    detached: true,
    env: environment,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  })
  const timers: NodeJS.Timeout[] = []
  const end = (why: 'timedOut' | 'aborted'): void => {
    if (ending !== 'exited') return
    ending = why
    signalGroup(child.pid, 'SIGTERM')
    timers.push(setTimeout(signalGroup, graceSeconds * 1000, child.pid, 'SIGKILL'))
  }
  const onAbort = (): void => {
    end('aborted')
  }
  timers.push(setTimeout(end, timeoutSeconds * 1000, 'timedOut'))
  signal?.addEventListener('abort', onAbort, {once: true})
  if (signal?.aborted === true) onAbort()
  const read = async (stream: 'stdout' | 'stderr'): Promise<void> => {
    for await (const line of child.iterable({from: stream})) onLine(stream, line)
  }
  const [result] = await Promise.all([child, read('stdout'), read('stderr')])
  timers.forEach(clearTimeout)
  signal?.removeEventListener('abort', onAbort)
  return {ending, exitCode: result.exitCode ?? null, durationSeconds: result.durationMs / 1000}
}
