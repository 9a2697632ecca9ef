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
  readonly releasedAt: string | null
  /** The lease that it was taken over from; null when it was free. */
  readonly takeover: {readonly from: string; readonly reason: string} | null
}

const TEXTS = ['id', 'operator', 'host', 'bootId', 'pidNamespace', 'reason', 'takenAt'] as const
const LONGEST_TEXT = 500
/** What a terminal would obey, or show in another order. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? {...value} : {}
  } catch {
    return {}
  }
}

function isPid(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

function isTicks(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
}

/** Others can write these files: what they say is shown at a terminal. */
function textIn(fields: Fields, name: string): string | null {
  const value = fields[name]
  return typeof value === 'string' ? value.slice(0, LONGEST_TEXT).replaceAll(UNPRINTABLE, '�') : null
}

/** null for what does not say which process that is. */
function parseProcess(text: string): ProcessIdentity | null {
  const fields = fieldsOf(text)
  const {pid, startTicks = null} = fields
  const [host, bootId, pidNamespace] = [
    textIn(fields, 'host'),
    textIn(fields, 'bootId'),
    textIn(fields, 'pidNamespace'),
  ]
  if (host === null || bootId === null || pidNamespace === null || !isPid(pid) || !isTicks(startTicks)) return null
  return {host, bootId, pidNamespace, pid, startTicks}
}

/** A session that was started under a lease, by its leader. */
export interface StartedSession extends ProcessIdentity {
  /** SHA-256 of the token by which what it starts may join, so that reading the file proves nothing; null for none. */
  readonly tokenHash: string | null
}

/** null for what was not written to its end. */
export function parseStarted(text: string): StartedSession | null {
  const identity = parseProcess(text)
  return identity === null ? null : {...identity, tokenHash: textIn(fieldsOf(text), 'tokenHash')}
}

function takeoverIn({takeover}: Fields): LeaseRecord['takeover'] {
  const fields: Fields = typeof takeover === 'object' && takeover !== null ? {...takeover} : {}
  const from = textIn(fields, 'from')
  return from === null ? null : {from, reason: textIn(fields, 'reason') ?? ''}
}

/** null for anything that is no lease record: junk, a torn file, another program's. One that does not say it was released is not. */
export function parseLeaseRecord(text: string): LeaseRecord | null {
  const identity = parseProcess(text)
  const fields = fieldsOf(text)
  if (identity === null || TEXTS.some((name) => textIn(fields, name) === null)) return null
  const named = (name: string): string => textIn(fields, name) ?? ''
  return {
    ...identity,
    id: named('id'),
    operator: named('operator'),
    reason: named('reason'),
    runId: textIn(fields, 'runId'),
    takenAt: named('takenAt'),
    releasedAt: textIn(fields, 'releasedAt'),
    takeover: takeoverIn(fields),
  }
}

/** `uid`: whose the file is, when it is not ours. */
export function holderOf(record: LeaseRecord, heartbeatAt: string, uid: number | null): LeaseHolder {
  const {id, operator, host, pid, bootId, reason, runId, takenAt} = record
  return {id, operator, uid, host, pid, bootId, reason, runId, takenAt, heartbeatAt}
}

/** Stands for whoever wrote a lease file that cannot be read. */
export function unknownHolder(heartbeatAt: string, uid: number | null): LeaseHolder {
  return {
    uid,
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
