import {FaciError} from '../../domain/errors.js'
import type {FaultText} from '../../domain/findings/finding.js'
import type {PlacedFault, RunbookFault} from '../../domain/runbook/lint/runbook-fault.js'
import type {FilePlace} from '../../domain/text/file-place.js'

type Told = FaultText & FilePlace

function fixOf({suggestion}: FaultText): string {
  return suggestion === null ? '' : ` (${suggestion})`
}

/** Faults in words. */
export function told(textOf: (fault: RunbookFault) => FaultText, faults: readonly PlacedFault[]): readonly Told[] {
  return faults.map((fault) => ({line: fault.line, column: fault.column, ...textOf(fault)}))
}

/** A file of `uses:`, each problem with its place in it. */
export function invalidUsedFile(file: string, problems: readonly Told[]): FaciError {
  const lines = problems.map(
    (problem) => `${file}:${String(problem.line)}:${String(problem.column)} has ${problem.message}${fixOf(problem)}`,
  )
  return new FaciError('runbookInvalid', lines, {suggestions: ['what a file of `uses` may hold: runbooks/README.md']})
}

/** Each problem with its place in `file`. */
export function invalidRunbook(file: string, problems: readonly Told[]): FaciError {
  const lines = problems.map(
    (problem) => `${file}:${String(problem.line)}:${String(problem.column)}: ${problem.message}${fixOf(problem)}`,
  )
  const count = problems.length === 1 ? 'one problem' : `${String(problems.length)} problems`
  return new FaciError('runbookInvalid', [`the runbook has ${count}:`, ...lines], {
    suggestions: ['the format: runbooks/README.md'],
  })
}
