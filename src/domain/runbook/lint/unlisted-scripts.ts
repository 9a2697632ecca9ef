import type {Problem} from '../problem.js'
import {placeInBlock} from '../places.js'
import {commandBlocksOf, type PlacedRunbook} from '../runbook.js'
import {scriptCallOf} from './script-calls.js'
import {readShell} from './shell-reading.js'
import type {ShellWord} from './shell-scan.js'

function isRelative({text, plain: isPlain}: ShellWord): boolean {
  return isPlain && text !== '' && !/^[-/~]/.test(text)
}

function plain(path: string): string {
  return path.replace(/^(?:\.\/+)+/, '')
}

/** What a block calls is a part of it: an approval has to hold for its content too. */
export function unlistedScripts(runbook: PlacedRunbook): readonly Problem[] {
  const listed = new Set(runbook.uses.map(plain))
  const blocks = commandBlocksOf(runbook).filter(({language}) => language === 'sh')
  return blocks.flatMap((block) =>
    readShell(block.body).commands.flatMap((command): readonly Problem[] => {
      const script = scriptCallOf(command)?.script
      if (script === undefined || !isRelative(script) || listed.has(plain(script.text))) return []
      return [
        {
          rule: 'unlisted-script',
          ...placeInBlock(runbook, block, script.at),
          message: `\`${script.text}\` is not listed: an approval does not hold for its content`,
          suggestion: `add it to the front matter: uses: [${plain(script.text)}]`,
        },
      ]
    }),
  )
}
