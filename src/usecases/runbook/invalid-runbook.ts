import {FaciError} from '../../domain/errors.js'
import type {Problem} from '../../domain/runbook/problem.js'

/** Each problem with its place in `file`. */
export function invalidRunbook(file: string, problems: readonly Problem[]): FaciError {
  const lines = problems.map(({line, column, message, suggestion}) => {
    const place = `${file}:${String(line)}:${String(column)}`
    return `${place}: ${message}${suggestion === null ? '' : ` (${suggestion})`}`
  })
  const count = problems.length === 1 ? 'one problem' : `${String(problems.length)} problems`
  return new FaciError('runbookInvalid', [`the runbook has ${count}:`, ...lines], {
    suggestions: ['the format: runbooks/README.md'],
  })
}
