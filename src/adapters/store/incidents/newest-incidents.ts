import type {IncidentFacts} from '../../../domain/incidents/incident.js'
import {isOver} from '../../../domain/incidents/incident.js'
import type {IncidentListing} from '../../../ports/incident-store.js'
import {sealed, unsealed} from './sealed-text.js'

/** More than a list shows unless it is asked for all. */
const KEPT = 100

/** What most lists need of a generation, so that of ten thousand incidents only the ids are read. */
export interface NewestIncidents {
  /** Of all folders that there were, in their order, one after another: compared with those of now as one text. */
  readonly ids: string
  /** Those of them in which nothing said that an incident was opened. */
  readonly empty: readonly string[]
  /** The newest, and before them those that are not resolved, oldest first. */
  readonly incidents: readonly IncidentFacts[]
}

/** `facts` are of all ids that have some, oldest first. */
export function newestText(ids: readonly string[], facts: readonly IncidentFacts[]): string {
  const told = new Set(facts.map(({id}) => id))
  const old = facts.length - KEPT
  const newest: NewestIncidents = {
    ids: ids.join(''),
    empty: ids.filter((id) => !told.has(id)),
    incidents: facts.filter((one, place) => place >= old || !isOver(one)),
  }
  return sealed(JSON.stringify(newest))
}

/** null: it is damaged. */
export function readNewest(content: Buffer): NewestIncidents | null {
  const body = unsealed(content)
  return body === null ? null : (JSON.parse(body.toString()) as NewestIncidents)
}

/** The folders of now, and which of them have changed since the generation, as far as anybody said so. */
export interface Folders {
  readonly ids: readonly string[]
  readonly marked: ReadonlySet<string>
}

/** Which are to be read one by one; null: one is gone, or another was put between them, or more are wanted than are told. */
export function untoldBy(
  {ids: told}: NewestIncidents,
  {ids, marked}: Folders,
  wanted: number,
): readonly string[] | null {
  const length = ids[0]?.length ?? 1
  const known = told.length / length
  if (wanted > KEPT || ids.slice(0, known).join('') !== told) return null
  return ids.filter((id, place) => place >= known || marked.has(id))
}

/** `read` are the facts of the untold ones that have some. */
export function listingOf(
  told: NewestIncidents,
  {untold, read}: {readonly untold: readonly string[]; readonly read: readonly IncidentFacts[]},
  {ids, wanted}: {readonly ids: readonly string[]; readonly wanted: number},
): IncidentListing {
  const anew = new Set(untold)
  const all = [...told.incidents.filter(({id}) => !anew.has(id)), ...read].sort((one, other) =>
    one.id < other.id ? -1 : 1,
  )
  const old = all.length - wanted
  const shown = all.filter((one, place) => place >= old || !isOver(one)).reverse()
  const empty = told.empty.filter((id) => !anew.has(id)).length + untold.length - read.length
  return {incidents: shown, total: ids.length - empty}
}
