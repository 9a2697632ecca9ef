import {quoted} from '../../promql/promql.js'
import {selectorsOf} from '../../promql/expression.js'
import type {DefinedRule} from '../defined-rule.js'
import {type AlertFinding, findingsOf} from './alert-finding.js'

function namesIn({expression}: DefinedRule): ReadonlyMap<string, {readonly line: number; readonly column: number}> {
  const selectors = expression.ok ? selectorsOf(expression.tree) : []
  return new Map([...selectors].reverse().flatMap(({name, place}) => (name === null ? [] : [[name, place] as const])))
}

/** The metrics that the rules select and do not record themselves. */
export function scrapedNames(rules: readonly DefinedRule[]): readonly string[] {
  const recorded = new Set(rules.flatMap(({kind, name}) => (kind === 'record' ? [name] : [])))
  const named = new Set(rules.flatMap((rule) => [...namesIn(rule).keys()]))
  return [...named].filter((name) => !recorded.has(name)).sort()
}

/** Gives one sample for each of the metrics that has series now. */
export function existingQuery(names: readonly string[]): string {
  const pattern = names.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('|')
  return `count by (__name__) ({__name__=~${quoted(pattern)}})`
}

/** Each rule's metrics that are not there. */
export function missingMetrics(rules: readonly DefinedRule[], missing: ReadonlySet<string>): readonly AlertFinding[] {
  return rules.flatMap((rule) =>
    [...namesIn(rule)].flatMap(([name, place]) =>
      missing.has(name) ? findingsOf(rule, [{rule: 'metric', place, name}]) : [],
    ),
  )
}
