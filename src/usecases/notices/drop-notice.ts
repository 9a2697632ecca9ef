import type {DroppedNotice} from '../../domain/notice/notice-report.js'
import type {Result} from '../../domain/result.js'
import type {Outbox} from '../../ports/outbox.js'

/** Gives up a notice that waits, or something unreadable in the outbox. Errors: `notFound`. */
export async function dropNotice({outbox}: {readonly outbox: Outbox}, id: string): Promise<Result<DroppedNotice>> {
  await outbox.drop(id)
  return {verdict: 'ok', data: {id}}
}
