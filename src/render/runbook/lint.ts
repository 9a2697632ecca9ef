import type {Result} from '../../domain/result.js'
import type {LintReport} from '../../domain/runbook/lint/lint-report.js'
import {counted, findingRows, findingsSummary} from '../findings/findings.js'
import type {WordedFinding} from '../findings/worded-findings.js'
import type {Style} from '../text/style.js'

function closing({verdict, data}: Result<LintReport<WordedFinding>>, style: Style): string {
  const summary = findingsSummary(data.findings, counted(data.runbooks.length, 'runbook'))
  if (verdict === 'invalid') return style.bad(`✖ ${summary}`)
  if (verdict === 'unknown') return style.warn(`? ${summary}, and not everything could be checked`)
  if (data.runbooks.length === 0) return style.warn('▲ no runbook was found: nothing was checked')
  return data.findings.length > 0 ? style.warn(`▲ ${summary}`) : style.good(`✔ ${summary}`)
}

/** One line a finding, as compilers do it, and what it comes to. */
export function lintText(result: Result<LintReport<WordedFinding>>, style: Style): string {
  const {findings, notChecked} = result.data
  const gaps = notChecked.map(({check, reason}) => `${style.warn('?')} ${style.bold(check)} not checked: ${reason}`)
  const parts = [findingRows(findings, style), gaps.join('\n'), closing(result, style)]
  return parts.filter((part) => part !== '').join('\n\n')
}
