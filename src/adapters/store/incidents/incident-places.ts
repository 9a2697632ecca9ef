import {join} from 'node:path'
import {makeFile} from '../../../files/atomic-file.js'
import {storeFileMode} from '../../../files/shared-folder.js'
import {namesIn} from '../names-in.js'
import {makeDirectory, storeFailure} from '../private-files.js'

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

/** Oldest first. */
export async function incidentIds({root}: IncidentPlaces): Promise<readonly string[]> {
  return (await namesIn(root)).filter((name) => ULID.test(name)).sort()
}

/** A whole file that was not there, on disk; false: there is one of that name, and it stays as it is. */
export async function publish(directory: string, name: string, content: string): Promise<boolean> {
  await makeDirectory(directory)
  const path = join(directory, name)
  try {
    return await makeFile(path, content, storeFileMode(directory))
  } catch (error) {
    throw storeFailure(path, error)
  }
}
