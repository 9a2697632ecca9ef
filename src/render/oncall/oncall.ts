import type {DutyReport, OncallReport} from '../../domain/oncall/oncall-report.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import {nextStep} from '../text/next-step.js'
import {SET_UP} from '../text/set-up.js'
import type {Style} from '../text/style.js'

/** What every screen of the topic says where there is no rota. */
export function noRotaText(style: Style): string {
  return `${style.warn('?')} No rota: faci.yml has no \`oncall\` section${nextStep(SET_UP.rota, style)}`
}

const MORE = 'more than a year'

function period({since, until}: DutyReport, {times}: Style): string {
  const from = since === null ? `for ${MORE}` : `since ${times.minute(since)}`
  return `${from}, until ${until === null ? `${MORE} from now` : times.minute(until)}`
}

function source({layer, isOverride}: DutyReport): string {
  const override = isOverride ? 'by an override' : null
  return [layer === null ? null : `layer ${layer}`, override].filter((part) => part !== null).join(', ')
}

function absenceLine({person, absentUntil}: DutyReport, style: Style): readonly string[] {
  if (absentUntil === null) return []
  return [`${style.warn('!')} ${person} is absent until ${style.times.minute(absentUntil)}, and nobody replaces them`]
}

function nowLines({now, at, isRequired}: OncallReport, style: Style): readonly string[] {
  if (now === null) {
    const why = isRequired ? '' : style.dim(', and `coverage` asks for nobody at this time')
    return [`${style.bad('✖')} Nobody is on call at ${style.times.minute(at)}${why}`]
  }
  const left = now.until === null ? '' : `, ${span((Date.parse(now.until) - Date.parse(at)) / 1000)} left`
  return [
    `${style.good('✔')} ${style.bold(now.person)} is on call at ${style.times.minute(at)}${left}`,
    style.dim(`  ${period(now, style)} (${source(now)})`),
    ...absenceLine(now, style),
  ]
}

function nextLines({next}: OncallReport, style: Style): readonly string[] {
  if (next === null) return [`${style.warn('!')} Nobody is next: no other shift within a year`]
  const {since, until, person} = next
  const from = since === null ? '' : ` from ${style.times.minute(since)}`
  const to = until === null ? '' : ` until ${style.times.minute(until)}`
  return [`  next: ${style.bold(person)}${from}${to}`, ...absenceLine(next, style)]
}

function gapLine({nextGapAt: gap, now}: OncallReport, {warn, times}: Style): readonly string[] {
  return gap === null || now === null ? [] : [`${warn('!')} Nobody is on call from ${times.minute(gap)}`]
}

/** Who is on call, since when and until when, and who is next. */
export function oncallText({data}: Result<OncallReport>, style: Style): string {
  if (data.timezone === null) return noRotaText(style)
  return [...nowLines(data, style), ...nextLines(data, style), ...gapLine(data, style)].join('\n')
}
