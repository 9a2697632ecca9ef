import {type CheckItem, type CheckReport, wrongThings} from '../../domain/check/check-report.js'
import {FaciError, type ErrorCode} from '../../domain/errors.js'
import type {NoticeDelivery} from '../../domain/notice/notice.js'
import type {Result} from '../../domain/result.js'
import type {CheckMemory} from '../../ports/check-memory.js'
import {flushOutbox} from '../notices/flush-outbox.js'
import {postNotice, type PostNoticeDeps, type PostNoticeInput} from '../notices/post-notice.js'

export interface NotifyCheckDeps extends PostNoticeDeps {
  readonly memory: CheckMemory
}

export interface NotifyCheckInput extends Pick<PostNoticeInput, 'channel' | 'operator'> {
  /** The heading for people. */
  readonly title: string
}

const STORE_TROUBLE: readonly ErrorCode[] = ['unreachable', 'locked']

/** A notice is read on a phone; the rest is in `faci check daily`. */
const DETAILS = 5

function lines({title, summary, details}: CheckItem): readonly string[] {
  const more = details.length - DETAILS
  const rest = more > 0 ? [`- and ${more} more → faci check daily`] : []
  return [`**${title}**: ${summary}`, ...details.slice(0, DETAILS).map((detail) => `- ${detail}`), ...rest]
}

async function post(deps: NotifyCheckDeps, data: CheckReport, input: NotifyCheckInput): Promise<NoticeDelivery | null> {
  const faults = data.items.filter(({verdict}) => verdict !== 'ok')
  const posted = await postNotice(deps, {
    title: input.title,
    message: faults.flatMap(lines).join('\n'),
    severity: 'warning',
    state: 'unresolved',
    channel: input.channel,
    preview: false,
    service: data.service,
    environment: data.environment,
    operator: input.operator,
  })
  return posted.data.delivery
}

/** What could not be delivered before is tried again: nobody else may be there to do it. The last of this check's own notices. */
async function deliverWaiting(deps: NotifyCheckDeps, title: string): Promise<NoticeDelivery | null> {
  const {delivered, waiting} = (await flushOutbox(deps)).data
  return [...delivered, ...waiting].findLast((delivery) => delivery.title === title) ?? null
}

/**
 * Tells people what is wrong, only that, and only when it is not what they were told last. A notice that is not delivered waits in the
 * outbox for the next time. A store that cannot be used is a warning: what was checked is the answer all the same.
 */
export async function notifyCheck(
  deps: NotifyCheckDeps,
  result: Result<CheckReport>,
  input: NotifyCheckInput,
): Promise<Result<CheckReport>> {
  const {data, warnings = []} = result
  const wrong = wrongThings(data.items)
  let notice: NoticeDelivery | null = null
  try {
    await deps.memory.update(data.name, async (before) => {
      notice = await deliverWaiting(deps, input.title)
      if (wrong !== '' && wrong !== before) notice = await post(deps, data, input)
      return wrong
    })
  } catch (error) {
    if (!(error instanceof FaciError) || !STORE_TROUBLE.includes(error.code)) throw error
    return {...result, data: {...data, notice}, warnings: [...warnings, `--notify: ${error.message}`]}
  }
  return {...result, data: {...data, notice}}
}
