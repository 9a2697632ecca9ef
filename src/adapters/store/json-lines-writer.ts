import {open} from 'node:fs/promises'
import type {FileHandle} from 'node:fs/promises'
import {dirname} from 'node:path'
import type {Masker} from '../../domain/secrets/masker.js'
import type {Clock} from '../../ports/clock.js'
import type {JournalEntry, JournalWriter} from '../../ports/journal.js'
import {journalLine, lastSequence} from './journal-lines.js'
import {maskStrings} from './mask-strings.js'
import {readPlain} from './plain-file.js'
import {FILE_MODE, isMissing, openMade, syncFolder} from '../../files/atomic-file.js'
import {storeFileMode} from '../../files/shared-folder.js'
import {storeFailure} from './private-files.js'

export interface JsonLinesOptions {
  readonly masker: Masker
  readonly clock: Clock
  readonly by: string
}

interface Ending {
  readonly sequence: number
  /** The last line has no end: a crash tore it. */
  readonly torn: boolean
}

async function endingOf(path: string): Promise<Ending | null> {
  try {
    const text = await readPlain(path)
    return {sequence: lastSequence(text), torn: text !== '' && !text.endsWith('\n')}
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
}

async function openAtEnd(path: string, ending: Ending | null): Promise<FileHandle> {
  try {
    // What was begun may be another's of the group: its mode is as it was.
    const handle =
      ending === null ? await openMade(path, storeFileMode(dirname(path)), 'a') : await open(path, 'a', FILE_MODE)
    if (ending === null) await syncFolder(dirname(path))
    // A torn line stays as it is, for whoever reads it; the next event begins on a line of its own.
    if (ending?.torn === true) await handle.appendFile('\n')
    return handle
  } catch (error) {
    throw storeFailure(path, error)
  }
}

/** Appends events to one file, one after the other in the order of the calls. */
export async function openJsonLines<E extends {readonly kind: string}>(
  path: string,
  {masker, clock, by}: JsonLinesOptions,
): Promise<JournalWriter<E>> {
  const ending = await endingOf(path)
  const handle = await openAtEnd(path, ending)
  let sequence = ending?.sequence ?? 0
  let last: Promise<unknown> = Promise.resolve()
  /** A full disk may have taken half a line. */
  let isTorn = false

  const write = async (entry: JournalEntry & E, durable: boolean): Promise<JournalEntry & E> => {
    try {
      await handle.appendFile(`${isTorn ? '\n' : ''}${journalLine(maskStrings(entry, masker) as object)}\n`)
      isTorn = false
      if (durable) await handle.datasync()
      return entry
    } catch (error) {
      isTorn = true
      throw storeFailure(path, error)
    }
  }

  return {
    append: (event, durable = false) => {
      sequence += 1
      const entry = {sequence, at: clock.now().toISOString(), by, ...event}
      const written = last.then(() => write(entry, durable))
      last = written.catch(() => undefined)
      return written
    },
    close: async () => {
      await last
      await handle.close()
    },
  }
}
