import type {PlacedFault} from './runbook-fault.js'
import {removesContainers} from '../removes-containers.js'
import {placeInBlock} from '../places.js'
import {mitigationsOf, type PlacedRunbook} from '../runbook.js'
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

/** What cannot be taken back must be agreed to by a person, for exactly this text. */
export function destructiveCommands(runbook: PlacedRunbook): readonly PlacedFault[] {
  const blocks = mitigationsOf(runbook).filter(({language, confirm}) => language === 'sh' && confirm !== 'always')
  return blocks.flatMap((block): readonly PlacedFault[] => {
    const [found] = readShell(block.body).commands.flatMap(destroyersIn)
    if (found === undefined) return []
    return [{rule: 'destructive', ...placeInBlock(runbook, block, found.at), command: found.text}]
  })
}
