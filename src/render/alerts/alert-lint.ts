import type {AlertLintReport, Backtested} from '../../domain/alerts/lint/alert-lint-report.js'
import type {Result} from '../../domain/result.js'
import {counted, findingRows, findingsSummary} from '../findings/findings.js'
import type {WordedFinding} from '../findings/worded-findings.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {span} from '../../domain/time/span.js'

function backtests(
  {backtests: rows, backtestSeconds}: Pick<AlertLintReport, 'backtests' | 'backtestSeconds'>,
  style: Style,
): string {
  if (rows.length === 0) return ''
  const columns = [
    {title: `IN THE LAST ${span(backtestSeconds)}`},
    {title: 'WOULD HAVE FIRED', align: 'right'},
    {title: 'FOR', align: 'right'},
  ] as const
  const times = ({firings, firingSeconds, name}: Backtested): readonly string[] => [
    style.bold(name),
    firings === 0 ? style.dim('never') : `${firings}×`,
    firings === 0 ? '' : span(firingSeconds),
  ]
  return table(columns, rows.map(times), style)
}

function closing({verdict, data}: Result<AlertLintReport<WordedFinding>>, style: Style): string {
  const subject = `${counted(data.alerts, 'alert')} and ${counted(data.records, 'recording rule')}`
  const summary = findingsSummary(data.findings, subject)
  if (verdict === 'bad') return style.bad(`✖ ${summary}`)
  if (verdict === 'unknown') return style.warn(`? ${summary}, and not everything could be checked`)
  if (data.alerts + data.records === 0) return style.warn('▲ no rule was found: nothing was checked')
  const also = data.promtool === null ? '' : `; promtool ${data.promtool} loads every file`
  return data.findings.length > 0 ? style.warn(`▲ ${summary}${also}`) : style.good(`✔ ${summary}${also}`)
}

/** One line a finding, what each alert would have done, and what it comes to. */
export function alertLintText(result: Result<AlertLintReport<WordedFinding>>, style: Style): string {
  const {findings, notChecked} = result.data
  const gaps = notChecked.map(({check, reason}) => `${style.warn('?')} ${style.bold(check)} not checked: ${reason}`)
  const parts = [findingRows(findings, style), backtests(result.data, style), gaps.join('\n'), closing(result, style)]
  return parts.filter((part) => part !== '').join('\n\n')
}
