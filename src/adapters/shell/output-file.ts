import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs'

/** What was written to `$FACI_OUTPUT`; with a problem, nothing of it counts. */
export interface WrittenOutputs {
  readonly values: Readonly<Record<string, string>>
  readonly problem: string | null
}

const LARGEST_BYTES = 1_048_576
const LINE = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
}

function unusable(problem: string): WrittenOutputs {
  return {values: {}, problem: `$FACI_OUTPUT ${problem}`}
}

function parse(text: string): WrittenOutputs {
  const values: Record<string, string> = {}
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.trimEnd()
    if (line === '') continue
    const [, name, value = ''] = LINE.exec(line) ?? []
    // Its text is not told: it may be half of a secret, which no masker knows.
    if (name === undefined) return unusable(`has something other than NAME=VALUE in line ${String(index + 1)}`)
    values[name] = value
  }
  return {values, problem: null}
}

/** A block may have put anything in its place: a FIFO or a link is not waited for, nor followed. */
export function readOutputFile(file: string): WrittenOutputs {
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
    return parse(readFileSync(descriptor, 'utf8'))
  } catch (error) {
    return unusable(`cannot be read (${errnoOf(error)})`)
  } finally {
    closeSync(descriptor)
  }
}
