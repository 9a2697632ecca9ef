import {isMap, isScalar, type Node, type YAMLMap} from 'yaml'
import type {DefinedRule} from '../../domain/alerts/defined-rule.js'
import type {FilePlace} from '../../domain/text/file-place.js'
import type {Labels} from '../../domain/promql/sample.js'
import {parseDuration} from '../../domain/time/duration.js'
import {readPromql} from './promql-tree.js'
import type {RuleSource} from './rule-source.js'
import {valuePlaces} from '../yaml/value-places.js'

const ALLOW = /^\s*#\s*faci allow ([a-z-]+): *\S/

function placeIn({lines}: RuleSource, position: number): FilePlace {
  const {line, col} = lines.linePos(position)
  return {line, column: col}
}

function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0
}

function labelsAt(rule: YAMLMap, key: string): Labels {
  const section = rule.get(key)
  if (!isMap(section)) return {}
  const entries = section.items.flatMap(({key: name, value}) =>
    isScalar(name) && isScalar(value) ? [[String(name.value), String(value.value)] as const] : [],
  )
  return Object.fromEntries(entries)
}

function nodeIn(rule: YAMLMap, section: string, key: string): Node | null {
  const value = rule.get(section)
  return isMap(value) ? ((value.get(key, true) as Node | undefined) ?? null) : null
}

function secondsOf(rule: YAMLMap): number | null {
  const written: unknown = rule.get('for')
  if (typeof written !== 'string' && typeof written !== 'number') return null
  try {
    return parseDuration(String(written))
  } catch {
    return null
  }
}

/** The checks that the comment lines right above a rule allow to fail. */
function allowedAbove(source: RuleSource, rule: YAMLMap): readonly string[] {
  const before = source.text.split('\n').slice(0, placeIn(source, startOf(rule)).line - 1)
  const comments: string[] = []
  for (const line of before.reverse()) {
    if (!/^\s*#/.test(line)) break
    comments.push(line)
  }
  return comments.flatMap((line) => ALLOW.exec(line)?.[1] ?? [])
}

function expressionOf(source: RuleSource, rule: YAMLMap, place: FilePlace): DefinedRule['expression'] {
  const node = rule.get('expr', true)
  if (!isScalar(node) || (typeof node.value !== 'string' && typeof node.value !== 'number'))
    return {ok: false, text: '', problem: {...place, near: ''}}
  const placeAt = valuePlaces(node, source.text, (position) => placeIn(source, position))
  return readPromql(String(node.value), placeAt)
}

function readRule(source: RuleSource, rule: YAMLMap): readonly DefinedRule[] {
  const kind = rule.has('alert') ? 'alert' : 'record'
  const node = rule.get(kind, true)
  if (!isScalar(node) || typeof node.value !== 'string') return []
  const place = placeIn(source, startOf(node))
  const runbook = nodeIn(rule, 'annotations', 'runbook')
  return [
    {
      ...{kind, name: node.value, file: source.file, ...place},
      expression: expressionOf(source, rule, place),
      forSeconds: secondsOf(rule),
      labels: labelsAt(rule, 'labels'),
      annotations: labelsAt(rule, 'annotations'),
      runbookPlace: runbook === null ? null : placeIn(source, startOf(runbook)),
      allowed: allowedAbove(source, rule),
    },
  ]
}

/** The rules of a file in full, their expressions read. */
export function readRules(source: RuleSource): readonly DefinedRule[] {
  return source.rules.flatMap((rule) => readRule(source, rule))
}
