import type {Container} from '../stack/container.js'
import {command} from '../text/shell-command.js'

/** While Compose replaces a container, one of the two bears an id before its name. */
const BEING_REPLACED = /^[0-9a-f]{12}_/

/** A container that an interrupted recreation has left beside the one that it was about: no replica of its own. */
export function isLeftover({name}: Pick<Container, 'name'>): boolean {
  return BEING_REPLACED.test(name)
}

/**
 * How many replicas a service has: its containers, each with a number of its own. null when that is in doubt, because an interrupted
 * change has left containers behind: then nobody but Compose decides.
 */
export function replicasOf(own: readonly Container[]): number | null {
  const numbers = new Set(own.map(({replica}) => replica))
  return own.some(isLeftover) || numbers.size !== own.length ? null : numbers.size
}

/** What a person should know of leftovers, with what clears them up: Compose 1.29 and 2 both do so only by making the service anew. */
export function leftoverWarnings(containers: readonly Container[]): readonly string[] {
  return containers
    .filter(isLeftover)
    .map(
      ({name, service}) =>
        `${name} is left over from an unfinished replacement of ${service} → ${command`faci up ${service} --recreate`}`,
    )
}
