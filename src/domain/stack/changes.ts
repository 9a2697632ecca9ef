import {compareText} from '../text/compare-text.js'
import type {Container} from './container.js'
import type {Change} from './status.js'

const LATELY_SECONDS = 24 * 3600
const SHOWN = 6

/** What happened in the last day, newest first: containers made or started again, and faci's own actions. */
export function recentChanges(
  containers: readonly Container[],
  actions: readonly Change[],
  now: Date,
): readonly Change[] {
  const since = now.getTime() - LATELY_SECONDS * 1000
  const made = containers.flatMap(({createdAt, startedAt, name, image}): readonly Change[] => {
    const restarted = startedAt !== null && Date.parse(startedAt) - Date.parse(createdAt) > 60_000
    return [
      {at: createdAt, what: `${name} created from ${image}`},
      ...(restarted ? [{at: startedAt, what: `${name} started again`}] : []),
    ]
  })
  return [...made, ...actions]
    .filter(({at}) => Date.parse(at) >= since)
    .sort((first, second) => compareText(second.at, first.at))
    .slice(0, SHOWN)
}
