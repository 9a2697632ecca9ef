import type {Finding} from '../../findings/finding.js'
import type {Problem} from '../problem.js'
import {RULES, type RuleId} from './rules.js'

export type RunbookFinding = Finding<RuleId>

/** A problem, the file it is in, and whether it makes the runbook invalid. */
export function findingIn(file: string, problem: Problem): RunbookFinding {
  return {file, severity: RULES[problem.rule].severity, ...problem}
}
