import type {PlacedFault} from './runbook-fault.js'
import {removesContainers} from '../removes-containers.js'
import {placeInBlock} from '../places.js'
import {commandBlocksOf, type PlacedRunbook} from '../runbook.js'
import {wrappedProgramOf} from './shell-command.js'
import {readShell} from './shell-reading.js'
import type {ShellCommand} from './shell-scan.js'

const CONTAINER_TOOLS = new Set('docker docker-compose podman podman-compose nerdctl faci'.split(' '))
const DESTROYING = new Set(['down', 'rm', 'prune', '--volumes'])
const SHELLS = new Set(['bash', 'sh', 'dash', 'zsh', 'eval'])

interface Destroyer {
  /** Of its first word in the script. */
  readonly at: number
  readonly text: string
}

function destroyersIn(command: ShellCommand): readonly Destroyer[] {
  const [first, ...after] = wrappedProgramOf(command)
  if (first === undefined) return []
  const [program, rest] = [first.text, after.map(({text}) => text)]
  const name = program.slice(program.lastIndexOf('/') + 1)
  const found = {at: first.at, text: [program, ...rest].join(' ')}
  if (name === 'rm') return [found]
  if (SHELLS.has(name)) {
    const inner = rest.filter((word) => /\s/.test(word)).flatMap((word) => readShell(word).commands)
    return inner.flatMap(destroyersIn).length > 0 ? [found] : []
  }
  const isDestroying = rest.some((word) => DESTROYING.has(word)) || removesContainers([name, ...rest].join(' '))
  return CONTAINER_TOOLS.has(name) && isDestroying ? [found] : []
}

/**
 * What cannot be taken back must be agreed to by a person, for exactly this text. A block that only looks asks nobody; what it removes of
 * files is mostly its own.
 */
export function destructiveCommands(runbook: PlacedRunbook): readonly PlacedFault[] {
  return commandBlocksOf(runbook).flatMap((block): readonly PlacedFault[] => {
    const {language, role, body} = block
    if (language !== 'sh' || (role === 'mitigate' && block.confirm === 'always') || role === 'rollback') return []
    const what = role === 'mitigate' ? 'mitigation' : 'looking'
    const [found] = readShell(body)
      .commands.flatMap(destroyersIn)
      .filter(({text}) => what === 'mitigation' || !/^(?:\S*\/)?rm(?: |$)/.test(text))
    if (found === undefined) return []
    return [{rule: 'destructive', what, ...placeInBlock(runbook, block, found.at), command: found.text}]
  })
}
