import type {Failure} from '../../domain/notices/undelivered.js'
import type {Delivery, Sighting} from '../../ports/notifier.js'

/** Its message may hold what nobody should read: only the kind of error is told. */
export function whatThrew(error: unknown): Failure {
  return {why: 'threw', name: error instanceof Error ? error.name : 'unknown'}
}

/** Nothing of a notifier can throw into a run: whatever it throws is a post whose end nobody saw. */
export async function safely(call: () => Promise<Delivery>): Promise<Delivery> {
  try {
    return await call()
  } catch (error) {
    return {kind: 'failed', reason: whatThrew(error), retryAfterSeconds: null, mayHaveArrived: true}
  }
}

export async function safelyFound(call: () => Promise<Sighting>): Promise<Sighting> {
  try {
    return await call()
  } catch (error) {
    return {kind: 'unseen', reason: whatThrew(error), retryAfterSeconds: null}
  }
}
