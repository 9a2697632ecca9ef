import {choices, closest, didYouMean} from '../../text/did-you-mean.js'
import type {Problem} from '../problem.js'
import {placeAt} from '../places.js'
import type {PlacedRunbook} from '../runbook.js'

/** Conditions on an endpoint that faci.yml does not have: nobody could say that the incident is over. */
export function unknownHealth({resolved, places}: PlacedRunbook, names: readonly string[]): readonly Problem[] {
  return (resolved?.conditions ?? []).flatMap((condition, index): readonly Problem[] => {
    if (condition.kind !== 'health' || names.includes(condition.name)) return []
    const near = closest(condition.name, names)
    return [
      {
        rule: 'health',
        ...placeAt(places.conditions, index),
        message: `faci.yml has no \`health: ${condition.name}\``,
        suggestion: didYouMean(near, choices('it has', names)),
      },
    ]
  })
}
