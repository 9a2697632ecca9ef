import type {OncallReport} from '../../domain/oncall/oncall-report.js'
import type {Section} from '../../domain/section.js'
import type {Style} from '../text/style.js'

function nextText({now, next}: OncallReport, {bold, times}: Style): string {
  if (next === null) return ''
  const from = now?.until === next.since || next.since === null ? '' : ` from ${times.minute(next.since)}`
  return `${now === null ? '; next: ' : ', then '}${bold(next.person)}${from}`
}

function nowText(report: OncallReport, style: Style): string {
  const {now} = report
  if (now === null) {
    const icon = report.isRequired ? style.bad('✖') : style.dim('○')
    return `${icon} nobody is on call${nextText(report, style)}`
  }
  const until = now.until === null ? '' : ` until ${style.times.minute(now.until)}`
  const absent = now.absentUntil === null ? '' : ` ${style.warn('(absent!)')}`
  return `on call: ${style.bold(now.person)}${until}${absent}${nextText(report, style)}`
}

/** Who is on call, in a line of a screen of many parts, indented; none where there is no rota. */
export function oncallLines(oncall: Section<OncallReport>, style: Style): readonly string[] {
  if (oncall.kind === 'unknown') return [`  ${style.warn('!')} on call unknown: ${style.times.sentence(oncall.reason)}`]
  return oncall.kind === 'read' ? [`  ${nowText(oncall.value, style)}`] : []
}
