import {execa} from 'execa'
import {deadline} from '../deadline/deadline.js'

export interface ProbeOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly timeoutSeconds: number
  /** The current one when left out. */
  readonly directory?: string
  readonly input?: string
}

export interface ProbeEnding {
  /** null when it did not run, or did not end by itself. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
  /** There is no such program on the PATH of `environment`. */
  readonly isMissing: boolean
  /** What ended it, of one that has no exit code. */
  readonly problem: string
}

/**
 * Runs a program that only tells something. Errors: none. At the deadline it is killed, and whoever has its output open still (what a script
 * has started) is not waited for.
 */
export async function probe(
  [program, ...parameters]: readonly [string, ...string[]],
  {environment, timeoutSeconds, directory, input}: ProbeOptions,
): Promise<ProbeEnding> {
  const child = execa(program, parameters, {
    ...{env: environment, extendEnv: false, reject: false},
    ...(directory === undefined ? {} : {cwd: directory}),
    ...(input === undefined ? {stdin: 'ignore'} : {input}),
  })
  const late = deadline(timeoutSeconds)
  const end = (): void => {
    child.kill('SIGKILL')
    child.stdout.destroy()
    child.stderr.destroy()
  }
  late.addEventListener('abort', end, {once: true})
  try {
    const {exitCode = null, stdout, stderr, code, shortMessage = ''} = await child
    const timedOut = late.aborted
    return {
      ...{exitCode: timedOut ? null : exitCode, stdout, stderr, timedOut, problem: shortMessage},
      isMissing: code === 'ENOENT',
    }
  } finally {
    late.removeEventListener('abort', end)
  }
}
