import {join} from 'node:path'
import type {PrunedRun, PruneEntry} from '../../../ports/store-keeper.js'
import type {JournalEntry} from '../../../ports/journal.js'
import {isMissing} from '../../../files/atomic-file.js'
import {parseJournalLines} from '../journal-lines.js'
import {namesIn} from '../names-in.js'
import {readPlain} from '../plain-file.js'
import {storeFailure} from '../private-files.js'

const MONTH = /^\d{4}-\d{2}\.jsonl$/

async function entriesOf(path: string): Promise<readonly (JournalEntry & PruneEntry)[]> {
  try {
    return parseJournalLines<PruneEntry>(await readPlain(path)).events
  } catch (error) {
    if (isMissing(error)) return []
    throw storeFailure(path, error)
  }
}

/** One prune at a time: what began and is followed by no end was cut off, or is at it. */
function runsOf(entry: JournalEntry & PruneEntry, next: PruneEntry | undefined): readonly PrunedRun[] {
  const {at, by} = entry
  const isCutOff = entry.kind === 'prune.started'
  if (isCutOff && next?.kind === 'prune.ended') return []
  const runs = (isCutOff ? entry.goes : entry.removed).filter(({kind}) => kind === 'runs')
  return runs.flatMap(({names}) => names.map((id) => ({id, at, by, isCutOff})))
}

/** Runs that a prune says it removed, or was to remove when it was cut off, by a whole id, or a beginning or an end that no other has; null: none, or several. */
export async function prunedRun(records: string, wanted: string): Promise<PrunedRun | null> {
  const months = (await namesIn(records)).filter((name) => MONTH.test(name)).sort()
  const met = new Map<string, PrunedRun>()
  const entries: (JournalEntry & PruneEntry)[] = []
  for (const month of months) entries.push(...(await entriesOf(join(records, month))))
  for (const run of entries.flatMap((entry, index) => runsOf(entry, entries[index + 1])))
    if (run.id.startsWith(wanted) || run.id.endsWith(wanted)) met.set(run.id, run)
  const [found, ...others] = met.values()
  return others.length === 0 ? (found ?? null) : (met.get(wanted) ?? null)
}
