import type {StackChange} from './change.js'
import {foretoldOf} from './foretelling.js'
import type {Foreseen, Outlook} from './planned-effect.js'
import type {Container} from '../stack/container.js'
import {followersOf} from '../stack/service-definition.js'

interface Row extends Foreseen {
  readonly service: string
}

type Follow = <T extends Row>(row: T, leader: string, own: readonly Container[], outlook: Outlook) => T

const brought: Follow = (row, leader, own, {foretelling}) => {
  const said = foretelling === null ? 'unsaid' : foretoldOf(own, foretelling)
  if (own.length === 0 || said === 'running') return row
  // v2.26 makes it anew, later ones stop it and start it again.
  const recreation = row.recreation === 'no' && said === 'unsaid' ? 'unknown' : row.recreation
  return {...row, recreation, effects: [...row.effects, {kind: 'follows', service: leader}]}
}

const restarted: Follow = (row, leader) => ({...row, effects: [...row.effects, {kind: 'follows', service: leader}]})

/** Those that Compose makes anew by themselves, or is told to restart. */
function leadersOf(change: StackChange, rows: readonly Row[]): readonly string[] {
  if (change.kind === 'restart') return change.services
  const isMoved = ({recreation}: Row): boolean => recreation === 'yes' || recreation === 'unknown'
  return change.kind === 'up' ? rows.filter(isMoved).map(({service}) => service) : []
}

/** What goes with another service does not stay as it is, whatever was compared of it alone; what Compose says of it itself goes before. */
export function withFollowers<T extends Row>(
  change: StackChange,
  rows: readonly T[],
  containers: readonly Container[],
  outlook: Outlook,
): readonly T[] {
  const leaders = leadersOf(change, rows)
  const followers = followersOf(leaders, outlook.definitions)
  const follow = change.kind === 'restart' ? restarted : brought
  return rows.map((row) => {
    const isUnexplained = row.effects.some(({kind}) => kind === 'recreatedAnyway')
    const own = outlook.definitions.find(({service}) => service === row.service)?.follows ?? []
    const direct = isUnexplained ? own.find((service) => leaders.includes(service)) : undefined
    const leader = followers.find(({service}) => service === row.service)?.leader ?? direct
    const found = containers.filter(({service}) => service === row.service)
    return leader === undefined ? row : follow(row, leader, found, outlook)
  })
}
