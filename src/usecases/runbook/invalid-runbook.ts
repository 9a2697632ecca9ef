import {FaciError} from '../../domain/errors.js'
import type {Problem} from '../../domain/runbook/problem.js'

function fixOf({suggestion}: Problem): string {
  return suggestion === null ? '' : ` (${suggestion})`
}

/** A file of `uses:`, each problem with its place in it. */
export function invalidUsedFile(file: string, problems: readonly Problem[]): FaciError {
  const lines = problems.map(
    (problem) => `${file}:${String(problem.line)}:${String(problem.column)} has ${problem.message}${fixOf(problem)}`,
  )
  return new FaciError('runbookInvalid', lines, {suggestions: ['what a file of `uses` may hold: runbooks/README.md']})
}

/** Each problem with its place in `file`. */
export function invalidRunbook(file: string, problems: readonly Problem[]): FaciError {
  const lines = problems.map(
    (problem) => `${file}:${String(problem.line)}:${String(problem.column)}: ${problem.message}${fixOf(problem)}`,
  )
  const count = problems.length === 1 ? 'one problem' : `${String(problems.length)} problems`
  return new FaciError('runbookInvalid', [`the runbook has ${count}:`, ...lines], {
    suggestions: ['the format: runbooks/README.md'],
  })
}
