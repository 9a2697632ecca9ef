import type {NoticeReason} from '../../src/domain/notices/undelivered.js'
import {noticeReasonText} from '../../src/render/words/en/undelivered.js'

/** A reason in words that are nobody's. */
export function told(text: string): {readonly why: 'told'; readonly text: string} {
  return {why: 'told', text}
}

/** The same with its reason in English, where it has one. */
export function inWords<T extends object>(found: T): Omit<T, 'reason'> & {readonly reason?: string | null} {
  if (!('reason' in found)) return found
  const reason = found.reason as NoticeReason | null
  return {...found, reason: reason === null ? null : noticeReasonText(reason)}
}
