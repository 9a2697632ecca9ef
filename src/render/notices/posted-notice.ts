import {stillWaits} from '../../domain/notices/notice.js'
import type {Audience} from '../../domain/notices/notice-words.js'
import type {ChannelPreview} from '../../domain/notices/preview.js'
import type {Result} from '../../domain/result.js'
import {linesOf} from '../../domain/text/visible.js'
import type {Style} from '../text/style.js'
import {noticeText} from './notice.js'
import {deliveryText, FLUSH} from './notice-delivery.js'
import type {WordedPost} from './worded-notices.js'

/** Before each line of what is sent: no text of a notice begins a row of the screen. */
const BAR = '│'

function previewText({address, format, text}: ChannelPreview, style: Style): string {
  return [style.bold(`${address}, as ${format}`), ...linesOf(text).map((line) => `${BAR} ${line}`.trimEnd())].join('\n')
}

export function postedNoticeText({data}: Result<WordedPost>, style: Style, audience: Audience): string {
  const {notice, delivery, previews} = data
  if (delivery === null)
    return [noticeText(notice, audience, style), ...previews.map((shown) => previewText(shown, style))].join('\n\n')
  const retry = stillWaits(delivery.status) ? [style.dim(`To try again: ${style.accent(`${FLUSH} --now`)}`)] : []
  return [deliveryText(delivery, style), ...retry].join('\n')
}
