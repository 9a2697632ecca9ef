import {compareText} from '../text/compare-text.js'
import type {Container} from './container.js'
import type {Change} from './status.js'

const LATELY_SECONDS = 24 * 3600
const RESTART_SECONDS = 60
const SHOWN = 6

interface Happening {
  readonly at: string
  readonly verb: string
  readonly service: string
}

function happenings({createdAt, startedAt, service, image}: Container): readonly Happening[] {
  const later = startedAt !== null && Date.parse(startedAt) - Date.parse(createdAt) > RESTART_SECONDS * 1000
  return [
    {at: createdAt, verb: 'created', service: `${service} (${image})`},
    ...(later ? [{at: startedAt, verb: 'started again', service}] : []),
  ]
}

/** What happened in the same minute is one line: one container with its image, several by their services. */
function groups(all: readonly Happening[]): readonly Change[] {
  const byMinute = new Map<string, readonly Happening[]>()
  for (const one of all) {
    const key = `${one.at.slice(0, 16)} ${one.verb}`
    byMinute.set(key, [...(byMinute.get(key) ?? []), one])
  }
  return [...byMinute.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const names = group.length === 1 ? [first.service] : group.map(({service}) => service.replace(/ \(.*/, ''))
    return {at: first.at, what: `${first.verb}: ${[...new Set(names)].join(', ')}`}
  })
}

/** What happened in the last day, newest first: containers made or started again, and faci's own actions. */
export function recentChanges(
  containers: readonly Container[],
  actions: readonly Change[],
  now: Date,
): readonly Change[] {
  const since = now.getTime() - LATELY_SECONDS * 1000
  return [...groups(containers.flatMap(happenings)), ...actions]
    .filter(({at}) => Date.parse(at) >= since)
    .sort((first, second) => compareText(second.at, first.at))
    .slice(0, SHOWN)
}
