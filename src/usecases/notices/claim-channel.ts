import type {Clock} from '../../ports/clock.js'
import type {Outbox, SendingRight} from '../../ports/outbox.js'

/** Another process may be sending to the channel; it needs about a second a notice. */
const PATIENCE_SECONDS = 5
const POLL_SECONDS = 0.1

/** The right to send to a channel, waited for a few seconds; null when another process keeps it. */
export async function claimPatiently(
  {outbox, clock}: {readonly outbox: Outbox; readonly clock: Clock},
  channel: string,
): Promise<SendingRight | null> {
  const deadline = clock.monotonicSeconds() + PATIENCE_SECONDS
  for (;;) {
    const right = await outbox.claim(channel)
    if (right !== null || clock.monotonicSeconds() >= deadline) return right
    await clock.sleep(POLL_SECONDS)
  }
}
