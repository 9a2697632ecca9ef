import {join} from 'node:path'
import {isMissing} from '../../../files/atomic-file.js'
import {readPlain} from '../plain-file.js'
import {storeFailure} from '../private-files.js'
import type {IncidentPlaces} from './incident-places.js'

/** What a handle is given to. Its file stays when the incident goes, so that nobody gets it again. */
export interface Given {
  readonly id: string
  /** When it was to be pruned; it was, once it has no events. */
  readonly prunedAt: string | null
}

export const PRUNED = 'pruned '

/** null: it was never given. */
export async function givenTo({handles}: IncidentPlaces, handle: string): Promise<Given | null> {
  const path = join(handles, handle)
  try {
    const [id = '', mark = ''] = (await readPlain(path)).trim().split('\n')
    return {id, prunedAt: mark.startsWith(PRUNED) ? mark.slice(PRUNED.length) : null}
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
}
