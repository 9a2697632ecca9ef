import type {NoticeDelivery} from '../../domain/notice/notice.js'
import type {FlushReport, PostedNotice} from '../../domain/notice/notice-report.js'
import type {Audience} from '../../domain/notice/wording.js'
import type {Result} from '../../domain/result.js'
import {noticeText} from './notice.js'
import type {Style} from './style.js'

/** One line: what became of a notice, and what to type when it is not what was hoped for. */
export function deliveryText({channel, status, reason, title}: NoticeDelivery, style: Style): string {
  const why = reason === null ? '' : `: ${reason}`
  switch (status) {
    case 'delivered':
      return `${style.good('✔')} ${style.bold(title)} ${reason ?? `delivered to ${channel}`}`
    case 'pending':
      return `${style.warn('▲')} ${style.bold(title)} waits for ${channel}${why}`
    case 'rejected':
      return `${style.bad('✖')} ${style.bold(title)} rejected by ${channel}${why}`
  }
}

const RETRY = 'Try again with: faci notify flush'

export function postedNoticeText({data}: Result<PostedNotice>, style: Style, audience: Audience): string {
  if (data.delivery === null) return noticeText(data.notice, audience, style)
  const retry = data.delivery.status === 'delivered' ? [] : [style.dim(RETRY)]
  return [deliveryText(data.delivery, style), ...retry].join('\n')
}

export function flushText({data}: Result<FlushReport>, style: Style): string {
  const {delivered, waiting} = data
  if (delivered.length + waiting.length === 0) return `${style.good('✔')} No notice waits`
  const retry = waiting.length === 0 ? [] : [style.dim(RETRY)]
  return [...[...delivered, ...waiting].map((delivery) => deliveryText(delivery, style)), ...retry].join('\n')
}
