import {isMap, isScalar, isSeq, type YAMLMap} from 'yaml'
import type {AlertRule} from '../../domain/alerts/alert-rule.js'
import {mergedPairs} from '../yaml/merged-pairs.js'
import {openYaml, type Written, type YamlFault, type YamlText} from '../yaml/yaml-text.js'

/** A rule file that was parsed. */
export interface RuleSource {
  readonly file: string
  readonly text: string
  readonly yaml: YamlText
  /** What has the groups: the document, or the `spec` of a Kubernetes manifest of Prometheus's Operator. */
  readonly root: unknown
  readonly isManifest: boolean
  readonly rules: readonly YAMLMap[]
}

type OpenedRules = {readonly ok: true; readonly rules: RuleSource} | {readonly ok: false; readonly problem: YamlFault}

/** What stands at a key, aliases and `<<` followed; null when it is not there, or `map` is none. */
export function writtenAt(yaml: YamlText, map: unknown, key: string): Written | null {
  return isMap(map) ? yaml.resolve(mergedPairs(yaml, map).get(key)?.value) : null
}

function textOf(written: Written | null): string | null {
  return isScalar(written) && typeof written.value === 'string' ? written.value : null
}

function keysOf(yaml: YamlText, written: Written | null): readonly string[] {
  return isMap(written) ? [...mergedPairs(yaml, written).keys()] : []
}

function mapsAt(yaml: YamlText, node: unknown, key: string): readonly YAMLMap[] {
  const list = writtenAt(yaml, node, key)
  return isSeq(list) ? list.items.map(yaml.resolve).filter((item) => isMap(item)) : []
}

function alertIn(rule: YAMLMap, {file, yaml}: RuleSource): AlertRule | null {
  const node = writtenAt(yaml, rule, 'alert')
  const name = textOf(node)
  if (name === null) return null
  const [labels, annotations] = [writtenAt(yaml, rule, 'labels'), writtenAt(yaml, rule, 'annotations')]
  return {
    ...{name, file, ...yaml.place(node)},
    severity: textOf(writtenAt(yaml, labels, 'severity')),
    runbook: textOf(writtenAt(yaml, annotations, 'runbook')),
    words: [labels, annotations].flatMap((written) => keysOf(yaml, written)),
  }
}

/** The first thing that is no YAML is told. What is YAML and no rule is passed over: `checkRuleFile` tells that. */
export function openRules(file: string, text: string): OpenedRules {
  const yaml = openYaml(text, {likeGo: true})
  const [problem] = yaml.faults
  if (problem !== undefined) return {ok: false, problem}
  const whole = yaml.document.contents
  const isManifest = textOf(writtenAt(yaml, whole, 'kind')) === 'PrometheusRule'
  const root = isManifest ? writtenAt(yaml, whole, 'spec') : whole
  const rules = mapsAt(yaml, root, 'groups').flatMap((group) => mapsAt(yaml, group, 'rules'))
  return {ok: true, rules: {file, text, yaml, root, isManifest, rules}}
}

/** The alerts of a file, without what their expressions say. */
export function alertsOf(source: RuleSource): readonly AlertRule[] {
  return source.rules.map((rule) => alertIn(rule, source)).filter((alert) => alert !== null)
}
