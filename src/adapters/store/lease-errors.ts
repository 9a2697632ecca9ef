import {FaciError} from '../../domain/errors.js'
import type {LeaseHolder} from '../../ports/lease.js'

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
    suggestions: [`ps -o pid,etime,args --sid ${String(remains)}`, 'faci status'],
  })
}

export function lockedByGone(project: string, holder: LeaseHolder, why: string): FaciError {
  return new FaciError('locked', `${project} is still locked by ${describe(holder)}; but ${why}`, {
    suggestions: ['Repeat the command with --takeover "why it is safe"', 'faci status'],
  })
}

/** Every attempt found that another process had just been faster. */
export function takenByOthers(project: string): FaciError {
  return new FaciError('locked', `The lock on ${project} changes hands all the time`, {suggestions: ['faci status']})
}

export function leaseLost(project: string, now: LeaseHolder | null): FaciError {
  const who = now === null ? 'its lock file is gone' : `it now belongs to ${describe(now)}`
  return new FaciError('locked', `The lock on ${project} is no longer ours: ${who}`, {suggestions: ['faci status']})
}

export function notOfThisRun(project: string): FaciError {
  return new FaciError('refused', `The run token in the environment is not that of the run that holds ${project}`, {
    suggestions: ['env -u FACI_RUN_TOKEN faci …'],
  })
}
