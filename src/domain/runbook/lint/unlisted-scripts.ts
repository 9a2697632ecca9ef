import type {PlacedFault} from './runbook-fault.js'
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
export function unlistedScripts(runbook: PlacedRunbook): readonly PlacedFault[] {
  const listed = new Set(runbook.uses.map(plain))
  const blocks = commandBlocksOf(runbook).filter(({language}) => language === 'sh')
  return blocks.flatMap((block) =>
    readShell(block.body).commands.flatMap((command): readonly PlacedFault[] => {
      const script = scriptCallOf(command)?.script
      if (script === undefined || !isRelative(script) || listed.has(plain(script.text))) return []
      const place = placeInBlock(runbook, block, script.at)
      return [{rule: 'unlisted-script', ...place, script: script.text, path: plain(script.text)}]
    }),
  )
}
