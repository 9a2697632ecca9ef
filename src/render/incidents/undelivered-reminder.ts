import type {RemindedUpdate} from '../../domain/incidents/incident-report.js'
import {noticeReasonText} from '../words/en/undelivered.js'

/** What is said of a reminder that somebody has not got yet, and why. */
export function undeliveredReminder({handle, notices}: RemindedUpdate): string {
  const told = notices.map(({channel, status, reason}) => {
    const why = reason === null ? '' : `: ${noticeReasonText(reason)}`
    return `${channel} ${status}${why}`
  })
  return `the reminder that an update of ${handle} is overdue is not delivered yet (${told.join('; ')})`
}

/** What is said of reminders that could not be made, or not yet. */
export function reminderWarnings({
  left,
  problems,
}: {
  readonly left: number
  readonly problems: readonly string[]
}): readonly string[] {
  const failed = problems.map((problem) => `not every overdue update could be reminded of: ${problem}`)
  const subject = left === 1 ? 'one more overdue update waits' : `${String(left)} more overdue updates wait`
  return left === 0 ? failed : [...failed, `${subject} to be reminded of by the next call`]
}
