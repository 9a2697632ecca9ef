import type {DeliveryStatus, Notice} from '../../domain/notices/notice.js'
import type {Notifier} from '../../ports/notifier.js'
import type {Outbox} from '../../ports/outbox.js'

/**
 * Whether what follows in its thread has to wait for a notice: while it waits itself, or was rejected and is the beginning of a page that
 * does not exist yet. A pager drops the end of a page that it does not know, and nobody would ever end one that comes after its end.
 */
export async function holdsUp(
  outbox: Pick<Outbox, 'root'>,
  {perIncident, channel}: Notifier,
  {state, thread}: Notice,
  status: DeliveryStatus,
): Promise<boolean> {
  if (thread === null || status !== 'rejected') return status === 'pending'
  return perIncident === true && state === 'started' && (await outbox.root(channel, thread)) === null
}
