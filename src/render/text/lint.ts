import type {Result} from '../../domain/result.js'
import type {Finding} from '../../domain/runbook/lint/finding.js'
import type {LintReport} from '../../domain/runbook/lint/lint-report.js'
import type {Severity} from '../../domain/runbook/lint/rules.js'
import type {Style} from './style.js'
import {table} from './table.js'

const COLUMNS = [{title: ''}, {title: ''}, {title: ''}, {title: ''}]
const TONES: Readonly<Record<Severity, 'bad' | 'warn'>> = {error: 'bad', warning: 'warn'}

function row({file, line, column, severity, rule, message, suggestion}: Finding, style: Style): readonly string[] {
  const text = message.replaceAll(/\s*\n\s*/g, ' ')
  return [
    `${style.bold(file)}${style.dim(`:${line}:${column}`)}`,
    style[TONES[severity]](severity),
    style.dim(rule),
    suggestion === null ? text : `${text} ${style.dim(`(${suggestion})`)}`,
  ]
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

/** `✖ 2 errors, 1 warning in 5 runbooks`; the same words wherever the findings are shown. */
function lintSummary({runbooks, findings}: LintReport): string {
  const errors = findings.filter(({severity}) => severity === 'error').length
  const warnings = findings.length - errors
  const all = counted(runbooks.length, 'runbook')
  if (findings.length === 0) return `${all}, nothing to mend`
  const parts = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : '']
  return `${parts.filter((part) => part !== '').join(', ')} in ${all}`
}

function closing({verdict, data}: Result<LintReport>, style: Style): string {
  const summary = lintSummary(data)
  if (verdict === 'invalid') return style.bad(`✖ ${summary}`)
  if (verdict === 'unknown') return style.warn(`? ${summary}, and not everything could be checked`)
  return data.findings.length > 0 ? style.warn(`▲ ${summary}`) : style.good(`✔ ${summary}`)
}

/** One line a finding, as compilers do it, and what it comes to. */
export function lintText(result: Result<LintReport>, style: Style): string {
  const {findings, notChecked} = result.data
  const rows = findings.map((finding) => row(finding, style))
  const gaps = notChecked.map(({check, reason}) => `${style.warn('?')} ${style.bold(check)} not checked: ${reason}`)
  const parts = [rows.length === 0 ? '' : table(COLUMNS, rows, style), gaps.join('\n'), closing(result, style)]
  return parts.filter((part) => part !== '').join('\n\n')
}
