import {FaciError} from '../../domain/errors.js'
import type {DroppedNotice} from '../../domain/notices/notice-report.js'
import type {Result} from '../../domain/result.js'
import type {Clock} from '../../ports/clock.js'
import type {Outbox} from '../../ports/outbox.js'
import {claimPatiently} from './claim-channel.js'

export interface DropNoticeDeps {
  readonly outbox: Outbox
  readonly clock: Clock
}

async function refuseDelivered({outbox}: DropNoticeDeps, id: string): Promise<void> {
  if ((await outbox.fate(id)) === 'delivered')
    throw new FaciError('refused', `Notice ${id} was delivered: there is nothing to give up`)
}

/** Given up only while nobody can be sending it: else it would be called given up, and arrive. */
async function dropWaiting(deps: DropNoticeDeps, id: string, channel: string): Promise<void> {
  const right = await claimPatiently(deps, channel)
  if (right === null)
    throw new FaciError('locked', `Another faci is sending to ${channel}: notice ${id} may be on its way`, {
      suggestions: ['faci notify flush shows whether it still waits'],
    })
  try {
    await refuseDelivered(deps, id)
    await deps.outbox.drop(id)
  } finally {
    await right.release()
  }
}

/**
 * Gives up a notice that waits, or something unreadable in the outbox. Errors: `notFound`, `locked` while another process sends to its
 * channel, `refused` for one that was delivered.
 */
export async function dropNotice(deps: DropNoticeDeps, id: string): Promise<Result<DroppedNotice>> {
  const entry = (await deps.outbox.pending()).find(({notice}) => notice.id === id)
  if (entry !== undefined) {
    await dropWaiting(deps, id, entry.notice.channel)
  } else {
    await refuseDelivered(deps, id)
    await deps.outbox.drop(id)
  }
  return {verdict: 'ok', data: {id}}
}
