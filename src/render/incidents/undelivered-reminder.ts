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
