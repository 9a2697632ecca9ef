import {isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap} from 'yaml'
import type {AlertRule} from '../../domain/alerts/alert-rule.js'
import type {FilePlace} from '../../domain/text/file-place.js'

/** A rule file that was parsed. */
export interface RuleSource {
  readonly file: string
  readonly text: string
  readonly lines: LineCounter
  readonly rules: readonly YAMLMap[]
}

type OpenedRules =
  | {readonly ok: true; readonly rules: RuleSource}
  | {readonly ok: false; readonly problem: FilePlace & {readonly message: string}}

function textAt(map: YAMLMap, key: string): string | null {
  const value = map.get(key)
  return typeof value === 'string' ? value : null
}

function textIn(map: YAMLMap, section: string, key: string): string | null {
  const value = map.get(section)
  return isMap(value) ? textAt(value, key) : null
}

function keysIn(map: YAMLMap, section: string): readonly string[] {
  const value = map.get(section)
  return isMap(value) ? value.items.flatMap(({key}) => (isScalar(key) ? [String(key.value)] : [])) : []
}

function itemsAt(node: unknown, key: string): readonly YAMLMap[] {
  const items = isMap(node) ? node.get(key) : null
  return isSeq(items) ? items.items.filter((item) => isMap(item)) : []
}

function alertIn(rule: YAMLMap, file: string, lines: LineCounter): AlertRule | null {
  const name = textAt(rule, 'alert')
  if (name === null) return null
  const node = rule.get('alert', true) as Node | undefined
  const {line, col} = lines.linePos(isScalar(node) ? (node.range?.[0] ?? 0) : 0)
  const severity = textIn(rule, 'labels', 'severity')
  const words = ['labels', 'annotations'].flatMap((section) => keysIn(rule, section))
  return {name, file, line, column: col, severity, runbook: textIn(rule, 'annotations', 'runbook'), words}
}

/** The first thing that is no YAML is told. What is YAML and no rule is passed over: Prometheus tells that. */
export function openRules(file: string, text: string): OpenedRules {
  const lines = new LineCounter()
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false})
  const [broken] = document.errors
  if (broken !== undefined) {
    const {line, col} = lines.linePos(broken.pos[0])
    return {ok: false, problem: {line, column: col, message: broken.message}}
  }
  const rules = itemsAt(document.contents, 'groups').flatMap((group) => itemsAt(group, 'rules'))
  return {ok: true, rules: {file, text, lines, rules}}
}

/** The alerts of a file, without what their expressions say. */
export function alertsOf({file, lines, rules}: RuleSource): readonly AlertRule[] {
  return rules.map((rule) => alertIn(rule, file, lines)).filter((alert) => alert !== null)
}
