import {type CheckItem, type CheckReport, wrongThings} from '../../domain/check/check-report.js'
import {withoutReminded} from '../../domain/check/reminded-findings.js'
import type {CheckWords} from '../../domain/check/check-words.js'
import {FaciError, type ErrorCode} from '../../domain/errors.js'
import type {NoticeDelivery} from '../../domain/notices/notice.js'
import {joined, literal, type Markdown, markdown} from '../../domain/text/markdown.js'
import type {Result} from '../../domain/result.js'
import type {LastNotifiedFindings, Remembered} from '../../ports/last-notified-findings.js'
import {flushOutbox} from '../notices/flush-outbox.js'
import {postNotice, type PostNoticeDeps, type PostNoticeInput} from '../notices/post-notice.js'

export interface NotifyCheckDeps extends PostNoticeDeps {
  readonly memory: LastNotifiedFindings
}

export interface NotifyCheckInput extends Pick<PostNoticeInput, 'channel' | 'operator'> {
  /** The heading for people. */
  readonly title: string
  /** Of the people who read it. */
  readonly words: CheckWords
  /** Handles of incidents whose overdue update is in a reminder: one post says it. */
  readonly covered: readonly string[]
}

const STORE_TROUBLE: readonly ErrorCode[] = ['unreachable', 'locked']

/** A notice is read on a phone; the rest is in `faci check daily`. */
const DETAILS = 5

function lines(item: CheckItem, words: CheckWords): readonly Markdown[] {
  const {title, summary, details} = words.item(item)
  const [first = ''] = details
  // The one thing that there is says what its summary says, and what to type.
  if (details.length === 1 && first.startsWith(summary)) return [markdown`**${literal(title)}**: ${literal(first)}`]
  const more = details.length - DETAILS
  const rest = more > 0 ? [markdown`- ${literal(words.moreDetails(more))} → faci check daily`] : []
  const shown = details.slice(0, DETAILS).map((detail) => markdown`- ${literal(detail)}`)
  return [markdown`**${literal(title)}**: ${literal(summary)}`, ...shown, ...rest]
}

async function post(
  deps: NotifyCheckDeps,
  {data}: Result<CheckReport>,
  id: string,
  input: NotifyCheckInput,
): Promise<NoticeDelivery | null> {
  const {words} = input
  const faults = data.items.filter(({verdict}) => verdict !== 'ok')
  const posted = await postNotice(deps, {
    id,
    title: input.title,
    message: joined(
      faults.flatMap((item) => lines(item, words)),
      '\n',
    ),
    severity: 'warning',
    // What nobody could look at is not said to be wrong.
    state: faults.some(({verdict}) => verdict === 'bad') ? 'attention' : 'unknown',
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

/** The id of a notice that is still to be handed over: a new one, or that of a process which was killed before it could. */
async function noticeIdFor({outbox, ids}: NotifyCheckDeps, wrong: string, before: Remembered): Promise<string | null> {
  const {told, telling} = before
  if (telling?.text === wrong) return (await outbox.fate(telling.noticeId)) === 'missing' ? telling.noticeId : null
  return wrong === '' || wrong === told ? null : ids.next()
}

/** Tells what is wrong, once. `told` what people know from now on, a notice that waits included. */
async function tellOnce(
  deps: NotifyCheckDeps,
  result: Result<CheckReport>,
  input: NotifyCheckInput,
  before: Remembered,
  telling: (text: string, noticeId: string) => Promise<void>,
): Promise<{readonly notice: NoticeDelivery | null; readonly told: string}> {
  const wrong = wrongThings(result.data.items)
  const waiting = await deliverWaiting(deps, input.title)
  const id = await noticeIdFor(deps, wrong, before)
  if (id === null) return {notice: waiting, told: wrong}
  await telling(wrong, id)
  const notice = await post(deps, result, id, input)
  return {notice, told: notice?.status === 'lost' ? before.told : wrong}
}

/** A notice that nobody has got yet counts where nothing worse does. */
function withNotice(result: Result<CheckReport>, notice: NoticeDelivery | null): Result<CheckReport> {
  const isDone = notice === null || notice.status === 'delivered' || notice.status === 'dropped'
  const verdict = result.verdict === 'ok' && !isDone ? 'undelivered' : result.verdict
  return {...result, verdict, data: {...result.data, notice}}
}

/**
 * Tells people what is wrong, only that, and only when it is not what they were told last. A notice that is not delivered waits in the
 * outbox for the next time. A store that cannot be used is a warning: people are told all the same, for it cannot say that they were.
 */
export async function notifyCheck(
  deps: NotifyCheckDeps,
  result: Result<CheckReport>,
  input: NotifyCheckInput,
): Promise<Result<CheckReport>> {
  const {data, warnings = []} = result
  const items = withoutReminded(data.items, input.covered)
  const untold = {...result, data: {...data, items}}
  const told: {notice: NoticeDelivery | null} = {notice: null}
  try {
    await deps.memory.update(data.name, async (before, telling) => {
      const outcome = await tellOnce(deps, untold, input, before, telling)
      told.notice = outcome.notice
      return outcome.told
    })
  } catch (error) {
    if (!(error instanceof FaciError) || !STORE_TROUBLE.includes(error.code)) throw error
    // Told every time is better than never: only another check that is at it right now tells instead.
    if (error.code === 'unreachable' && told.notice === null && wrongThings(items) !== '')
      told.notice = await post(deps, untold, deps.ids.next(), input)
    return {...withNotice(result, told.notice), warnings: [...warnings, `--notify: ${error.message}`]}
  }
  return withNotice(result, told.notice)
}
