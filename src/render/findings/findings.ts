import {linesOf} from '../../domain/text/visible.js'
import type {FindingSeverity} from '../../domain/findings/finding.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import type {WordedFinding} from './worded-findings.js'

const COLUMNS = [{title: ''}, {title: ''}, {title: ''}, {title: ''}]
const TONES: Readonly<Record<FindingSeverity, 'bad' | 'warn'>> = {error: 'bad', warning: 'warn'}

function row(
  {file, line, column, severity, rule, message, suggestion}: WordedFinding,
  style: Style,
): readonly string[] {
  const text = linesOf(message)
    .map((line) => line.trim())
    .join(' ')
  return [
    `${style.bold(file)}${style.dim(`:${line}:${column}`)}`,
    style[TONES[severity]](severity),
    style.dim(rule),
    suggestion === null ? text : `${text} ${style.dim(`(${suggestion})`)}`,
  ]
}

/** One line a finding, as compilers do it; empty without any. */
export function findingRows(findings: readonly WordedFinding[], style: Style): string {
  if (findings.length === 0) return ''
  const rows = findings.map((finding) => row(finding, style))
  return table(COLUMNS, rows, style)
}

export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

/** `2 errors, 1 warning in 5 runbooks`; the same words wherever findings are shown. */
export function findingsSummary(findings: readonly WordedFinding[], subject: string): string {
  const errors = findings.filter(({severity}) => severity === 'error').length
  const warnings = findings.length - errors
  if (findings.length === 0) return `${subject}, no problems found`
  const parts = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : '']
  return `${parts.filter((part) => part !== '').join(', ')} in ${subject}`
}
