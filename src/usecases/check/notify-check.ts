import {type CheckItem, type CheckReport, wrongThings} from '../../domain/check/check-report.js'
import type {NoticeDelivery} from '../../domain/notice/notice.js'
import type {Result} from '../../domain/result.js'
import type {CheckMemory} from '../../ports/check-memory.js'
import {postNotice, type PostNoticeDeps, type PostNoticeInput} from '../notices/post-notice.js'

export interface NotifyCheckDeps extends PostNoticeDeps {
  readonly memory: CheckMemory
}

export interface NotifyCheckInput extends Pick<PostNoticeInput, 'channel' | 'operator'> {
  /** The heading for people. */
  readonly title: string
}

function lines(item: CheckItem): readonly string[] {
  return [`**${item.title}**: ${item.summary}`, ...item.details.map((detail) => `- ${detail}`)]
}

/** Tells people what is wrong, only that, and only when it is not what they were told last. A notice that is not delivered waits in the outbox. */
export async function notifyCheck(
  deps: NotifyCheckDeps,
  result: Result<CheckReport>,
  input: NotifyCheckInput,
): Promise<Result<CheckReport>> {
  const {data} = result
  const wrong = wrongThings(data.items)
  let delivery: NoticeDelivery | null = null
  await deps.memory.update(data.name, async (before) => {
    if (wrong === '' || wrong === before) return wrong
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
    delivery = posted.data.delivery
    return wrong
  })
  return {...result, data: {...data, notice: delivery}}
}
