import {constants} from 'node:fs'
import {type FileHandle, open} from 'node:fs/promises'

/** Of what is read whole: longer than the journal of any run, and small enough to be held. */
const MOST_BYTES = 128 * 1024 * 1024

/** The code of an error for what is there, and is no file that can be read: a pipe would be waited for without an end. */
class NotPlain extends Error {
  readonly code: string

  constructor(code: 'ENOTFILE' | 'EFBIG', message: string) {
    super(message)
    this.name = 'NotPlain'
    this.code = code
  }
}

/** Opens a regular file to read it, and waits for nothing. Throws `NotPlain` for anything else, and what `open` throws. */
export async function openPlain(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    if (!(await handle.stat()).isFile()) throw new NotPlain('ENOTFILE', 'is no regular file')
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** All of a regular file. Throws `NotPlain` for anything else and for one that is too large, and what `open` throws. */
export async function readPlain(path: string): Promise<string> {
  const handle = await openPlain(path)
  try {
    const {size} = await handle.stat()
    if (size > MOST_BYTES) throw new NotPlain('EFBIG', `is larger than ${String(MOST_BYTES / 1024 / 1024)} MiB`)
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}
