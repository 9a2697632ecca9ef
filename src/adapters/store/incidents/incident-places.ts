import {join} from 'node:path'
import {asideId} from '../moved-folder.js'
import {namesIn} from '../names-in.js'

/** Where incidents lie: `<ulid>/` the events of each, `handles/` their short names, `index/` and `changed/` what a list is made from. */
export interface IncidentPlaces {
  readonly root: string
  readonly handles: string
  readonly index: string
  readonly changed: string
}

export function incidentPlaces(store: string): IncidentPlaces {
  const root = join(store, 'incidents')
  return {root, handles: join(root, 'handles'), index: join(root, 'index'), changed: join(root, 'changed')}
}

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/

/** Oldest first, also those that a prune looks at. */
export async function incidentIds({root}: IncidentPlaces): Promise<readonly string[]> {
  const names = await namesIn(root)
  const aside = names.map(asideId).filter((id) => id !== null)
  return [...new Set([...names, ...aside])].filter((name) => ULID.test(name)).sort()
}
