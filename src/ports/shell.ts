import type {OutputProblem} from '../domain/journal/capture-problem.js'

export interface ShellCommand {
  /** Script text, run as `bash -euo pipefail FILE` from a 0600 temporary file; stdin is empty. */
  readonly script: string
  readonly environment: Readonly<Record<string, string>>
  /** What it starts may join the run that holds the lock, by `FACI_RUN_TOKEN` in its environment, while it runs; else that is empty. */
  readonly mayJoin: boolean
  readonly directory: string
  readonly timeoutSeconds: number
  /** Between TERM and KILL of the whole process group. */
  readonly graceSeconds: number
}

export interface ShellOutcome {
  /** null when a signal ended it. */
  readonly exitCode: number | null
  readonly ending: 'exited' | 'timedOut' | 'aborted'
  readonly durationSeconds: number
  /** Of a long one the beginning and the end, with a marker between that counts what is left out; masked. */
  readonly stdout: string
  readonly stderr: string
  /** What was written to `$FACI_OUTPUT`: lines `name=value`, or `name<<$FACI_EOF`, lines, `$FACI_EOF`. Each name once; empty unless it exited 0. */
  readonly outputs: Readonly<Record<string, string>>
  /** Why what it wrote to `$FACI_OUTPUT` cannot be used (too large, not `name=value`, not a file); `outputs` is then empty. */
  readonly outputProblem: OutputProblem | null
}

/** What bash does not understand; the line counts from 1 in the script. */
export interface ScriptProblem {
  readonly line: number
  readonly message: string
}

export interface Shell {
  /** Throws only when nothing of the script ran: `toolMissing` without bash, else `unreachable` with the system's reason. */
  readonly run: (
    command: ShellCommand,
    onOutput: (stream: 'stdout' | 'stderr', text: string) => void,
    signal?: AbortSignal,
  ) => Promise<ShellOutcome>
  /** The problem `bash -n` finds in a script, with its line in the script, or null. Runs nothing. */
  readonly check: (script: string) => Promise<ScriptProblem | null>
  /** As `check` of each, in their order, all at once. */
  readonly checkAll: (scripts: readonly string[]) => Promise<readonly (ScriptProblem | null)[]>
  /** Those of the commands that a block would not find: neither on the PATH nor built into bash. */
  readonly missing: (commands: readonly string[]) => Promise<readonly string[]>
}
