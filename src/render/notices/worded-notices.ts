import type {NoticeDelivery} from '../../domain/notices/notice.js'
import type {NoticeReason} from '../../domain/notices/undelivered.js'
import type {ChannelTest, FlushReport, PostedNotice} from '../../domain/notices/notice-report.js'
import type {Result} from '../../domain/result.js'
import {noticeReasonText, undeliveredText} from '../words/en/undelivered.js'

// In English, as screens and documents have them.
export type WordedDelivery = NoticeDelivery<string>
export type WordedPost = PostedNotice<string>
export type WordedFlush = FlushReport<string>
export type WordedTest = ChannelTest<string>

/** With why in words. */
export function wordedReason<N extends {readonly reason: NoticeReason | null}>(
  notice: N,
): Omit<N, 'reason'> & {readonly reason: string | null} {
  const {reason} = notice
  return {...notice, reason: reason === null ? null : noticeReasonText(reason)}
}

export function wordedReasons<N extends {readonly reason: NoticeReason | null}>(
  notices: readonly N[],
): readonly (Omit<N, 'reason'> & {readonly reason: string | null})[] {
  return notices.map((notice) => wordedReason(notice))
}

export function wordedPost(result: Result<PostedNotice>): Result<WordedPost> {
  const {delivery} = result.data
  return {...result, data: {...result.data, delivery: delivery === null ? null : wordedReason(delivery)}}
}

export function wordedFlush(result: Result<FlushReport>): Result<WordedFlush> {
  const {delivered, waiting, held, unreadable} = result.data
  return {
    ...result,
    data: {
      ...{delivered: wordedReasons(delivered), waiting: wordedReasons(waiting), held: wordedReasons(held)},
      unreadable,
    },
  }
}

export function wordedTest(result: Result<ChannelTest>): Result<WordedTest> {
  const {detail, closing} = result.data
  const why = closing?.reason ?? null
  const reason = why === null ? null : undeliveredText(why)
  return {
    ...result,
    data: {
      ...result.data,
      detail: typeof detail === 'string' ? detail : undeliveredText(detail),
      closing: closing === null ? null : {...closing, reason},
    },
  }
}
