import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import {actionOf} from '../../domain/journal/journal-actions.js'
import type {JournaledEvent} from '../../domain/journal/journal-actions.js'
import type {Activity} from '../../domain/journal/activity.js'
import type {Journal} from '../../ports/journal.js'

type ActionJournal = Journal<JournaledEvent>

/** One screen shows only a few. */
const RUNS = 5

async function actionsOf(journal: ActionJournal, id: string): Promise<readonly Activity[]> {
  try {
    const files = await journal.files(id)
    const [writer, ...readings] = await Promise.all([
      journal.writer(id),
      ...files.map((file) => journal.read(id, file)),
    ])
    return readings.flatMap(({events}) => actionOf(events, writer !== null) ?? [])
  } catch (error) {
    rethrowBugOrInterrupt(error)
    // Counted by `unreadable`; it hides no other run.
    return []
  }
}

/** What faci did lately, by the journals of the newest runs. */
export async function recentActions(journal: ActionJournal): Promise<readonly Activity[]> {
  const ids = await journal.list(RUNS)
  return (await Promise.all(ids.map((id) => actionsOf(journal, id)))).flat()
}
