import type {DroppedNotice} from '../../domain/notices/notice-report.js'
import type {Result} from '../../domain/result.js'
import type {Style} from '../text/style.js'
import type {WordedDelivery, WordedFlush, WordedTest} from './worded-notices.js'

/** One line: what became of a notice, and what to type when it is not what was hoped for. */
export function deliveryText({channel, status, reason, title}: WordedDelivery, style: Style): string {
  const why = reason === null ? '' : `: ${style.times.sentence(reason)}`
  switch (status) {
    case 'delivered':
      return `${style.good('✔')} ${style.bold(title)} ${reason ?? `delivered to ${channel}`}`
    case 'pending':
      return `${style.warn('▲')} ${style.bold(title)} waits for ${channel}${why}`
    case 'rejected':
      return `${style.bad('✖')} ${style.bold(title)} rejected by ${channel}, it waits${why}`
    case 'dropped':
      return `${style.warn('▲')} ${style.bold(title)} not sent to ${channel}${why}`
    case 'unconfirmed':
      return `${style.bad('✖')} ${style.bold(title)} may have arrived in ${channel}, and is not kept${why}`
    case 'held':
      return `${style.accent('◷')} ${style.bold(title)} for ${channel}${why}`
    case 'lost':
      return `${style.bad('✖')} ${style.bold(title)} neither sent to ${channel} nor kept${why}`
  }
}

export const FLUSH = 'faci notify flush'

/** The states in which a notice is in the outbox, and a flush delivers it. */
const WAITS: readonly WordedDelivery['status'][] = ['pending', 'rejected']

/** A line each, and what to type where one of them waits. */
export function deliveriesText(deliveries: readonly WordedDelivery[], style: Style): readonly string[] {
  const lines = deliveries.map((delivery) => deliveryText(delivery, style))
  return deliveries.some(({status}) => WAITS.includes(status)) ? [...lines, style.accent(`→ ${FLUSH} --now`)] : lines
}

/** A notice that waits, with what names it. */
function waitingText(delivery: WordedDelivery, style: Style): string {
  return `${deliveryText(delivery, style)}  ${style.dim(delivery.id)}`
}

const WHAT_NEXT = [
  `→ ${FLUSH} --now        to retry now, also what was given up`,
  `→ ${FLUSH} --resend ID  to post one again even if it may have arrived`,
  '→ faci notify drop ID            to drop one',
] as const

export function flushText({data}: Result<WordedFlush>, style: Style): string {
  const {delivered, waiting, held, unreadable} = data
  if (delivered.length + waiting.length + held.length + unreadable.length === 0)
    return `${style.good('✔')} Nothing to deliver`
  const next = waiting.length + unreadable.length === 0 ? [] : WHAT_NEXT.map((line) => style.dim(line))
  return [
    ...delivered.map((delivery) => deliveryText(delivery, style)),
    ...waiting.map((delivery) => waitingText(delivery, style)),
    ...held.map((delivery) => waitingText(delivery, style)),
    ...unreadable.map(({id, reason}) => `${style.bad('✖')} ${style.bold(id)} cannot be read: ${reason}`),
    ...next,
  ].join('\n')
}

export function droppedText({data}: Result<DroppedNotice>, style: Style): string {
  return `${style.good('✔')} ${style.bold(data.id)} dropped: it will not be sent, and is kept in outbox/dropped`
}

const TESTED: Readonly<Record<WordedTest['state'], readonly [string, 'good' | 'bad' | 'warn', string]>> = {
  delivered: ['✔', 'good', 'took the test notice'],
  rejected: ['✖', 'bad', 'refused the test notice'],
  failed: ['?', 'warn', 'gave no answer'],
}

function closingText({channel, state, closing}: WordedTest, style: Style): readonly string[] {
  if (closing === null) return []
  if (closing.state === 'delivered') {
    const what = state === 'delivered' ? 'Its alert was resolved right after' : 'It was resolved, in case it arrived'
    return [`${style.good('✔')} ${what}: nobody has to close it`]
  }
  const why = style.times.sentence(closing.reason ?? 'no reason')
  return [`${style.bad('✖')} The test alert may still be open in ${channel}: ${why} → resolve it there`]
}

export function channelTestText({data}: Result<WordedTest>, style: Style): string {
  const [sign, tone, word] = TESTED[data.state]
  const head = `${style[tone](sign)} ${style.bold(data.channel)} ${word}: ${data.detail}`
  return [head, ...closingText(data, style)].join('\n')
}
