import type {ScriptProblem, Shell, ShellCommand, ShellOutcome} from '../../../src/ports/shell.js'

export interface FakeShell extends Shell {
  readonly commands: readonly ShellCommand[]
}

type Answer = Partial<ShellOutcome>

const OK: ShellOutcome = {
  ...{exitCode: 0, ending: 'exited', durationSeconds: 0, stdout: '', stderr: ''},
  ...{outputs: {}, outputProblem: null},
}

function problemIn(script: string): ScriptProblem | null {
  return script.includes('(syntax error') ? {line: 1, message: 'syntax error near `(`'} : null
}

/** Answers each script with what `answer` says; scripts that hold `(syntax error` do not check, `no-such-…` is not on the PATH. */
export function fakeShell(answer: (command: ShellCommand) => Answer | Promise<Answer> = () => ({})): FakeShell {
  const commands: ShellCommand[] = []
  return {
    commands,
    run: async (command, onOutput, signal) => {
      commands.push(command)
      const outcome = {...OK, ...(await answer(command))}
      for (const line of outcome.stdout.split('\n')) if (line !== '') onOutput('stdout', line)
      for (const line of outcome.stderr.split('\n')) if (line !== '') onOutput('stderr', line)
      return signal?.aborted === true ? {...outcome, ending: 'aborted', exitCode: null, outputs: {}} : outcome
    },
    check: (script) => Promise.resolve(problemIn(script)),
    checkAll: (scripts) => Promise.resolve(scripts.map(problemIn)),
    missing: (names) => Promise.resolve(names.filter((name) => name.startsWith('no-such-'))),
  }
}
