import {randomBytes} from 'node:crypto'
import {existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {BLOCK_PREFIX, sweepBlockFiles} from './abandoned-files.js'
import {readOutputFile, type WrittenOutputs} from './output-file.js'

/** How this very faci is started again: an executable and its first arguments. */
export type FaciCommand = readonly [string, ...string[]]

/** The private files of one block. */
export interface BlockFiles {
  /** Holds all of them. */
  readonly folder: string
  readonly script: string
  /** `$FACI_OUTPUT`. */
  readonly output: string
  /** `$FACI_EOF`: the line that ends a value of several; nobody but this block knows it. */
  readonly end: string
  /** Holds a `faci` that is this one. */
  readonly bin: string
  readonly outputs: () => WrittenOutputs
  /** Harmless when it is repeated. */
  readonly remove: () => void
}

/** Within a folder that only this user can enter: nobody else can plant what it is renamed to. */
const FILES = 'block'
const PRIVATE = 0o600
const EXECUTABLE = 0o700

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** Renamed first: who still writes in it no longer finds it. What cannot be tidied up says nothing of what the block did. */
function removeFolder(folder: string): void {
  try {
    const files = join(folder, FILES)
    if (existsSync(files)) renameSync(files, join(folder, 'leaving'))
    rmSync(folder, {recursive: true, force: true})
  } catch {
    // Left to whoever sweeps the temp folder.
  }
}

let isSwept = false

function sweepOnce(): void {
  if (!isSwept) sweepBlockFiles(tmpdir(), new Date())
  isSwept = true
}

/** Makes them in a directory that only this user can enter. At once: a few small files take less time than waiting for a thread. */
export function makeBlockFiles(script: string, faci: FaciCommand): BlockFiles {
  sweepOnce()
  const folder = mkdtempSync(join(tmpdir(), BLOCK_PREFIX))
  const bin = join(folder, FILES)
  mkdirSync(bin)
  const files = {
    folder,
    script: join(bin, 'block.sh'),
    output: join(bin, 'output'),
    end: randomBytes(16).toString('hex'),
    bin,
  }
  writeFileSync(files.script, script, {mode: PRIVATE})
  writeFileSync(files.output, '', {mode: PRIVATE})
  writeFileSync(join(bin, 'faci'), `#!/bin/sh\nexec ${faci.map(quoted).join(' ')} "$@"\n`, {mode: EXECUTABLE})
  return {
    ...files,
    outputs: () => readOutputFile(files.output, files.end),
    remove: () => {
      removeFolder(folder)
    },
  }
}
