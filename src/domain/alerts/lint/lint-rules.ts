import type {SelectorNode} from '../../promql/expression.js'
import {typeProblems} from '../../promql/type-problems.js'
import {choices, closest, didYouMean} from '../../text/did-you-mean.js'
import type {DefinedRule} from '../defined-rule.js'
import {isAlwaysFiring} from '../severity.js'
import {inOrder} from '../../findings/finding.js'
import {type AlertFinding, findingsOf, type Said} from './alert-finding.js'
import {absentSelectors, bareCounters, missingAbsents, rankings, unaggregatedRatios} from './expression-checks.js'

export interface LintRulesContext {
  /** Their names. */
  readonly runbooks: readonly string[]
}

function lintExpression(rule: DefinedRule, absents: readonly SelectorNode[]): readonly AlertFinding[] {
  const {expression} = rule
  if (!expression.ok) {
    const {near, ...place} = expression.problem
    const message = near === '' ? 'the expression ends too early' : `this is not understood: \`${near}\``
    return findingsOf(rule, 'promql', [{place, message, suggestion: null}])
  }
  const {tree} = expression
  const inAlert =
    rule.kind === 'record'
      ? []
      : [...findingsOf(rule, 'topk', rankings(tree)), ...findingsOf(rule, 'absent', missingAbsents(tree, absents))]
  return [
    ...findingsOf(rule, 'type', typeProblems(tree)),
    ...findingsOf(rule, 'counter', bareCounters(tree)),
    ...findingsOf(rule, 'ratio', unaggregatedRatios(tree)),
    ...inAlert,
  ]
}

function missing(name: string, what: string, suggestion: string): readonly Said[] {
  return [{message: `\`${name}\` has no ${what}`, suggestion}]
}

function lintRunbook(rule: DefinedRule, {runbooks}: LintRulesContext): readonly AlertFinding[] {
  const {name, annotations, runbookPlace} = rule
  const runbook = annotations['runbook']
  if (runbook === undefined) {
    const near = closest(name, runbooks)
    return findingsOf(rule, 'runbook', missing(name, 'runbook', `annotations: {runbook: ${near ?? 'NAME'}}`))
  }
  if (runbooks.includes(runbook)) return []
  const near = closest(runbook, runbooks)
  const suggestion = didYouMean(near, choices('there are', runbooks))
  const place = runbookPlace ?? rule
  return findingsOf(rule, 'runbook-unknown', [{place, message: `there is no runbook \`${runbook}\``, suggestion}])
}

/** What an alert must say to be of use to whoever is woken; one that always fires on purpose needs less. */
function lintMetadata(rule: DefinedRule, context: LintRulesContext): readonly AlertFinding[] {
  const {name, labels, annotations, forSeconds} = rule
  const severity = labels['severity']
  const isOnPurpose = isAlwaysFiring(name) || severity === 'none'
  return [
    ...(severity === undefined
      ? findingsOf(rule, 'severity', missing(name, 'severity', 'labels: {severity: warning}'))
      : []),
    ...(annotations['summary'] === undefined
      ? findingsOf(rule, 'summary', missing(name, 'summary', 'annotations: {summary: what is wrong, in one line}'))
      : []),
    ...(annotations['description'] === undefined
      ? findingsOf(rule, 'description', missing(name, 'description', 'annotations: {description: what it means}'))
      : []),
    ...(forSeconds === null && !isOnPurpose ? findingsOf(rule, 'for', missing(name, '`for`', 'for: 1m')) : []),
    ...(isOnPurpose && annotations['runbook'] === undefined ? [] : lintRunbook(rule, context)),
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
    const message = `\`${rule.name}\` with these labels is also at ${before.file}:${before.line}`
    return findingsOf(rule, 'duplicate', [{message, suggestion: 'another name, or a label that tells them apart'}])
  })
}

/** Everything that is wrong with the rules as their files define them. */
export function lintRules(rules: readonly DefinedRule[], context: LintRulesContext): readonly AlertFinding[] {
  const alerts = rules.filter(({kind}) => kind === 'alert')
  const absents = alerts.flatMap(({expression}) => (expression.ok ? absentSelectors(expression.tree) : []))
  return inOrder([
    ...rules.flatMap((rule) => lintExpression(rule, absents)),
    ...alerts.flatMap((rule) => lintMetadata(rule, context)),
    ...duplicates(rules),
  ])
}
