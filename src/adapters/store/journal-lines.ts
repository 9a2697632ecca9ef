import type {JournalEntry, JournalReading} from '../../ports/journal.js'

function isEntry(value: unknown): value is JournalEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'sequence' in value &&
    typeof value.sequence === 'number' &&
    'at' in value &&
    typeof value.at === 'string' &&
    'by' in value &&
    typeof value.by === 'string' &&
    'kind' in value &&
    typeof value.kind === 'string'
  )
}

function parseLine(line: string): JournalEntry | null {
  try {
    const value: unknown = JSON.parse(line)
    return isEntry(value) ? value : null
  } catch {
    return null
  }
}

/** What a journal's text says, however it ends: a line that a crash tore is counted, not fatal. */
export function parseJournalLines<E>(text: string): JournalReading<E> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const entries = lines.map(parseLine)
  // The lines were written by `append`, which takes only E.
  const events = entries.filter((entry) => entry !== null) as (JournalEntry & E)[]
  return {events, torn: lines.length - events.length}
}
