import {FaciError} from '../../domain/errors.js'

/** What the system's error codes mean for somebody who wanted to start a script. */
const MEANINGS: Readonly<Record<string, string>> = {
  E2BIG: 'its inputs and captures are larger than what the system passes to a process',
  EAGAIN: 'the system has no room for another process',
  EMFILE: 'too many files are open',
  ENOMEM: 'the system is out of memory',
  ENOSPC: 'the disk is full',
  EROFS: 'it is read-only',
  EACCES: 'permission denied',
  ENOENT: 'it is gone',
}

/** Nothing of a block ran: what stood in the way, with the system's own code. */
export function notStarted(what: string, cause: unknown): FaciError {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null
  const meaning = code === null ? null : MEANINGS[code]
  const why = code === null ? '' : `: ${meaning === undefined ? code : `${meaning} (${code})`}`
  return new FaciError('unreachable', `not started: ${what}${why}`, {cause})
}
