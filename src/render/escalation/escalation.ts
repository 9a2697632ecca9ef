import type {EscalatedIncident, EscalatedStep} from '../../domain/escalation/escalation-report.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import {span} from '../../domain/time/span.js'
import {nextStep} from '../text/next-step.js'
import {SET_UP} from '../text/set-up.js'
import type {Style} from '../text/style.js'
import {pageText} from '../notices/page-text.js'
import {reminderLines} from '../incidents/reminder-lines.js'
import type {WordedEscalation} from './worded-pages.js'

const SKIPPED = {late: 'skipped, a later step was due', nobody: 'skipped, it has nobody'} as const

/** Nobody was paged by what nobody got. */
function verb(notices: EscalatedStep<string>['notices'], dryRun: boolean): string {
  if (dryRun) return 'would page'
  const isAny = notices.length === 0 || notices.some(({status}) => status === 'delivered')
  return isAny ? 'paged' : 'tried to page'
}

function stepLine({step, why, people, notices}: EscalatedStep<string>, dryRun: boolean, style: Style): string {
  if (why !== 'paged') return style.dim(`  step ${String(step)}: ${SKIPPED[why]}`)
  const told = notices.map((notice) => pageText(notice, style)).join('; ')
  const how = told === '' ? '' : ` (${told})`
  if (people.length === 0)
    return `  step ${String(step)}: nobody is there to be paged, only the channel ${dryRun ? 'would be' : 'is'} told${how}`
  return `  step ${String(step)}: ${verb(notices, dryRun)} ${style.bold(people.join(', '))}${how}`
}

function nextLine({next}: Pick<EscalatedIncident, 'next'>, style: Style): string {
  if (next === null) return style.warn('  no step is left: nobody else is paged')
  const who = next.people.length === 0 ? 'nobody, as of now' : next.people.join(', ')
  return style.dim(`  next: step ${String(next.step)} at ${style.times.moment(next.dueAt)} (${who})`)
}

function incidentLines(incident: EscalatedIncident<string>, dryRun: boolean, style: Style): readonly string[] {
  const {handle, title, severity, unacknowledgedSeconds, steps} = incident
  return [
    `${style.warn('!')} ${style.bold(handle)} ${severity} ${title}: not acknowledged for ${span(unacknowledgedSeconds)}${nextStep(command`faci incident ack ${handle}`, style)}`,
    ...steps.map((step) => stepLine(step, dryRun, style)),
    nextLine(incident, style),
  ]
}

/** Who was paged for what, and who is next. */
export function escalationText(result: Result<WordedEscalation>, style: Style): string {
  const {dryRun, incidents, foreseen} = result.data
  const isDry = dryRun && incidents.length + foreseen.length > 0
  return [
    pagesText(result, style),
    ...reminderLines(result.data, style),
    ...(isDry ? ['', style.dim('Dry run: nobody was paged or reminded.')] : []),
  ].join('\n')
}

function pagesText({data}: Result<WordedEscalation>, style: Style): string {
  const {steps, hasChannel, isBusy, incidents, dryRun} = data
  if (steps === null || steps === 0) {
    const missing = steps === null ? 'faci.yml has no `oncall` section' : 'the rota has no `escalation`'
    const how = steps === null ? SET_UP.rota : SET_UP.escalation
    return `${style.warn('?')} Nobody is ever paged: ${missing}${nextStep(how, style)}`
  }
  if (!hasChannel)
    return `${style.warn('?')} Nobody can be paged: faci.yml has no channel under \`notices\`${nextStep(SET_UP.channel, style)}`
  if (isBusy) return `${style.good('✔')} Another process is paging right now`
  if (incidents.length === 0) return `${style.good('✔')} No P0 or P1 incident waits for an acknowledgement`
  return incidents.flatMap((incident) => incidentLines(incident, dryRun, style)).join('\n')
}
