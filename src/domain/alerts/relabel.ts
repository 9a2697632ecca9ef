import type {Labels} from '../promql/sample.js'
import type {Expressions, FoundGroups} from '../text/expressions.js'

/** One of Prometheus' `alert_relabel_configs`, its defaults filled in. */
export interface RelabelRule {
  readonly action: string
  readonly sourceLabels: readonly string[]
  readonly separator: string
  readonly regex: string
  readonly targetLabel: string
  readonly replacement: string
}

/** What Prometheus makes of the labels of an alert before it sends it. */
export interface Relabeling {
  readonly externalLabels: Labels
  /** In their order. */
  readonly rules: readonly RelabelRule[]
}

/** `unknown`: a rule does what cannot be followed here. */
export type Relabeled =
  | {readonly kind: 'kept'; readonly labels: Labels}
  | {readonly kind: 'dropped'}
  | {readonly kind: 'unknown'; readonly action: string}

type LabelMap = ReadonlyMap<string, string>

/** null: the alert is dropped. */
type Action = (labels: LabelMap, rule: RelabelRule, expressions: Expressions) => LabelMap | null

const LABEL_NAME = /^[A-Za-z_]\w*$/

/** `$1`, `${1}`, `$name` and `$$`, as Go expands them: a name is as long as it can be, and what there is none of is empty. */
function expanded(template: string, {numbered, named}: FoundGroups): string {
  return template.replaceAll(
    /\$(?:(\$)|(\w+)|\{(\w+)\})/g,
    (_, dollar: string | undefined, bare: string | undefined, braced: string | undefined) => {
      const name = bare ?? braced ?? ''
      if (dollar !== undefined) return dollar
      if (/^\d+$/.test(name)) return numbered[Number(name)] ?? ''
      return Object.hasOwn(named, name) ? (named[name] ?? '') : ''
    },
  )
}

function sourceOf(labels: LabelMap, {sourceLabels, separator}: RelabelRule): string {
  return sourceLabels.map((name) => labels.get(name) ?? '').join(separator)
}

/** An empty value is no label. */
function withLabel(labels: LabelMap, name: string, value: string): LabelMap {
  const others = [...labels].filter(([other]) => other !== name)
  return new Map(value === '' ? others : [...others, [name, value]])
}

function replaced(labels: LabelMap, rule: RelabelRule, {groups}: Expressions): LabelMap {
  const match = groups(rule.regex, sourceOf(labels, rule))
  if (match === null) return labels
  const target = expanded(rule.targetLabel, match)
  return LABEL_NAME.test(target) ? withLabel(labels, target, expanded(rule.replacement, match)) : labels
}

function mapped(labels: LabelMap, rule: RelabelRule, {groups}: Expressions): LabelMap {
  return [...labels].reduce<LabelMap>((sofar, [name, value]) => {
    const match = groups(rule.regex, name)
    return match === null ? sofar : withLabel(sofar, expanded(rule.replacement, match), value)
  }, labels)
}

function only(labels: LabelMap, isKept: (name: string) => boolean): LabelMap {
  return new Map([...labels].filter(([name]) => isKept(name)))
}

function equals(labels: LabelMap, rule: RelabelRule): boolean {
  return (labels.get(rule.targetLabel) ?? '') === sourceOf(labels, rule)
}

/** All but `hashmod`. */
const ACTIONS: Readonly<Record<string, Action>> = {
  replace: replaced,
  keep: (labels, rule, {matches}) => (matches(rule.regex, sourceOf(labels, rule)) ? labels : null),
  drop: (labels, rule, {matches}) => (matches(rule.regex, sourceOf(labels, rule)) ? null : labels),
  keepequal: (labels, rule) => (equals(labels, rule) ? labels : null),
  dropequal: (labels, rule) => (equals(labels, rule) ? null : labels),
  lowercase: (labels, rule) => withLabel(labels, rule.targetLabel, sourceOf(labels, rule).toLowerCase()),
  uppercase: (labels, rule) => withLabel(labels, rule.targetLabel, sourceOf(labels, rule).toUpperCase()),
  labelmap: mapped,
  labeldrop: (labels, {regex}, {matches}) => only(labels, (name) => !matches(regex, name)),
  labelkeep: (labels, {regex}, {matches}) => only(labels, (name) => matches(regex, name)),
}

/** The labels that an alert bears when it is sent; an external label never replaces its own. */
export function relabeled(labels: Labels, {externalLabels, rules}: Relabeling, expressions: Expressions): Relabeled {
  let current: LabelMap = new Map(Object.entries({...externalLabels, ...labels}))
  for (const rule of rules) {
    const act = ACTIONS[rule.action]
    if (act === undefined || !expressions.reads(rule.regex)) return {kind: 'unknown', action: rule.action}
    const next = act(current, rule, expressions)
    if (next === null) return {kind: 'dropped'}
    current = next
  }
  return {kind: 'kept', labels: Object.fromEntries(current)}
}
