import type {SelectorNode} from '../../promql/expression.js'
import type {Expressions} from '../../text/expressions.js'
import {closest} from '../../text/did-you-mean.js'
import type {DefinedRule} from '../defined-rule.js'
import {isAlwaysFiring} from '../severity.js'
import {ALERT_CHECKS} from './alert-checks.js'
import {refusedIn} from './refused-in.js'
import type {RuleFile} from './rule-file.js'
import {inOrder} from '../../findings/finding.js'
import {type AlertFinding, findingsOf, type RuleFault} from './alert-finding.js'
import {
  absentSelectors,
  bareCounters,
  missingAbsents,
  mistakenColons,
  noVectors,
  rankings,
  unaggregatedRatios,
} from './expression-checks.js'

export interface LintRulesContext {
  /** Their names. */
  readonly runbooks: readonly string[]
  readonly expressions: Expressions
}

function lintExpression(rule: DefinedRule, absents: readonly SelectorNode[]): readonly AlertFinding[] {
  const {expression} = rule
  if (!expression.ok) return []
  const {tree} = expression
  const inAlert = rule.kind === 'record' ? [] : [...rankings(tree), ...missingAbsents(tree, absents)]
  return findingsOf(rule, [
    ...[...noVectors(tree), ...mistakenColons(tree), ...bareCounters(tree), ...unaggregatedRatios(tree)],
    ...inAlert,
  ])
}

/** What others' rules call it: the address of a page. */
function hasUrl({annotations}: DefinedRule): boolean {
  return (annotations['runbook_url'] ?? '') !== ''
}

function runbookFaults(rule: DefinedRule, {runbooks}: LintRulesContext): readonly RuleFault[] {
  const {name, annotations, runbookPlace} = rule
  const runbook = annotations['runbook']
  if (runbook === undefined && hasUrl(rule)) return []
  if (runbook === undefined) return [{rule: 'runbook', name, near: closest(name, runbooks)}]
  if (runbooks.includes(runbook)) return []
  const place = runbookPlace ?? rule
  return [{rule: 'runbook-unknown', place, name: runbook, near: closest(runbook, runbooks), known: runbooks}]
}

const MUST_HAVE = ['severity', 'summary', 'description', 'for'] as const

/** What an alert must say to be of use to whoever is woken; one that always fires on purpose needs less. */
function metadataFaults(rule: DefinedRule, context: LintRulesContext): readonly RuleFault[] {
  const {name, labels, annotations, forSeconds} = rule
  const severity = labels['severity']
  const isOnPurpose = isAlwaysFiring(name) || severity === 'none'
  const missing = {
    severity: severity === undefined,
    summary: annotations['summary'] === undefined,
    description: annotations['description'] === undefined,
    for: forSeconds === null && !isOnPurpose,
  }
  return [
    ...MUST_HAVE.filter((part) => missing[part]).map((part) => ({rule: part, name})),
    ...(isOnPurpose && annotations['runbook'] === undefined ? [] : runbookFaults(rule, context)),
  ]
}

function identity({kind, name, labels}: DefinedRule): string {
  return JSON.stringify([kind, name, Object.entries(labels).sort()])
}

function duplicates(rules: readonly DefinedRule[]): readonly AlertFinding[] {
  const first = new Map<string, DefinedRule>()
  return rules.flatMap((rule) => {
    const before = first.get(identity(rule))
    if (before === undefined) {
      first.set(identity(rule), rule)
      return []
    }
    const {file, line} = before
    return findingsOf(rule, [{rule: 'duplicate', name: rule.name, first: {file, line}}])
  })
}

const NOT_IN_FILE = {line: 1, column: 1}

function notesOf({file, notes}: RuleFile): readonly AlertFinding[] {
  return notes.map((what) => ({rule: 'note', what, severity: ALERT_CHECKS.note.severity, file, ...NOT_IN_FILE}))
}

/** Everything that is wrong with the rules as their files define them. */
export function lintRules(files: readonly RuleFile[], context: LintRulesContext): readonly AlertFinding[] {
  const rules = files.flatMap((file) => file.rules)
  const alerts = rules.filter(({kind}) => kind === 'alert')
  const absents = alerts.flatMap(({expression}) => (expression.ok ? absentSelectors(expression.tree) : []))
  return inOrder([
    ...files.flatMap((file) => refusedIn(file, context.expressions)),
    ...files.flatMap(notesOf),
    ...rules.flatMap((rule) => lintExpression(rule, absents)),
    ...alerts.flatMap((rule) => findingsOf(rule, metadataFaults(rule, context))),
    ...duplicates(rules),
  ])
}
