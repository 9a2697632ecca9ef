import {statSync} from 'node:fs'
import {join} from 'node:path'
import {readPlainText} from '../../files/plain-file.js'
import type {ComposePlace, ComposeSources} from '../../ports/compose.js'
import {variableUses} from './variable-uses.js'

function editedAt(file: string): ComposeSources['files'] {
  const found = statSync(file, {throwIfNoEntry: false})
  return found?.isFile() === true ? [{file, editedAt: found.mtime.toISOString()}] : []
}

/**
 * `printed`: what Compose's `config --no-interpolate` prints; null where that fails, as of 1.29 for a port with a variable: then the files
 * speak for themselves. null when they cannot be read.
 */
export function composeSources(
  {files, directory, envFiles, variables}: ComposePlace,
  printed: string | null,
): ComposeSources | null {
  try {
    const documents = printed === null ? files.map((file) => readPlainText(file)) : [printed]
    const read = [...files, ...(envFiles ?? [join(directory, '.env')])]
    return {uses: variableUses(documents, variables), files: read.flatMap(editedAt)}
  } catch {
    return null
  }
}
