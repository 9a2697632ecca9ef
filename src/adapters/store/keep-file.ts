import {createWriteStream} from 'node:fs'
import {open} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {StringDecoder} from 'node:string_decoder'
import type {Masker} from '../../domain/secrets/masker.js'
import {FILE_MODE, storeFailure, syncDirectory} from './private-files.js'

async function* masked(content: AsyncIterable<Buffer>, masker: Masker): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  const stream = masker.stream()
  for await (const chunk of content) yield stream.push(decoder.write(chunk))
  yield stream.push(decoder.end()) + stream.end()
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes evidence into a run's directory, masked as it streams, and on disk when it resolves. */
export async function keepFile(
  directory: string,
  name: string,
  content: string | AsyncIterable<Buffer>,
  masker: Masker,
): Promise<string> {
  if (basename(name) !== name || name.startsWith('.')) throw new TypeError(`Not a plain file name: ${name}`)
  const path = join(directory, name)
  const parts = typeof content === 'string' ? [masker.mask(content)] : masked(content, masker)
  try {
    await pipeline(Readable.from(parts), createWriteStream(path, {mode: FILE_MODE}))
    await syncFile(path)
    await syncDirectory(directory)
    return path
  } catch (error) {
    throw storeFailure(path, error)
  }
}
