import type {DeliveryStatus, Notice} from '../../domain/notices/notice.js'
import type {Notifier} from '../../ports/notifier.js'
import type {Outbox} from '../../ports/outbox.js'

/** `all` of its thread that follows; `ends`: only what does not page itself. */
export type Held = 'nothing' | 'ends' | 'all'

/**
 * What of its thread has to wait for a notice: all, while it waits itself; the ends, where it was rejected and is the beginning of a page
 * that does not exist yet. A pager drops the end of a page that it does not know, and nobody would ever end one that comes after its end.
 */
export async function heldUpBy(
  outbox: Pick<Outbox, 'root'>,
  {perIncident, channel}: Notifier,
  {state, thread, incident}: Notice,
  status: DeliveryStatus,
): Promise<Held> {
  if (status === 'pending') return 'all'
  if (thread === null || status !== 'rejected' || perIncident !== true || state !== 'started') return 'nothing'
  // Whoever reopens begins another page, whatever became of the one before.
  if (incident?.step === 'reopened') return 'ends'
  return (await outbox.root(channel, thread)) === null ? 'ends' : 'nothing'
}

export function isHeldUp({state}: Notice, held: Held): boolean {
  return held === 'all' || (held === 'ends' && state !== 'started')
}
