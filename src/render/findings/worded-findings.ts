import type {Fault, FaultText, Finding, FindingSeverity} from '../../domain/findings/finding.js'
import type {Result} from '../../domain/result.js'
import type {FilePlace} from '../../domain/text/file-place.js'

/** Something wrong in a file, by which check, and what to do about it. */
export interface WordedFinding<Rule extends string = string> extends FilePlace {
  readonly file: string
  readonly severity: FindingSeverity
  readonly rule: Rule
  readonly message: string
  readonly suggestion: string | null
}

interface Report<F extends Fault> {
  readonly findings: readonly Finding<F>[]
}
type Worded<F extends Fault, R extends Report<F>> = Omit<R, 'findings'> & {
  readonly findings: readonly WordedFinding<F['rule']>[]
}

function worded<F extends Fault>(finding: Finding<F>, textOf: (fault: F) => FaultText): WordedFinding<F['rule']> {
  const {file, severity, rule, line, column} = finding
  const {message, suggestion} = textOf(finding)
  return {file, severity, rule, line, column, message, suggestion}
}

/** A report with its findings in words. */
export function inWords<F extends Fault, R extends Report<F>>(
  result: Result<R>,
  textOf: (fault: F) => FaultText,
): Result<Worded<F, R>> {
  const findings = result.data.findings.map((finding) => worded(finding, textOf))
  return {...result, data: {...result.data, findings}}
}
