import {createHash} from 'node:crypto'
import {FaciError} from '../../domain/errors.js'
import {readPlainBytes, whyUnreadable} from '../../files/plain-file.js'

/** SHA-256 of a file's content, in hex. Errors: `runbookInvalid` for one that a runbook uses and that cannot be read. */
export function digestOf(path: string): string {
  try {
    return createHash('sha256').update(readPlainBytes(path)).digest('hex')
  } catch (error) {
    throw new FaciError('runbookInvalid', `\`uses\` names ${path}, which cannot be read (${whyUnreadable(error)})`, {
      suggestions: ['paths are those that the blocks see: from the folder of faci.yml'],
      cause: error,
    })
  }
}
