import {isMap, isScalar, type YAMLMap} from 'yaml'
import type {DefinedRule} from '../../domain/alerts/defined-rule.js'
import type {FilePlace} from '../../domain/text/file-place.js'
import type {Labels} from '../../domain/promql/sample.js'
import {prometheusDuration} from '../../domain/promql/prom-duration.js'
import {readPromql} from './promql-tree.js'
import {type RuleSource, writtenAt} from './rule-source.js'
import {mergedPairs} from '../yaml/merged-pairs.js'
import {valuePlaces} from '../yaml/value-places.js'

const ALLOW = /^\s*#\s*faci allow ([a-z-]+): *\S/

function labelsAt({yaml}: RuleSource, rule: YAMLMap, key: string): Labels {
  const section = writtenAt(yaml, rule, key)
  if (!isMap(section)) return {}
  const entries = [...mergedPairs(yaml, section)].flatMap(([name, {value: node}]) => {
    const value = yaml.resolve(node)
    return isScalar(value) ? [[name, String(value.value)] as const] : []
  })
  return Object.fromEntries(entries)
}

function secondsOf({yaml}: RuleSource, rule: YAMLMap): number | null {
  const node = writtenAt(yaml, rule, 'for')
  const written: unknown = isScalar(node) ? node.value : null
  if (typeof written !== 'string' && typeof written !== 'number') return null
  const milliseconds = prometheusDuration(String(written))
  return milliseconds === null ? null : milliseconds / 1000
}

/** The checks that the comment lines right above a rule allow to fail. */
function allowedAbove(source: RuleSource, rule: YAMLMap): readonly string[] {
  const before = source.text.split('\n').slice(0, source.yaml.place(rule).line - 1)
  const comments: string[] = []
  for (const line of before.reverse()) {
    if (!/^\s*#/.test(line)) break
    comments.push(line)
  }
  return comments.flatMap((line) => ALLOW.exec(line)?.[1] ?? [])
}

function expressionOf(source: RuleSource, rule: YAMLMap, place: FilePlace): DefinedRule['expression'] {
  const node = writtenAt(source.yaml, rule, 'expr')
  if (!isScalar(node) || (typeof node.value !== 'string' && typeof node.value !== 'number'))
    return {ok: false, text: '', problem: {...place, what: 'unexpected', near: ''}}
  // A number is read as it is written: `0o17` and `.inf` are none of PromQL's.
  const text = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
  return readPromql(text, valuePlaces(node, source.text, source.yaml.placeAt))
}

function readRule(source: RuleSource, rule: YAMLMap): readonly DefinedRule[] {
  const kind = writtenAt(source.yaml, rule, 'alert') !== null ? 'alert' : 'record'
  const node = writtenAt(source.yaml, rule, kind)
  if (!isScalar(node) || typeof node.value !== 'string') return []
  const place = source.yaml.place(node)
  const runbook = writtenAt(source.yaml, writtenAt(source.yaml, rule, 'annotations'), 'runbook')
  return [
    {
      ...{kind, name: node.value, file: source.file, ...place},
      expression: expressionOf(source, rule, place),
      forSeconds: secondsOf(source, rule),
      labels: labelsAt(source, rule, 'labels'),
      annotations: labelsAt(source, rule, 'annotations'),
      runbookPlace: runbook === null ? null : source.yaml.place(runbook),
      allowed: allowedAbove(source, rule),
    },
  ]
}

/** The rules of a file in full, their expressions read. */
export function readRules(source: RuleSource): readonly DefinedRule[] {
  return source.rules.flatMap((rule) => readRule(source, rule))
}
