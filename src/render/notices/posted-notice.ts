import {stillWaits} from '../../domain/notices/notice.js'
import type {Audience} from '../../domain/notices/notice-words.js'
import type {Result} from '../../domain/result.js'
import type {Style} from '../text/style.js'
import {noticeText} from './notice.js'
import {deliveryText, FLUSH} from './notice-delivery.js'
import type {WordedPost} from './worded-notices.js'

export function postedNoticeText({data}: Result<WordedPost>, style: Style, audience: Audience): string {
  const {notice, delivery} = data
  if (delivery === null) return noticeText(notice, audience, style)
  const retry = stillWaits(delivery.status) ? [style.dim(`To try again: ${style.accent(`${FLUSH} --now`)}`)] : []
  return [deliveryText(delivery, style), ...retry].join('\n')
}
