import {randomBytes} from 'node:crypto'
import {makePrivateFolder, type PrivateFolder, type PrivatePlaces} from '../../files/private-folder.js'
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

const EXECUTABLE = 0o700

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

function written(script: string, faci: FaciCommand, {folder, path: bin, write, remove}: PrivateFolder): BlockFiles {
  const end = randomBytes(16).toString('hex')
  const output = write('output', '')
  write('faci', `#!/bin/sh\nexec ${faci.map(quoted).join(' ')} "$@"\n`, EXECUTABLE)
  return {
    folder,
    script: write('block.sh', script),
    output,
    end,
    bin,
    outputs: () => readOutputFile(output, end),
    remove,
  }
}

/** Errors: `unreachable`, saying why their folder cannot be made; else what the system says. */
export function makeBlockFiles(script: string, faci: FaciCommand, places: PrivatePlaces): BlockFiles {
  const made = makePrivateFolder(places, 'block')
  try {
    return written(script, faci, made)
  } catch (error) {
    made.remove()
    throw error
  }
}
