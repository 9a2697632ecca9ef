import {FaciError} from '../../domain/errors.js'
import type {LeaseHolder} from '../../ports/lease.js'

function describe({operator, host, pid, takenAt, reason}: LeaseHolder): string {
  return `${operator} on ${host} (pid ${String(pid)}, since ${takenAt}): ${reason}`
}

export function lockedBy(project: string, holder: LeaseHolder): FaciError {
  return new FaciError('locked', `${project} is being changed by ${describe(holder)}`, {suggestions: ['faci status']})
}

export function lockedByGone(project: string, holder: LeaseHolder, why: string): FaciError {
  return new FaciError('locked', `${project} is still locked by ${describe(holder)}; but ${why}`, {
    suggestions: ['Repeat the command with --takeover "why it is safe"', 'faci status'],
  })
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
