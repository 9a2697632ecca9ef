import {closest} from '../../text/did-you-mean.js'
import type {PlacedFault} from './runbook-fault.js'
import {placeAt} from '../places.js'
import type {PlacedRunbook} from '../runbook.js'

/** Conditions on an endpoint that faci.yml does not have: nobody could say that the incident is over. */
export function unknownHealth({resolved, places}: PlacedRunbook, names: readonly string[]): readonly PlacedFault[] {
  return (resolved?.conditions ?? []).flatMap((condition, index): readonly PlacedFault[] => {
    if (condition.kind !== 'health' || names.includes(condition.name)) return []
    const {name} = condition
    return [{rule: 'health', ...placeAt(places.conditions, index), name, near: closest(name, names), known: names}]
  })
}
