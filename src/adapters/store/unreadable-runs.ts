import {lstat} from 'node:fs/promises'
import {join} from 'node:path'
import {readJournalEnds} from './journal-ends.js'
import {isMissing} from '../../files/atomic-file.js'

/** A folder is there before its journal is. */
const STARTING_MILLISECONDS = 60_000
const BATCH = 20

/** Whether its first event can be read, which is what every list of runs begins with. */
async function isReadable(directory: string): Promise<boolean> {
  return (await readJournalEnds(join(directory, 'journal.jsonl'))).first !== null
}

async function isUnreadable(directory: string, now: Date): Promise<boolean> {
  try {
    if (await isReadable(directory)) return false
  } catch (error) {
    if (!isMissing(error)) return true
  }
  try {
    const found = await lstat(directory)
    return !found.isDirectory() || now.getTime() - found.mtimeMs > STARTING_MILLISECONDS
  } catch (error) {
    return !isMissing(error)
  }
}

/** Those of these runs whose journal is not there, or whose beginning cannot be read. */
export async function unreadableRuns(runs: string, ids: readonly string[], now: Date): Promise<readonly string[]> {
  const found: string[] = []
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH)
    const states = await Promise.all(batch.map((id) => isUnreadable(join(runs, id), now)))
    found.push(...batch.filter((_, index) => states[index] === true))
  }
  return found
}
