import {FaciError} from '../../domain/errors.js'
import type {RunEvent} from '../../domain/journal/events.js'
import {nearest} from '../../domain/text/did-you-mean.js'
import type {Journal} from '../../ports/journal.js'
import type {StoreKeeper} from '../../ports/store-keeper.js'
import {command} from '../../domain/text/shell-command.js'

const LATEST = 'last'
const SHOWN = 3

/** What `last` may be: the run of a runbook, or a direct change too. */
export type RunScope = 'runbook' | 'any'

/** `faci runs` opens whatever an id is of. */
function suggestions(ids: readonly string[]): readonly string[] {
  const shown = ids.slice(0, SHOWN).map((id) => command`faci runs ${id}`)
  return shown.length === 0 ? ['faci runbook NAME'] : [...shown, 'faci runs']
}

async function latestRun(journal: Journal<RunEvent>, ids: readonly string[], scope: RunScope): Promise<string> {
  for (const id of ids) {
    const {first} = await journal.ends(id).catch(missing)
    if (first?.kind === 'run.started' || (first !== null && scope === 'any')) return id
  }
  throw new FaciError('notFound', scope === 'any' ? 'nothing was run yet' : 'no runbook was run yet', {
    suggestions: ['faci runbook NAME'],
  })
}

function unknown(wanted: string, ids: readonly string[]): FaciError {
  const near = nearest(wanted, ids)
  return new FaciError('notFound', `there is no run ${wanted}`, {
    suggestions: suggestions(near.length === 0 ? ids : near),
  })
}

/** Null: nothing says that it was. Whether anything does is no matter where the records cannot be read. */
async function pruned(keeper: Pick<StoreKeeper, 'prunedRun'> | undefined, part: string): Promise<FaciError | null> {
  if (keeper === undefined || part === '') return null
  const found = await keeper.prunedRun(part).catch((error: unknown) => {
    if (error instanceof FaciError && error.code !== 'interrupted') return null
    throw error
  })
  if (found === null) return null
  const {id, at, by, isCutOff} = found
  const when = isCutOff ? `in a prune that began at ${at} and was cut off` : `at ${at}`
  return new FaciError('notFound', `run ${id} was removed by faci prune ${when} (by ${by}): its record is gone`, {
    suggestions: ['faci runs'],
  })
}

/** A directory without a journal that can be read: a run that was cut off at once, or something else altogether. */
function missing(error: unknown): {readonly first: null} {
  if (error instanceof FaciError && error.code !== 'interrupted') return {first: null}
  throw error
}

/**
 * The id that is meant: a whole one, a beginning or an end of one that no other has, or `last` for the newest run of a runbook,
 * or for the newest of all. Errors: `notFound` with the nearest ones, or the newest when none is near, or with when it was pruned, as far as
 * the store's keeper knows; `usage` for several.
 */
export async function findRun(
  journal: Journal<RunEvent>,
  wanted: string,
  scope: RunScope = 'runbook',
  keeper?: Pick<StoreKeeper, 'prunedRun'>,
): Promise<string> {
  const ids = await journal.list(Number.POSITIVE_INFINITY)
  if (wanted.toLowerCase() === LATEST) return latestRun(journal, ids, scope)
  const part = wanted.toUpperCase()
  if (ids.includes(part)) return part
  const [found, ...others] = ids.filter((id) => part !== '' && (id.startsWith(part) || id.endsWith(part)))
  if (found === undefined) throw (await pruned(keeper, part)) ?? unknown(wanted, ids)
  if (others.length === 0) return found
  throw new FaciError('usage', `${wanted} matches ${String(others.length + 1)} runs`, {
    suggestions: suggestions([found, ...others]),
  })
}
