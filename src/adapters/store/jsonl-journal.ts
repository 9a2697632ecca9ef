import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {Clock} from '../../ports/clock.js'
import type {Journal, JournalReading} from '../../ports/journal.js'
import {fileName} from '../../files/file-name.js'
import {readJournalEnds} from './journal-ends.js'
import {becomeWriter, writerOf} from './journal-writer.js'
import {openJsonLines} from './json-lines-writer.js'
import {parseJournalLines} from './journal-lines.js'
import {keepFile} from './keep-file.js'
import {isMissing} from '../../files/atomic-file.js'
import {makeDirectory, storeFailure} from './private-files.js'
import {namesIn} from './names-in.js'
import {readPlain} from './plain-file.js'
import {unreadableRuns} from './unreadable-runs.js'

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

async function orNotFound<T>(reading: Promise<T>, path: string, id: string): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (!isMissing(error)) throw storeFailure(path, error)
    throw new FaciError('notFound', `No run ${id}`, {suggestions: ['faci runbook runs']})
  }
}

async function readLines<E>(path: string, id: string): Promise<JournalReading<E>> {
  return parseJournalLines<E>(await orNotFound(readPlain(path), path, id))
}

async function readKept(directory: string, name: string): Promise<string | null> {
  const path = join(directory, fileName(name))
  try {
    return await readPlain(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
}

async function runIds(runs: string): Promise<readonly string[]> {
  const names = await namesIn(runs)
  return names
    .filter((name) => RUN_ID.test(name))
    .sort()
    .reverse()
}

/** Runs as files: `runs/<ulid>/journal.jsonl`, one JSON document a line, with everything kept beside it. */
export function jsonlJournal<E extends {readonly kind: string}>(options: JsonlJournalOptions): Journal<E> {
  const runs = join(options.directory, 'runs')
  const runPath = (id: string): string => join(runs, fileName(id))
  const filePath = (id: string, file: string): string => join(runPath(id), fileName(file) + EXTENSION)
  return {
    open: async (id, file = DEFAULT_FILE) => {
      const directory = runPath(id)
      await makeDirectory(directory)
      const path = filePath(id, file)
      const {clock, by} = options
      const end = await becomeWriter(path, by, clock.now())
      const writer = await openJsonLines<E>(path, options)
      const close = async (): Promise<void> => {
        await writer.close()
        end()
      }
      return {
        ...writer,
        close,
        keep: (name, content, secrets = []) => keepFile(directory, name, content, options.masker.with(secrets)),
      }
    },
    writer: (id) => writerOf(filePath(id, DEFAULT_FILE), options.clock.now()),
    read: (id, file = DEFAULT_FILE) => readLines<E>(filePath(id, file), id),
    ends: (id, file = DEFAULT_FILE) => {
      const path = filePath(id, file)
      return orNotFound(readJournalEnds<E>(path), path, id)
    },
    kept: (id, name) => readKept(runPath(id), name),
    files: async (id) =>
      (await namesIn(runPath(id)))
        .filter((name) => name.endsWith(EXTENSION))
        .map((name) => name.slice(0, -EXTENSION.length))
        .sort(),
    list: async (limit) => (await runIds(runs)).slice(0, limit),
    unreadable: async () => unreadableRuns(runs, await runIds(runs), options.clock.now()),
    place: runs,
  }
}
