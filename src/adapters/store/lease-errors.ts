import {stat} from 'node:fs/promises'
import {FaciError} from '../../domain/errors.js'
import type {LeaseHolder} from '../../ports/lease.js'
import type {LeasePlace} from './lease-files.js'
import {command} from '../../domain/text/shell-command.js'

function describe({operator, uid, host, pid, takenAt, reason}: LeaseHolder): string {
  const account = uid === null ? '' : `uid ${String(uid)}, `
  return `${operator} on ${host} (${account}pid ${String(pid)}, since ${takenAt}): ${reason}`
}

/** `remains`: the session that lives on although the holder is gone. */
export function lockedBy(project: string, holder: LeaseHolder, remains: number | null): FaciError {
  if (remains === null)
    return new FaciError('locked', `${project} is being changed by ${describe(holder)}`, {suggestions: ['faci status']})
  const message = `${project} is still being changed by what was started by ${describe(holder)}; that faci is gone, its session ${String(remains)} is not`
  return new FaciError('locked', message, {
    suggestions: [command`ps -o pid,etime,args --sid ${String(remains)}`, 'faci status'],
  })
}

export function lockedByGone(project: string, holder: LeaseHolder, why: string): FaciError {
  return new FaciError('locked', `${project} is still locked by ${describe(holder)}; but ${why}`, {
    suggestions: ['Repeat the command with --takeover "why it is safe"', 'faci status'],
  })
}

/** Every attempt found that another process had just been faster. */
export function takenByOthers(project: string): FaciError {
  return new FaciError('locked', `The lock on ${project} keeps changing hands: try again`, {
    suggestions: ['faci status'],
  })
}

/** Who can remove what is not theirs: the owner of a public folder, in spite of its sticky bit. null when that is root, or we. */
export async function strangerAt({directory, isPublic}: LeasePlace): Promise<number | null> {
  const uid = isPublic ? ((await stat(directory).catch(() => null))?.uid ?? null) : null
  return uid === 0 || uid === process.getuid?.() ? null : uid
}

/** Whatever became of it since. */
export function leaseTaken(project: string, by: LeaseHolder): FaciError {
  const message = `The lock on ${project} is no longer ours: it was taken over by ${describe(by)}`
  return new FaciError('locked', message, {suggestions: ['faci status']})
}

/** `stranger`: the account that the folder belongs to, where that is neither root nor we. */
export function leaseLost(
  project: string,
  now: LeaseHolder | null,
  place: LeasePlace,
  stranger: number | null,
): FaciError {
  const gone =
    stranger === null
      ? 'its lock file is gone'
      : `its lock file is gone, and ${place.directory} belongs to uid ${String(stranger)}, who can remove it`
  const who = now === null ? gone : `it now belongs to ${describe(now)}`
  const mend = now === null && stranger !== null ? [command`sudo chown root ${place.directory}`] : []
  return new FaciError('locked', `The lock on ${project} is no longer ours: ${who}`, {
    suggestions: [...mend, 'faci status'],
  })
}

export function notOfThisRun(project: string): FaciError {
  const message = `cannot join the run that holds the lock on ${project}: FACI_RUN_TOKEN is of a block that has ended, or that did not start this faci`
  return new FaciError('refused', message, {
    suggestions: ['inside a block: start it in the foreground', 'elsewhere: env -u FACI_RUN_TOKEN faci …'],
  })
}
