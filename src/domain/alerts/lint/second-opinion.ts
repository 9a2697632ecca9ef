import type {FilePlace} from '../../text/file-place.js'
import type {Finding} from '../../findings/finding.js'
import {ALERT_CHECKS} from './alert-checks.js'
import type {LoadFault} from './alert-fault.js'
import type {AlertFinding} from './alert-finding.js'

/** What Prometheus's own tool says of the files that it was asked about. */
export interface SecondOpinion {
  readonly version: string
  readonly asked: readonly string[]
  /** By file; those that are not in it are taken. */
  readonly refused: ReadonlyMap<string, readonly {readonly said: string; readonly place: FilePlace | null}[]>
}

const REFUSALS: Readonly<Record<LoadFault['rule'], true>> = {
  ...{file: true, promql: true, template: true},
  ...{type: true, unread: true, yaml: true},
}
const WHOLE_FILE = {line: 1, column: 1}

/** Says that Prometheus does not load the file. */
function isRefusal(finding: AlertFinding): finding is Finding<LoadFault> {
  return finding.rule in REFUSALS
}

/** A refusal of a file that the tool takes: told, and no error. */
function milder(fault: Finding<LoadFault>, version: string): AlertFinding {
  const {file, line, column} = fault
  const {severity} = ALERT_CHECKS['promtool-takes']
  return {rule: 'promtool-takes', version, fault, severity, file, line, column}
}

/**
 * The findings, and what the tool of the version that is used here knows better: a file that it refuses for a reason that was not seen has an
 * error, and one that it takes has none for its form.
 */
export function withSecondOpinion(
  findings: readonly AlertFinding[],
  {version, asked, refused}: SecondOpinion,
): readonly AlertFinding[] {
  const taken = new Set(asked.filter((file) => !refused.has(file)))
  const seen = new Set(findings.filter(isRefusal).map(({file}) => file))
  const {severity} = ALERT_CHECKS.promtool
  const unseen = [...refused].flatMap(([file, all]) =>
    seen.has(file)
      ? []
      : all.map(({said, place}): AlertFinding => ({
          ...{rule: 'promtool', version, said, severity, file},
          ...(place ?? WHOLE_FILE),
        })),
  )
  const own = findings.map((one) => (taken.has(one.file) && isRefusal(one) ? milder(one, version) : one))
  return [...own, ...unseen]
}
