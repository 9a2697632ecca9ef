import type {Problem} from '../problem.js'
import type {Runbook} from '../runbook.js'
import {commandBlocksOf, placeInBlock} from './places.js'
import {wrappedProgramOf} from './shell-command.js'
import {readShell} from './shell-reading.js'
import type {ShellCommand, ShellWord} from './shell-scan.js'

const SHELLS = new Set('bash sh dash zsh ksh source .'.split(' '))
/** Programs that run the file that they are given first. */
const RUNNERS = new Set([...SHELLS, ...'node python python3 ruby perl'.split(' ')])
/** After these comes no file, but text to run, or a module. */
const TEXT_OPTION = {shell: /^-\w*c/, other: /^-\w*[cem]|^--(?:eval|print)/}

function isRelative({text, plain: isPlain}: ShellWord): boolean {
  return isPlain && text !== '' && !/^[-/~]/.test(text)
}

/** The relative path of a script that this command runs; null for any other. */
function scriptOf(command: ShellCommand): string | null {
  const [program, ...rest] = wrappedProgramOf(command)
  if (program === undefined) return null
  if (!RUNNERS.has(program.text)) return isRelative(program) && program.text.includes('/') ? program.text : null
  const at = rest.findIndex(({text}) => !text.startsWith('-'))
  const option = TEXT_OPTION[SHELLS.has(program.text) ? 'shell' : 'other']
  if (at === -1 || rest.slice(0, at).some(({text}) => option.test(text))) return null
  const [script] = rest.slice(at)
  return script !== undefined && isRelative(script) ? script.text : null
}

function plain(path: string): string {
  return path.replace(/^(?:\.\/+)+/, '')
}

/** What a block calls is a part of it: an approval has to hold for its content too. */
export function unlistedScripts(runbook: Runbook): readonly Problem[] {
  const listed = new Set(runbook.uses.map(plain))
  const blocks = commandBlocksOf(runbook).filter(({language}) => language === 'sh')
  return blocks.flatMap((block) =>
    readShell(block.body).commands.flatMap((command): readonly Problem[] => {
      const script = scriptOf(command)
      if (script === null || listed.has(plain(script))) return []
      return [
        {
          rule: 'unlisted-script',
          ...placeInBlock(runbook.source, block, command.line, script),
          message: `\`${script}\` is not listed: an approval does not hold for its content`,
          suggestion: `add it to the front matter: uses: [${plain(script)}]`,
        },
      ]
    }),
  )
}
