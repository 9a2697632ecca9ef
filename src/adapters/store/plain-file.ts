import {type FileHandle, open} from 'node:fs/promises'
import {checkPlain, WITHOUT_WAITING} from '../../files/plain-file.js'

/** Of what is read whole: longer than the journal of any run, and small enough to be held. */
const MOST_BYTES = 128 * 1024 * 1024

async function openChecked(path: string, most?: number): Promise<FileHandle> {
  const handle = await open(path, WITHOUT_WAITING)
  try {
    checkPlain(await handle.stat(), most)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Opens a regular file to read it, and waits for nothing. Throws `NotPlain` for anything else, and what `open` throws. */
export function openPlain(path: string): Promise<FileHandle> {
  return openChecked(path)
}

/** All of a regular file. Throws `NotPlain` for anything else and for one that is too large, and what `open` throws. */
export async function readPlainBuffer(path: string): Promise<Buffer> {
  const handle = await openChecked(path, MOST_BYTES)
  try {
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/** As `readPlainBuffer`, of UTF-8. */
export async function readPlain(path: string): Promise<string> {
  return (await readPlainBuffer(path)).toString('utf8')
}
