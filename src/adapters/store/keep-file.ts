import {type FileHandle, writeFile} from 'node:fs/promises'
import {join, parse} from 'node:path'
import {StringDecoder} from 'node:string_decoder'
import {FaciError} from '../../domain/errors.js'
import type {Masker} from '../../domain/secrets/masker.js'
import {fileName} from '../../files/file-name.js'
import {isTaken, openMade, syncFolder} from '../../files/atomic-file.js'
import {storeFileMode} from '../../files/shared-folder.js'
import {storeFailure} from './private-files.js'

async function* masked(content: AsyncIterable<Buffer>, masker: Masker): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  const stream = masker.stream()
  for await (const chunk of content) yield stream.push(decoder.write(chunk))
  yield stream.push(decoder.end()) + stream.end()
}

const MOST_OF_A_NAME = 1000

/** Opens a new file: a name that is taken gets a number, for what was kept before is evidence too. */
async function openNew(directory: string, name: string): Promise<{readonly path: string; readonly file: FileHandle}> {
  const {name: stem, ext} = parse(name)
  for (let count = 1; ; count += 1) {
    const path = join(directory, count === 1 ? name : `${stem}-${String(count)}${ext}`)
    try {
      return {path, file: await openMade(path, storeFileMode(directory))}
    } catch (error) {
      if (!isTaken(error) || count === MOST_OF_A_NAME) throw storeFailure(path, error)
    }
  }
}

/** Writes evidence into a run's directory, masked as it streams, and on disk when it resolves. */
export async function keepFile(
  directory: string,
  name: string,
  content: string | AsyncIterable<Buffer>,
  masker: Masker,
): Promise<string> {
  const {path, file} = await openNew(directory, fileName(name))
  try {
    await writeFile(file, typeof content === 'string' ? masker.mask(content) : masked(content, masker))
    await file.sync()
    await syncFolder(directory)
    return path
  } catch (error) {
    throw error instanceof FaciError ? error : storeFailure(path, error)
  } finally {
    await file.close()
  }
}
