import {readdir, readFile} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {Clock} from '../../ports/clock.js'
import type {Journal, JournalReading} from '../../ports/journal.js'
import {readJournalEnds} from './journal-ends.js'
import {openJsonLines} from './json-lines-writer.js'
import {parseJournalLines} from './journal-lines.js'
import {keepFile} from './keep-file.js'
import {isMissing, makeDirectory, storeFailure} from './private-files.js'

export interface JsonlJournalOptions {
  /** `.faci`. */
  readonly directory: string
  readonly masker: Masker
  readonly clock: Clock
  /** Who writes: `operator@host`. */
  readonly by: string
}

const DEFAULT_FILE = 'journal'
const EXTENSION = '.jsonl'
const RUN_ID = /^[0-9A-HJKMNP-TV-Z]{26}$/

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (isMissing(error)) return []
    throw storeFailure(directory, error)
  }
}

async function orNotFound<T>(reading: Promise<T>, path: string, id: string): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (!isMissing(error)) throw storeFailure(path, error)
    throw new FaciError('notFound', `No run ${id}`, {suggestions: ['faci runbook runs']})
  }
}

async function readLines<E>(path: string, id: string): Promise<JournalReading<E>> {
  return parseJournalLines<E>(await orNotFound(readFile(path, 'utf8'), path, id))
}

async function readKept(directory: string, name: string): Promise<string | null> {
  if (basename(name) !== name || name.startsWith('.')) throw new TypeError(`Not a plain file name: ${name}`)
  try {
    return await readFile(join(directory, name), 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(join(directory, name), error)
  }
}

/** Runs as files: `runs/<ulid>/journal.jsonl`, one JSON document a line, with everything kept beside it. */
export function jsonlJournal<E extends {readonly kind: string}>(options: JsonlJournalOptions): Journal<E> {
  const runs = join(options.directory, 'runs')
  return {
    open: async (id, file = DEFAULT_FILE) => {
      const directory = join(runs, id)
      await makeDirectory(directory)
      const writer = await openJsonLines<E>(join(directory, file + EXTENSION), options)
      return {...writer, keep: (name, content) => keepFile(directory, name, content, options.masker)}
    },
    read: (id, file = DEFAULT_FILE) => readLines<E>(join(runs, id, file + EXTENSION), id),
    ends: (id, file = DEFAULT_FILE) => {
      const path = join(runs, id, file + EXTENSION)
      return orNotFound(readJournalEnds<E>(path), path, id)
    },
    kept: (id, name) => readKept(join(runs, id), name),
    files: async (id) =>
      (await namesIn(join(runs, id)))
        .filter((name) => name.endsWith(EXTENSION))
        .map((name) => name.slice(0, -EXTENSION.length))
        .sort(),
    list: async (limit) =>
      (await namesIn(runs))
        .filter((name) => RUN_ID.test(name))
        .sort()
        .reverse()
        .slice(0, limit),
  }
}
