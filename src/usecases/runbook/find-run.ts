import {FaciError} from '../../domain/errors.js'
import type {RunEvent} from '../../domain/execution/events.js'
import type {Journal} from '../../ports/journal.js'

const LATEST = 'last'
const SHOWN = 3

function suggestions(ids: readonly string[]): readonly string[] {
  const latest = ids.slice(0, SHOWN).map((id) => `faci runbook runs ${id}`)
  return latest.length === 0 ? ['faci runbook NAME'] : [...latest, 'faci runbook runs']
}

async function latestRun(journal: Journal<RunEvent>, ids: readonly string[]): Promise<string> {
  for (const id of ids) {
    const {first} = await journal.ends(id).catch(missing)
    if (first?.kind === 'run.started') return id
  }
  throw new FaciError('notFound', 'no runbook was run yet', {suggestions: ['faci runbook NAME']})
}

/** A directory without a journal that can be read: a run that was cut off at once, or something else altogether. */
function missing(error: unknown): {readonly first: null} {
  if (error instanceof FaciError && error.code !== 'interrupted') return {first: null}
  throw error
}

/**
 * The id that is meant: a whole one, a beginning or an end of one that no other has, or `last` for the newest run of a runbook.
 * Errors: `notFound` with the newest ones, `usage` for several.
 */
export async function findRun(journal: Journal<RunEvent>, wanted: string): Promise<string> {
  const ids = await journal.list(Number.POSITIVE_INFINITY)
  if (wanted.toLowerCase() === LATEST) return latestRun(journal, ids)
  const part = wanted.toUpperCase()
  if (ids.includes(part)) return part
  const [found, ...others] = ids.filter((id) => part !== '' && (id.startsWith(part) || id.endsWith(part)))
  if (found === undefined) throw new FaciError('notFound', `there is no run ${wanted}`, {suggestions: suggestions(ids)})
  if (others.length === 0) return found
  throw new FaciError('usage', `${wanted} is part of the ids of ${String(others.length + 1)} runs`, {
    suggestions: suggestions([found, ...others]),
  })
}
