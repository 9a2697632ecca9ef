import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Section} from '../../domain/section.js'
import type {StatusReport} from '../../domain/status/status.js'
import type {Outbox} from '../../ports/outbox.js'

export interface SurveyStoreDeps {
  readonly outbox: Outbox
  /** The ids of runs that cannot be read. */
  readonly unreadableRuns: () => Promise<readonly string[]>
}

async function asked<T>(ask: () => Promise<T>): Promise<Section<T>> {
  try {
    return {kind: 'read', value: await ask(), verdict: 'healthy'}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {kind: 'unknown', reason: error.message, verdict: 'unknown'}
  }
}

/** What waits in the store for a person, and what in it nobody can read. */
export async function surveyStore(deps: SurveyStoreDeps): Promise<Pick<StatusReport, 'undelivered' | 'unreadable'>> {
  const {outbox, unreadableRuns} = deps
  const [undelivered, unreadable] = await Promise.all([
    asked(async () => (await outbox.pending()).length),
    asked(async () => {
      const [notices, runs] = await Promise.all([outbox.unreadable(), unreadableRuns()])
      return {notices: notices.length, runs: runs.length}
    }),
  ])
  return {undelivered, unreadable}
}
