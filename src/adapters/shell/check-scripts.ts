import {execa} from 'execa'
import type {ScriptProblem} from '../../ports/shell.js'
import {noBash} from './no-bash.js'

// Starting a bash for each script takes seconds for a few hundred. Here one bash reads them all: after `set -n` the rest of an
// `eval` is only parsed, as with `bash -n`, whatever stands in it; `local -` takes the option back when the function returns.
const CHECK_EACH = `look() { local -; eval "set -n
$1"; }
while read -r length && IFS= read -r -N "$length" script
do look "$script" 2>&1 </dev/null; printf '\\0%d\\0' "$?"; done`
const FIND_EACH = `for name do command -v -- "$name" >/dev/null || printf '%s\\0' "$name"; done`

/** Not understood at its first line: tells from which number this bash counts the lines. */
const CALIBRATION = ')'
const SYNTAX_ERROR = /line (\d+): (.*)$/m

/** The answers of a bash program, each ended by a NUL. */
async function ask(program: string, words: readonly string[], input: string, path?: string): Promise<string[]> {
  // Start-up files, POSIX mode and other languages are none of a check's business.
  const env = {
    LC_ALL: 'C',
    BASH_ENV: undefined,
    POSIXLY_CORRECT: undefined,
    ...(path === undefined ? {} : {PATH: path}),
  }
  const options = {input, env, reject: false, stripFinalNewline: false} as const
  const {stdout, code} = await execa('bash', ['-c', program, 'bash', ...words], options)
  if (code === 'ENOENT') throw noBash(code)
  return stdout.split('\0').slice(0, -1)
}

/** The end of the script is where something was missing. */
function problemIn(message: string, script: string, linesBefore: number): ScriptProblem {
  const [, line = '1', text = 'the shell does not understand it'] = SYNTAX_ERROR.exec(message) ?? []
  return {line: Math.min(Math.max(1, Number(line) - linesBefore), script.split('\n').length), message: text}
}

/** What `bash -n` itself says. Errors: `toolMissing`. */
export async function checkScript(script: string): Promise<ScriptProblem | null> {
  const {exitCode, stderr, code} = await execa('bash', ['-n'], {input: script, env: {LC_ALL: 'C'}, reject: false})
  if (code === 'ENOENT') throw noBash(code)
  return exitCode === 0 ? null : problemIn(stderr, script, 0)
}

/** What `bash -n` says of each script. Errors: `toolMissing`. */
export async function checkScripts(scripts: readonly string[]): Promise<readonly (ScriptProblem | null)[]> {
  if (scripts.length === 0) return []
  const all = [CALIBRATION, ...scripts.map((script) => script.replaceAll('\0', ''))]
  const answers = await ask(CHECK_EACH, [], all.map((script) => `${Buffer.byteLength(script)}\n${script}`).join(''))
  const looks = all.map((_, index) => ({message: answers[2 * index] ?? '', status: answers[2 * index + 1]}))
  const [calibration, ...rest] = looks
  // A bash before 4.4 has no `local -`: it falls silent after the first script.
  if (calibration?.status !== '2' || answers.length !== 2 * all.length) return Promise.all(scripts.map(checkScript))
  const linesBefore = Number(SYNTAX_ERROR.exec(calibration.message)?.[1] ?? 1) - 1
  return rest.map(({message, status}, index) =>
    status === '0' ? null : problemIn(message, scripts[index] ?? '', linesBefore),
  )
}

/** The commands that bash does not find. Errors: `toolMissing`. */
export async function missingCommands(names: readonly string[], path: string | undefined): Promise<readonly string[]> {
  return names.length === 0 ? [] : ask(FIND_EACH, names, '', path)
}
