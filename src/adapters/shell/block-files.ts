import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** How this very faci is started again: an executable and its first arguments. */
export type FaciCommand = readonly [string, ...string[]]

/** The private files of one block. */
export interface BlockFiles {
  readonly script: string
  /** `$FACI_OUTPUT`. */
  readonly output: string
  /** Holds a `faci` that is this one. */
  readonly bin: string
  readonly outputs: () => Promise<Readonly<Record<string, string>>>
  readonly remove: () => Promise<void>
}

const PRIVATE = 0o600
const EXECUTABLE = 0o700
const LARGEST_OUTPUT = 1_048_576
const LINE = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

async function readOutputs(file: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const pairs = text
    .slice(0, LARGEST_OUTPUT)
    .split('\n')
    .map((line) => LINE.exec(line.trimEnd()))
    .filter((match) => match !== null)
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]))
}

/** Makes them in a directory that only this user can enter. */
export async function makeBlockFiles(script: string, faci: FaciCommand): Promise<BlockFiles> {
  const bin = await mkdtemp(join(tmpdir(), 'faci-block-'))
  const files = {script: join(bin, 'block.sh'), output: join(bin, 'output'), bin}
  await Promise.all([
    writeFile(files.script, script, {mode: PRIVATE}),
    writeFile(files.output, '', {mode: PRIVATE}),
    writeFile(join(bin, 'faci'), `#!/bin/sh\nexec ${faci.map(quoted).join(' ')} "$@"\n`, {mode: EXECUTABLE}),
  ])
  return {
    ...files,
    outputs: () => readOutputs(files.output),
    remove: () => rm(bin, {recursive: true, force: true}),
  }
}
