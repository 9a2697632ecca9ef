import {createHash} from 'node:crypto'
import {FaciError} from '../../domain/errors.js'
import type {UsedFile} from '../../domain/execution/consent-ground.js'
import type {UsedContent} from '../../domain/runbook/lint/used-content.js'
import {readPlainBytes, whyUnreadable} from '../../files/plain-file.js'
import type {Trust} from '../../files/trust.js'

/** As git: what has a NUL byte so early is no text. */
const LOOKED_AT = 8192
/** ELF with its class, byte order and version, and Mach-O of one or several processors. */
const PROGRAM = /^(?:7f454c460[12]0[12]01|feedfac[ef]|c[ef]faedfe|cafebab[ef])/
const HEADER_BYTES = 7

function textIn(bytes: Buffer): string | null {
  if (bytes.subarray(0, LOOKED_AT).includes(0)) return null
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    return null
  }
}

function beginningOf(bytes: Buffer): UsedContent['begins'] {
  if (bytes.subarray(0, 2).toString('latin1') === '#!') return 'script'
  return PROGRAM.test(bytes.subarray(0, HEADER_BYTES).toString('hex')) ? 'program' : 'other'
}

/** A file that a runbook uses, at `path`. Errors: `runbookInvalid` for one that cannot be read, `refused` for one that a stranger may write. */
export function readUsedFile(path: string, trust: Trust): Pick<UsedFile, 'digest'> & UsedContent {
  try {
    const bytes = readPlainBytes(path, (stats) => {
      trust.check(path, stats)
    })
    return {
      digest: createHash('sha256').update(bytes).digest('hex'),
      text: textIn(bytes),
      begins: beginningOf(bytes),
    }
  } catch (error) {
    if (error instanceof FaciError) throw error
    throw new FaciError('runbookInvalid', `\`uses\` names ${path}, which cannot be read (${whyUnreadable(error)})`, {
      suggestions: ['paths are those that the blocks see: from the folder of faci.yml'],
      cause: error,
    })
  }
}
