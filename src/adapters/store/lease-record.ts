import type {LeaseHolder} from '../../ports/lease.js'
import {UNKNOWN} from './process-identity.js'
import type {ProcessIdentity} from './process-identity.js'

/** What a lease file holds. Its time of last modification is the heartbeat. */
export interface LeaseRecord extends ProcessIdentity {
  readonly id: string
  readonly operator: string
  readonly reason: string
  readonly runId: string | null
  readonly takenAt: string
  /** SHA-256 of the token, so that reading the file proves nothing. */
  readonly tokenHash: string
  readonly takeover: {readonly from: string; readonly reason: string} | null
  readonly releasedAt: string | null
}

const TEXTS = ['id', 'operator', 'host', 'bootId', 'pidNamespace', 'reason', 'takenAt', 'tokenHash'] as const

function isRecord(value: unknown): value is LeaseRecord {
  if (typeof value !== 'object' || value === null) return false
  const fields: Readonly<Record<string, unknown>> = {...value}
  return TEXTS.every((name) => typeof fields[name] === 'string') && typeof fields['pid'] === 'number'
}

/** null for anything that is no lease record: junk, a torn file, another program's. */
export function parseLeaseRecord(text: string): LeaseRecord | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

export function holderOf(record: LeaseRecord, heartbeatAt: string): LeaseHolder {
  const {id, operator, host, pid, bootId, reason, runId, takenAt} = record
  return {id, operator, host, pid, bootId, reason, runId, takenAt, heartbeatAt}
}

/** Stands for whoever wrote a lease file that cannot be read. */
export function unknownHolder(heartbeatAt: string): LeaseHolder {
  return {
    id: UNKNOWN,
    operator: UNKNOWN,
    host: UNKNOWN,
    pid: 0,
    bootId: UNKNOWN,
    reason: UNKNOWN,
    runId: null,
    takenAt: heartbeatAt,
    heartbeatAt,
  }
}
