import {commandBlocksOf, type Runbook} from '../runbook.js'
import {wrappedProgramOf} from './shell-command.js'
import {readShell} from './shell-reading.js'
import type {ShellCommand, ShellWord} from './shell-scan.js'

const SHELLS = new Set('bash sh dash zsh ksh source .'.split(' '))
/** Programs that run the file that they are given first. */
const RUNNER = /^(?:(?:ba|da|z|k)?sh|source|\.|node|bun|python[\d.]*|pypy\d?|ruby|perl|php|lua)$/
/** After these comes no file, but text to run, or a module. */
const TEXT_OPTION = {shell: /^-\w*c/, other: /^-\w*[cem]|^--(?:eval|print)/}
/** Their value is the next word. */
const OPTION_WITH_VALUE = /^(?:[-+]\w*[oO]|-[IWXr]|--(?:rcfile|init-file|require|import))$/

export interface ScriptCall {
  /** Its path as the block has it. */
  readonly script: ShellWord
  /** The program that runs it; null when it is started itself. */
  readonly runner: string | null
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The file that this command runs; null when it runs none that is told by its path. */
export function scriptCallOf(command: ShellCommand): ScriptCall | null {
  const [program, ...rest] = wrappedProgramOf(command)
  if (program === undefined) return null
  const runner = nameOf(program.text)
  if (!RUNNER.test(runner)) return program.text.includes('/') ? {script: program, runner: null} : null
  const isValue = (at: number): boolean => OPTION_WITH_VALUE.test(rest[at - 1]?.text ?? '')
  const at = rest.findIndex(({text}, index) => !/^[-+]/.test(text) && !isValue(index))
  const option = TEXT_OPTION[SHELLS.has(runner) ? 'shell' : 'other']
  const script = rest[at]
  if (script === undefined || rest.slice(0, at).some(({text}) => option.test(text))) return null
  return {script, runner}
}

/** How the blocks of a runbook run `file`, wherever they stand when they do: told by its last part. */
export function callsOf(runbook: Runbook, file: string): readonly ScriptCall[] {
  return commandBlocksOf(runbook)
    .filter(({language}) => language === 'sh')
    .flatMap(({body}) => readShell(body).commands)
    .map(scriptCallOf)
    .filter((call) => call !== null)
    .filter(({script}) => nameOf(script.text) === nameOf(file))
}
