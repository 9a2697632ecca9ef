import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs'

/** What was written to `$FACI_OUTPUT`; with a problem, nothing of it counts. */
export interface WrittenOutputs {
  readonly values: Readonly<Record<string, string>>
  readonly problem: string | null
}

const LARGEST_BYTES = 1_048_576
const LINE = /^([A-Za-z_][A-Za-z0-9_]*)(=|<<)(.*)$/

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
}

function unusable(problem: string): WrittenOutputs {
  return {values: {}, problem: `$FACI_OUTPUT ${problem}`}
}

interface Entry {
  readonly name: string
  readonly value: string
  /** The line after it. */
  readonly next: number
}

/** What begins at a line, or what is wrong there. A text of it is not told: it may be half of a secret, which no masker knows. */
function entryAt(lines: readonly string[], index: number, end: string): Entry | string {
  const at = `line ${String(index + 1)}`
  const [, name, sign, rest = ''] = LINE.exec((lines[index] ?? '').trimEnd()) ?? []
  if (name === undefined)
    return `has something other than NAME=VALUE in ${at}: a value of several lines is NAME<<$FACI_EOF, the value, $FACI_EOF`
  if (sign === '=') return {name, value: rest, next: index + 1}
  // Only a word that nobody else knows can end a value of several lines: else a line of the value could.
  if (rest !== end) return `begins a value in ${at} that does not end with $FACI_EOF: write NAME<<$FACI_EOF`
  const last = lines.indexOf(end, index + 1)
  if (last === -1) return `begins a value in ${at} that no line $FACI_EOF ends`
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
    if (typeof entry === 'string') return unusable(entry)
    if (values.has(entry.name)) return unusable(`gives ${entry.name} a second time in line ${String(index + 1)}`)
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
    return code === 'ENOENT' ? {values: {}, problem: null} : unusable(`is no longer the file that faci made (${code})`)
  }
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) return unusable('is no longer a regular file')
    if (stat.size > LARGEST_BYTES) return unusable(`is ${String(stat.size)} bytes long: at most 1 MiB can be captured`)
    return parse(readFileSync(descriptor, 'utf8'), end)
  } catch (error) {
    return unusable(`cannot be read (${errnoOf(error)})`)
  } finally {
    closeSync(descriptor)
  }
}
