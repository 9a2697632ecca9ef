import type {ForeseenReminder, RemindedUpdate} from '../../domain/incidents/incident-report.js'
import {stillWaits} from '../../domain/notices/notice.js'
import {command} from '../../domain/text/shell-command.js'
import {nextStep} from '../text/next-step.js'
import type {Style} from '../text/style.js'
import {pageText} from '../notices/page-text.js'

function line(
  {handle, title, severity, dueAt, people}: Omit<ForeseenReminder, 'channels'>,
  verb: string,
  told: string,
  style: Style,
): string {
  const who = people.length === 0 ? '' : ` ${style.bold(people.join(', '))}`
  const next = nextStep(command`faci incident update ${handle} --message '…'`, style)
  return `${style.warn('!')} ${style.bold(handle)} ${severity} ${title}: update overdue since ${style.times.moment(dueAt)}, ${verb}${who} (${told})${next}`
}

/** Nobody was reminded by what nobody got. */
function reminderLine(update: RemindedUpdate<string>, style: Style): string {
  const {notices} = update
  const verb = notices.some(({status}) => status === 'delivered') ? 'reminded' : 'tried to remind'
  const flush = notices.some(({status}) => stillWaits(status))
    ? `; ${style.accent('faci notify flush --now')} retries`
    : ''
  return line(update, verb, `${notices.map((notice) => pageText(notice, style)).join('; ')}${flush}`, style)
}

/** Whose overdue updates people were reminded of, or would be. */
export function reminderLines(
  {
    reminded,
    isReminding,
    foreseen = [],
  }: {
    readonly reminded: readonly RemindedUpdate<string>[]
    readonly isReminding: boolean
    readonly foreseen?: readonly ForeseenReminder[]
  },
  style: Style,
): readonly string[] {
  const busy = foreseen.length > 0 ? 'these reminders wait for it' : 'overdue updates are left to it'
  return [
    ...reminded.map((one) => reminderLine(one, style)),
    ...foreseen.map((one) => line(one, 'would remind', one.channels.join(', '), style)),
    ...(isReminding ? [`${style.dim('◷')} Another process is reminding people right now: ${busy}`] : []),
  ]
}
