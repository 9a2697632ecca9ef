import {access, constants, lstat, readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {crc32} from 'node:zlib'
import {isMissing} from '../../../files/atomic-file.js'
import type {Size} from '../../../domain/retention/stored.js'
import {inBatches} from '../in-batches.js'
import {storeFailure} from '../private-files.js'

/** One entry of a folder, as it is itself: no link is followed. */
export interface Entry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
  /** As the disk gives them back. */
  readonly bytes: number
  readonly size: number
  readonly mtimeMs: number
  readonly uid: number
}

const BLOCK_BYTES = 512

/** null: it is gone by now. */
export async function entryAt(directory: string, name: string): Promise<Entry | null> {
  try {
    const found = await lstat(join(directory, name))
    const {blocks, size, mtimeMs, uid} = found
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'
    return {name, kind, bytes: blocks * BLOCK_BYTES, size, mtimeMs, uid}
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(join(directory, name), error)
  }
}

/** What is no folder, or not there, is empty: a link leads out of the store. */
async function plainNames(directory: string): Promise<readonly string[]> {
  try {
    return (await lstat(directory)).isDirectory() ? await readdir(directory) : []
  } catch (error) {
    if (isMissing(error)) return []
    throw storeFailure(directory, error)
  }
}

export async function entriesOf(directory: string): Promise<readonly Entry[]> {
  const names = [...(await plainNames(directory))].sort()
  return (await inBatches(names, (name) => entryAt(directory, name))).filter((entry) => entry !== null)
}

/** Looked at together. */
const BATCH = 200

/** The same, until it is late; what cannot be listed has none. A folder may hold a hundred thousand. */
export async function* entriesUntil(directory: string, isLate: () => boolean): AsyncGenerator<Entry> {
  const names = await plainNames(directory).catch(() => [])
  for (let start = 0; start < names.length && !isLate(); start += BATCH) {
    const batch = names.slice(start, start + BATCH)
    const entries = await Promise.all(batch.map((name) => entryAt(directory, name).catch(() => null)))
    yield* entries.filter((entry) => entry !== null)
  }
}

export function sizeOf(entries: readonly Entry[]): Size {
  return {bytes: entries.reduce((sum, {bytes}) => sum + bytes, 0), files: entries.length}
}

/** Another one after anything was written there. */
export function versionOf(entries: readonly Entry[]): string {
  const text = entries.map(({name, size, mtimeMs}) => `${name}/${String(size)}/${String(mtimeMs)}`).join('/')
  return `${String(entries.length)}.${crc32(text).toString(16)}`
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Why nothing can be taken out of this folder; null: it can, or nobody can say so beforehand. */
export async function barrierAt(folder: string): Promise<string | null> {
  try {
    await access(folder, constants.W_OK | constants.X_OK)
    return null
  } catch (error) {
    if (codeOf(error) !== 'EACCES' && codeOf(error) !== 'EPERM') return null
    const uid = (await lstat(folder).catch(() => null))?.uid
    return `this account may not write to ${folder}${uid === undefined ? '' : `, which belongs to uid ${String(uid)}`}`
  }
}
