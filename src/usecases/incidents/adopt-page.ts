import type {IncidentPage, PageEnd} from '../../domain/alerts/alert-page.js'
import {isOver} from '../../domain/incidents/incident.js'
import type {Clock} from '../../ports/clock.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import type {PageClaims} from '../../ports/page-claims.js'

type AdoptedPage = Extract<IncidentPage, {by: 'alertmanager'}>

/** What pages that are shared with Alertmanager need. */
export interface SharedPages {
  /** Who was given a page, by its key, each time that one was. */
  readonly adoptions: () => Promise<Pick<PageClaims, 'claim' | 'of'>>
  readonly end: (page: AdoptedPage, alerts: readonly string[]) => Promise<PageEnd>
}

interface AdoptDeps {
  readonly incidents: IncidentStore
  readonly clock: Clock
  readonly shared: SharedPages | null
}

/** From when a page is claimed until its incident is in the list: longer than any write takes. */
const ENTRY_MS = 10_000

async function heldPage({incidents}: AdoptDeps, {key}: AdoptedPage, self: string | null): Promise<IncidentPage | null> {
  const holder = (await incidents.list(0)).incidents.find(
    (one) => one.id !== self && !isOver(one) && one.page?.by === 'alertmanager' && one.page.key === key,
  )
  return holder === undefined ? null : {by: 'faci', why: 'held', holder: holder.handle}
}

/** The page itself where it is `self`'s from now on: whoever is first makes the claim, and whoever is second has a page of its own. */
async function claimed(
  deps: AdoptDeps,
  shared: SharedPages,
  page: AdoptedPage,
  self: string | null,
): Promise<IncidentPage> {
  const claims = await shared.adoptions()
  const before = await claims.of(page.key)
  const held = await heldPage(deps, page, self)
  if (held !== null) return held
  const [now, last] = [deps.clock.now(), before.at(-1)]
  const contended = {by: 'faci', why: 'contended'} as const
  if (last !== undefined && Math.abs(now.getTime() - Date.parse(last.at)) < ENTRY_MS) return contended
  const claim = {incident: page.key, round: (last?.round ?? -1) + 1, step: 0, at: now.toISOString()}
  return (await claims.claim({...claim, why: 'paged', people: [], notices: []})) ? page : contended
}

/** The page of an incident that comes back, by the same claim as of one that is opened; null: its own. */
export async function pageAgain(deps: AdoptDeps, id: string, page: IncidentPage | null): Promise<IncidentPage | null> {
  if (page?.by !== 'alertmanager') return null
  const now = deps.shared === null ? await heldPage(deps, page, id) : await claimed(deps, deps.shared, page, id)
  return now === page ? null : now
}

/** Alertmanager's page is one incident's at a time: whoever is second has its own. */
export async function adoptPage(deps: AdoptDeps, page: IncidentPage): Promise<IncidentPage> {
  return page.by === 'faci' || deps.shared === null ? page : claimed(deps, deps.shared, page, null)
}
