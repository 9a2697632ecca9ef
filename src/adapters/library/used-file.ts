import {createHash} from 'node:crypto'
import {FaciError} from '../../domain/errors.js'
import type {UsedFile} from '../../domain/execution/consent-ground.js'
import {readPlainBytes, whyUnreadable} from '../../files/plain-file.js'

/** How a compiled program begins: nobody reads it. Bash runs no file that begins so as a script. */
const PROGRAM = Buffer.from('\u007FELF')

/** A file that a runbook uses, at `path`; `text`: null for a compiled program. Errors: `runbookInvalid` for one that cannot be read. */
export function readUsedFile(path: string): Pick<UsedFile, 'digest'> & {readonly text: string | null} {
  try {
    const bytes = readPlainBytes(path)
    const isProgram = bytes.subarray(0, PROGRAM.length).equals(PROGRAM)
    return {
      digest: createHash('sha256').update(bytes).digest('hex'),
      text: isProgram ? null : bytes.toString('utf8'),
    }
  } catch (error) {
    throw new FaciError('runbookInvalid', `\`uses\` names ${path}, which cannot be read (${whyUnreadable(error)})`, {
      suggestions: ['paths are those that the blocks see: from the folder of faci.yml'],
      cause: error,
    })
  }
}
