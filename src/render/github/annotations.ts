import type {AlertLintReport} from '../../domain/alerts/lint/alert-lint-report.js'
import type {Result} from '../../domain/result.js'
import type {LintReport} from '../../domain/runbook/lint/lint-report.js'
import type {Style} from '../text/style.js'
import type {WordedFinding} from '../findings/worded-findings.js'

function escapeMessage(text: string): string {
  return text
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll(/[\n\uE00A]/g, '%0A')
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

function annotation({file, line, column, severity, rule, message, suggestion}: WordedFinding): string {
  const place = `file=${escapeProperty(file)},line=${line},col=${column},title=${escapeProperty(rule)}`
  return `::${severity} ${place}::${escapeMessage(suggestion === null ? message : `${message} (${suggestion})`)}`
}

type Annotated = Pick<LintReport, 'notChecked'> | Pick<AlertLintReport, 'notChecked'>

/** Workflow commands: GitHub shows each finding at its line of the pull request. */
export function lintAnnotations(
  {data}: Result<Annotated & {readonly findings: readonly WordedFinding[]}>,
  {command}: Style,
): string {
  const gaps = data.notChecked.map(
    ({check, reason}) => `::warning title=${escapeProperty(`${check} not checked`)}::${escapeMessage(reason)}`,
  )
  return [...data.findings.map(annotation), ...gaps].map(command).join('\n')
}
