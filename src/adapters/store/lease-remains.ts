import {randomBytes} from 'node:crypto'
import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import {processEntries, processEntry} from '../processes/process-table.js'
import {canLookAt} from './holder-liveness.js'
import {inBatches} from './in-batches.js'
import {entriesIn, ownerToMatch, PUBLIC_MODE, readPlain} from './lease-files.js'
import type {LeasePlace, Term} from './lease-files.js'
import {parseStarted} from './lease-record.js'
import type {StartedSession} from './lease-record.js'
import {openMade} from '../../files/atomic-file.js'
import {storeFileMode} from '../../files/shared-folder.js'
import {storeFailure} from './private-files.js'
import {sessionLives} from './process-identity.js'
import type {ProcessIdentity} from './process-identity.js'

/**
 * What was started under a lease, each as `<name>.<term>.<digits>.started`: a file of its own, because a faci inside a block notes what it
 * starts too; by chance, so that nobody can be in its way. It is there before anything of the session runs, and goes with its end; what a
 * killed faci leaves goes with the next term.
 */
const STARTED = /^\d+\.started$/
const DIGITS_BYTES = 6

interface Started extends StartedSession {
  /** The account that it has to run for; null for any. */
  readonly owner: number | null
}

export interface TermName {
  readonly place: LeasePlace
  readonly number: number
}

function prefixOf({place, number}: TermName): string {
  return `${place.name}.${String(number)}.`
}

/** Resolves to what removes the note. */
export async function noteStarted(
  term: TermName,
  self: ProcessIdentity,
  pid: number,
  tokenHash: string | null,
): Promise<() => Promise<void>> {
  const {directory, isPublic} = term.place
  const path = join(
    directory,
    `${prefixOf(term)}${String(randomBytes(DIGITS_BYTES).readUIntBE(0, DIGITS_BYTES))}.started`,
  )
  const note: StartedSession = {...self, pid, startTicks: processEntry(pid)?.startTicks ?? null, tokenHash}
  try {
    const mode = isPublic ? PUBLIC_MODE : storeFileMode(directory)
    const handle = await openMade(path, mode)
    try {
      await handle.writeFile(`${JSON.stringify(note)}\n`)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw storeFailure(path, error)
  }
  return () => rm(path, {force: true}).catch(() => undefined)
}

/** What was not written to its end was never told to run. */
async function noteIn(path: string, {place, uid}: Term): Promise<Started | null> {
  const file = await readPlain(path).catch(() => null)
  const started = file?.text == null ? null : parseStarted(file.text)
  if (file === null || started === null || (file.uid !== uid && file.uid !== 0)) return null
  return {...started, owner: ownerToMatch(place, file.uid)}
}

/** What is on record as started under this term, and can be looked at from here. */
export async function startedUnder(term: Term, self: ProcessIdentity): Promise<readonly Started[]> {
  const prefix = prefixOf(term)
  const notes = (await entriesIn(term.place.directory)).filter(
    (entry) => entry.startsWith(prefix) && STARTED.test(entry.slice(prefix.length)),
  )
  const started = await inBatches(notes, (entry) => noteIn(join(term.place.directory, entry), term))
  return started.filter((one) => one !== null).filter((one) => canLookAt(one, self))
}

/** A session that was started under this term and lives; null when none does, as far as can be seen from here. */
export async function remainsOf(term: Term, self: ProcessIdentity): Promise<number | null> {
  const started = await startedUnder(term, self)
  const all = started.length === 0 ? null : processEntries()
  return started.find((one) => sessionLives(one, one.owner, all))?.pid ?? null
}
