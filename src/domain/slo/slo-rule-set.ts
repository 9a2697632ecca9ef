import {tierProblem, TIERS} from './burn-tiers.js'
import {budgetRatio, type Objective} from './objective.js'
import type {RuleNote} from './slo-note.js'
import type {Expressions} from '../text/expressions.js'
import {promtoolFile, type PromtoolFile, sloRuleTests} from './slo-rule-tests.js'
import {type RuleGroup, type RuleOptions, sloRules} from './slo-rules.js'

interface ObjectiveRuleNote {
  readonly objective: string
  readonly note: RuleNote
}

export interface SloRules {
  readonly groups: readonly RuleGroup[]
  readonly tests: PromtoolFile
  /** What was left out of which objective, and why. */
  readonly notes: readonly ObjectiveRuleNote[]
}

/** Two files as Prometheus and promtool read them. */
export interface RuleFiles {
  readonly rules: string
  readonly tests: string
  /** Where they were written; empty when they were not. */
  readonly files: readonly string[]
  readonly notes: readonly string[]
}

function notesOf(objective: Objective, hasTests: boolean): readonly ObjectiveRuleNote[] {
  const problems = TIERS.flatMap((tier) => tierProblem(tier, objective.windowSeconds, budgetRatio(objective)) ?? [])
  const untested = hasTests ? [] : [{why: 'noTests'} as const]
  return [...problems, ...untested].map((note) => ({objective: objective.name, note}))
}

/** The rules of all objectives, and the tests for them; `ruleFile` as the tests name it. */
export function sloRuleSet(
  objectives: readonly Objective[],
  options: RuleOptions,
  ruleFile: string,
  expressions: Expressions,
): SloRules {
  const tested = objectives.map((objective) => ({objective, tests: sloRuleTests(objective, options, expressions)}))
  return {
    groups: objectives.flatMap((objective) => sloRules(objective, options)),
    tests: promtoolFile(
      ruleFile,
      tested.flatMap(({tests}) => tests ?? []),
    ),
    notes: tested.flatMap(({objective, tests}) => notesOf(objective, tests !== null)),
  }
}
