import {closeSync, constants, openSync, readSync} from 'node:fs'
import {setImmediate as turn, setTimeout as wait} from 'node:timers/promises'

export type TypedInput = NodeJS.ReadableStream & {readonly isTTY?: boolean; readonly fd?: number}

/** An answer counts from 50 ms after the question; so long the kernel may take to bring up what was typed before. */
const SETTLE_MS = 25
const LOOK_EVERY_MS = 3
/** On a machine too busy to look in time: the driver holds 4 KiB, the rest comes up only when those are read. */
const FEWEST_LOOKS = 3
const PIECE_BYTES = 4096
const CTRL_C = 3

/** The terminal once more, to be read without waiting. Its own file may be closed to us (`sudo -u`): then the controlling terminal. */
function reopened({isTTY, fd}: TypedInput): number | null {
  if (isTTY !== true || fd === undefined) return null
  for (const path of [`/proc/self/fd/${String(fd)}`, '/dev/tty']) {
    try {
      return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
    } catch {
      continue
    }
  }
  return null
}

/** Reads what is there now; true when there was a Ctrl-C in it. */
function empty(fd: number): boolean {
  const piece = Buffer.alloc(PIECE_BYTES)
  let isInterrupted = false
  try {
    for (let size = readSync(fd, piece); size > 0; size = readSync(fd, piece))
      isInterrupted ||= piece.subarray(0, size).includes(CTRL_C)
  } catch {
    // EAGAIN: nothing is left. Anything else, such as EIO of a closed terminal, is met by whoever reads next.
  }
  return isInterrupted
}

async function discardHeld(fd: number): Promise<boolean> {
  const end = performance.now() + SETTLE_MS
  let isInterrupted = false
  // The time is looked at before each read, so that a pause of ours takes no answer for something older.
  for (let looks = 0; looks < FEWEST_LOOKS || performance.now() < end; looks += 1) {
    isInterrupted = empty(fd) || isInterrupted
    await wait(LOOK_EVERY_MS)
  }
  return isInterrupted
}

/** Where the terminal cannot be opened again, and for what is no terminal. */
async function discardStream(input: TypedInput): Promise<boolean> {
  let isInterrupted = false
  const discard = (piece: Buffer | string): void => {
    isInterrupted ||= Buffer.from(piece).includes(CTRL_C)
  }
  input.on('data', discard).resume()
  await wait(SETTLE_MS)
  await turn()
  input.off('data', discard).pause()
  return isInterrupted
}

/**
 * Throws away what was typed before now, where the terminal is in raw mode: it answers a question that nobody had seen. True when a
 * Ctrl-C was among it, which means what it always means.
 */
export async function discardTypeAhead(input: TypedInput): Promise<boolean> {
  const fd = reopened(input)
  if (fd === null) return discardStream(input)
  try {
    return await discardHeld(fd)
  } finally {
    closeSync(fd)
  }
}
