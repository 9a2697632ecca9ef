import {crc32} from 'node:zlib'
import {currentEvent} from '../../domain/journal/old-events.js'
import type {JournalEntry, JournalReading} from '../../ports/journal.js'

/** The last member of a line: the CRC-32 of the line without it. Journals of before November 2026 have none. */
const SEALED = /,"crc":"([0-9a-f]{8})"\}$/

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

/** An event as its line: JSON that says of itself whether it is whole. */
export function journalLine(entry: object): string {
  const text = JSON.stringify(entry)
  return `${text.slice(0, -1)},"crc":"${checksum(text)}"}`
}

/** The line without its checksum; null when it is not what was written. */
function unsealed(line: string): string | null {
  const seal = SEALED.exec(line)
  if (seal === null) return line
  const text = `${line.slice(0, seal.index)}}`
  return checksum(text) === seal[1] ? text : null
}

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
    const text = unsealed(line)
    const value: unknown = text === null ? null : JSON.parse(text)
    return isEntry(value) ? value : null
  } catch {
    return null
  }
}

/** How far the numbers are from 1, 2, 3 …: each that is left out, or comes a second time, is one. */
function holesIn(events: readonly JournalEntry[]): number {
  const before = (index: number): number => events[index - 1]?.sequence ?? 0
  return events.reduce((sum, {sequence}, index) => sum + Math.abs(sequence - before(index) - 1), 0)
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}

/** The number of the last event that was written. One whose line has its end and cannot be read was written: its place stays empty. */
export function lastSequence(text: string): number {
  const lines = linesOf(text)
  const entries = lines.map(parseLine)
  const index = entries.findLastIndex((entry) => entry !== null)
  const after = lines.length - 1 - index
  const isTorn = after > 0 && !text.endsWith('\n')
  return (entries[index]?.sequence ?? 0) + after - (isTorn ? 1 : 0)
}

/**
 * What a journal's text says, however it ends. A line that a crash tore is counted, not fatal: it has no end, and was never whole. A line
 * that has one and cannot be read was damaged later; in the middle it shows as a hole in the sequence.
 */
export function parseJournalLines<E>(text: string): JournalReading<E> {
  const lines = linesOf(text)
  const entries = lines.map(parseLine)
  // The lines were written by `append`, which takes only E.
  const events = entries.filter((entry) => entry !== null).map(currentEvent) as (JournalEntry & E)[]
  const isLastDamaged = entries.at(-1) === null && text.endsWith('\n')
  return {events, torn: lines.length - events.length, missing: holesIn(events) + (isLastDamaged ? 1 : 0)}
}
