import type {Problem} from '../problem.js'
import {RULES, type Severity} from './rules.js'

/** A problem, the file it is in, and whether it makes the runbook invalid. */
export interface Finding extends Problem {
  readonly severity: Severity
  readonly file: string
}

export function findingIn(file: string, problem: Problem): Finding {
  return {file, severity: RULES[problem.rule].severity, ...problem}
}

/** In the order of the files, and in each from its top. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const order = (one: Finding, other: Finding): number =>
    (one.file < other.file ? -1 : Number(one.file > other.file)) || one.line - other.line || one.column - other.column
  return [...findings].sort(order)
}
