import {randomUUID} from 'node:crypto'
import {access, rename} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {isMissing} from '../../files/atomic-file.js'
import {makeDirectory, storeFailure} from './private-files.js'

async function isFree(path: string): Promise<boolean> {
  try {
    await access(path)
    return false
  } catch (error) {
    return isMissing(error)
  }
}

/** Moves whatever is at `path` into `directory` under its own name, or one that is free; that it is gone already is no error. */
export async function moveInto(directory: string, path: string): Promise<void> {
  await makeDirectory(directory)
  const name = basename(path)
  const place = join(directory, name)
  try {
    await rename(path, (await isFree(place)) ? place : `${place}.${randomUUID().slice(0, 8)}`)
  } catch (error) {
    if (!isMissing(error)) throw storeFailure(path, error)
  }
}
