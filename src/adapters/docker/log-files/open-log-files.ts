import {constants} from 'node:fs'
import {type FileHandle, open, stat} from 'node:fs/promises'
import {checkPlain, WITHOUT_WAITING} from '../../../files/plain-file.js'
import type {LogPlace} from './find-log-files.js'
import {LogFileDoubt} from './log-format.js'
import type {LogFile} from './log-file.js'

/** The engine renames them one after another, once in a while. */
const TRIES = 3

export interface OpenLog {
  /** Oldest first. */
  readonly files: readonly LogFile[]
  readonly close: () => Promise<void>
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function opened(path: string, isCompressed: boolean): Promise<LogFile | null> {
  let handle: FileHandle
  try {
    handle = await open(path, WITHOUT_WAITING | constants.O_NOFOLLOW)
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
  try {
    const stats = await handle.stat()
    checkPlain(stats)
    return {handle, size: stats.size, isCompressed}
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** The engine compresses a file beside itself, and removes it when that is done. */
async function openedOlder(path: string): Promise<LogFile | null> {
  return (await opened(path, false)) ?? (await opened(`${path}.gz`, true))
}

async function openOnce({path, mostFiles}: LogPlace, files: LogFile[]): Promise<boolean> {
  const newest = await opened(path, false)
  if (newest === null) return false
  files.push(newest)
  for (let number = 1; number < mostFiles; number += 1) {
    const older = await openedOlder(`${path}.${String(number)}`)
    if (older !== null) files.unshift(older)
  }
  const [before, now] = await Promise.all([newest.handle.stat(), stat(path)])
  return before.ino === now.ino && before.dev === now.dev
}

/** All files of a log as they are at one moment. Throws `LogFileDoubt` while they are being renamed, and what `open` throws. */
export async function openLogFiles(place: LogPlace): Promise<OpenLog> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const files: LogFile[] = []
    const close = async (): Promise<void> => {
      await Promise.all(files.map(({handle}) => handle.close()))
    }
    try {
      if (await openOnce(place, files)) return {files, close}
    } catch (error) {
      await close()
      throw error
    }
    await close()
  }
  throw new LogFileDoubt('its files change')
}
