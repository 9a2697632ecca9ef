import {type Belonging, belongsTo, type NewTrouble} from '../../domain/incidents/relapse.js'
import type {IncidentStore} from '../../ports/incident-store.js'

/** Enough to find one that recovered within the watch. */
const LOOKED_AT = 50

/** What is to become of trouble, by all incidents that it may belong to. */
export async function whereItBelongs(
  store: Pick<IncidentStore, 'list'>,
  trouble: NewTrouble,
  watch: {readonly now: Date; readonly watchSeconds: number},
): Promise<Belonging> {
  return belongsTo(trouble, (await store.list(LOOKED_AT)).incidents, watch)
}
