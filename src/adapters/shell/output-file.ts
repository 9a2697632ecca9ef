import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs'
import type {OutputProblem} from '../../domain/journal/capture-problem.js'

/** What was written to `$FACI_OUTPUT`; with a problem, nothing of it counts. */
export interface WrittenOutputs {
  readonly values: Readonly<Record<string, string>>
  readonly problem: OutputProblem | null
}

const LARGEST_BYTES = 1_048_576
const LINE = /^([A-Za-z_][A-Za-z0-9_]*)(=|<<)(.*)$/

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
}

function unusable(problem: OutputProblem): WrittenOutputs {
  return {values: {}, problem}
}

interface Entry {
  readonly name: string
  readonly value: string
  /** The line after it. */
  readonly next: number
}

/** What begins at a line, or what is wrong there. A text of it is not told: it may be half of a secret, which no masker knows. */
function entryAt(lines: readonly string[], index: number, end: string): Entry | OutputProblem {
  const line = index + 1
  const [, name, sign, rest = ''] = LINE.exec((lines[index] ?? '').trimEnd()) ?? []
  if (name === undefined) return {why: 'outputNoPair', line}
  if (sign === '=') return {name, value: rest, next: index + 1}
  // Only a word that nobody else knows can end a value of several lines: else a line of the value could.
  if (rest !== end) return {why: 'outputOtherEnd', line}
  const last = lines.indexOf(end, index + 1)
  if (last === -1) return {why: 'outputUnended', line}
  return {name, value: lines.slice(index + 1, last).join('\n'), next: last + 1}
}

function parse(text: string, end: string): WrittenOutputs {
  const values = new Map<string, string>()
  const lines = text.split('\n')
  for (let index = 0; index < lines.length;) {
    if ((lines[index] ?? '').trim() === '') {
      index += 1
      continue
    }
    const entry = entryAt(lines, index, end)
    if ('why' in entry) return unusable(entry)
    if (values.has(entry.name)) return unusable({why: 'outputTwice', name: entry.name, line: index + 1})
    values.set(entry.name, entry.value)
    index = entry.next
  }
  return {values: Object.fromEntries(values), problem: null}
}

/** `end` is the line that ends a value of several. A block may have put anything in its place: a FIFO or a link is not waited for, nor followed. */
export function readOutputFile(file: string, end: string): WrittenOutputs {
  let descriptor: number
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  } catch (error) {
    const code = errnoOf(error)
    return code === 'ENOENT' ? {values: {}, problem: null} : unusable({why: 'outputReplaced', code})
  }
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) return unusable({why: 'outputNoFile'})
    if (stat.size > LARGEST_BYTES) return unusable({why: 'outputTooLarge', bytes: stat.size})
    return parse(readFileSync(descriptor, 'utf8'), end)
  } catch (error) {
    return unusable({why: 'outputUnreadable', code: errnoOf(error)})
  } finally {
    closeSync(descriptor)
  }
}
