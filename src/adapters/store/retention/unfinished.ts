import {join} from 'node:path'
import {rethrowBugOrInterrupt} from '../../../domain/errors.js'
import {bringBack, isTorn} from '../incidents/bring-back.js'
import {incidentPlaces} from '../incidents/incident-places.js'
import {asideId, giveBack, pruningId} from '../moved-folder.js'
import {entriesOf, entryAt} from './folder-entries.js'

const INCIDENTS = 'incidents'
/** Where a prune that was cut off leaves folders. */
export const PRUNED_IN = ['runs', INCIDENTS, 'oncall/pages', 'oncall/reminders', 'oncall/tests', 'oncall/adopted']

/** Whether what lies there under the name of what goes must stay: of a folder that is there again, it is a part. */
export async function isPart(directory: string, place: string, id: string): Promise<boolean> {
  if (place === INCIDENTS) return isTorn(incidentPlaces(directory), id)
  return (await entryAt(join(directory, place), id)) !== null
}

async function bringOneBack(directory: string, place: string, name: string): Promise<void> {
  const [aside, going] = [asideId(name), pruningId(name)]
  const id = aside ?? going
  if (id === null) return
  if (place === INCIDENTS) await bringBack(incidentPlaces(directory), id)
  else if (aside !== null || (await isPart(directory, place, id)))
    await giveBack(join(directory, place, name), join(directory, place, id))
}

/** What a prune that was cut off had not settled yet, or what was torn apart, is put together again as far as this account may do that. */
export async function putTogether(directory: string): Promise<void> {
  for (const place of PRUNED_IN) {
    const folders = (await entriesOf(join(directory, place))).filter(({kind}) => kind === 'folder')
    for (const {name} of folders) await bringOneBack(directory, place, name).catch(rethrowBugOrInterrupt)
  }
}
