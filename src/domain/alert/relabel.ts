import type {Labels} from '../signals/sample.js'

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
type Action = (labels: LabelMap, rule: RelabelRule) => LabelMap | null

const LABEL_NAME = /^[A-Za-z_]\w*$/

/** As Go's, which is anchored at both ends. Throws `SyntaxError` for what JavaScript does not understand. */
function compiled(pattern: string): RegExp {
  const caseless = pattern.startsWith('(?i)')
  const source = (caseless ? pattern.slice('(?i)'.length) : pattern).replaceAll('(?P<', '(?<')
  return new RegExp(`^(?:${source})$`, caseless ? 'siu' : 'su')
}

/** `$1`, `${1}`, `$name` and `$$`, as Go expands them: a name is as long as it can be, and what there is none of is empty. */
function expanded(template: string, match: RegExpExecArray): string {
  return template.replaceAll(
    /\$(?:(\$)|(\w+)|\{(\w+)\})/g,
    (_, dollar: string | undefined, bare: string | undefined, braced: string | undefined) => {
      const name = bare ?? braced ?? ''
      if (dollar !== undefined) return dollar
      return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? ''
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

function replaced(labels: LabelMap, rule: RelabelRule): LabelMap {
  const match = compiled(rule.regex).exec(sourceOf(labels, rule))
  if (match === null) return labels
  const target = expanded(rule.targetLabel, match)
  return LABEL_NAME.test(target) ? withLabel(labels, target, expanded(rule.replacement, match)) : labels
}

function mapped(labels: LabelMap, rule: RelabelRule): LabelMap {
  const regex = compiled(rule.regex)
  return [...labels].reduce<LabelMap>((sofar, [name, value]) => {
    const match = regex.exec(name)
    return match === null ? sofar : withLabel(sofar, expanded(rule.replacement, match), value)
  }, labels)
}

function only(labels: LabelMap, isKept: (name: string) => boolean): LabelMap {
  return new Map([...labels].filter(([name]) => isKept(name)))
}

function matches(labels: LabelMap, rule: RelabelRule): boolean {
  return compiled(rule.regex).test(sourceOf(labels, rule))
}

function equals(labels: LabelMap, rule: RelabelRule): boolean {
  return (labels.get(rule.targetLabel) ?? '') === sourceOf(labels, rule)
}

/** All but `hashmod`. */
const ACTIONS: Readonly<Record<string, Action>> = {
  replace: replaced,
  keep: (labels, rule) => (matches(labels, rule) ? labels : null),
  drop: (labels, rule) => (matches(labels, rule) ? null : labels),
  keepequal: (labels, rule) => (equals(labels, rule) ? labels : null),
  dropequal: (labels, rule) => (equals(labels, rule) ? null : labels),
  lowercase: (labels, rule) => withLabel(labels, rule.targetLabel, sourceOf(labels, rule).toLowerCase()),
  uppercase: (labels, rule) => withLabel(labels, rule.targetLabel, sourceOf(labels, rule).toUpperCase()),
  labelmap: mapped,
  labeldrop: (labels, {regex}) => only(labels, (name) => !compiled(regex).test(name)),
  labelkeep: (labels, {regex}) => only(labels, (name) => compiled(regex).test(name)),
}

/** The labels that an alert bears when it is sent; an external label never replaces its own. */
export function relabeled(labels: Labels, {externalLabels, rules}: Relabeling): Relabeled {
  let current: LabelMap = new Map(Object.entries({...externalLabels, ...labels}))
  for (const rule of rules) {
    const act = ACTIONS[rule.action]
    if (act === undefined) return {kind: 'unknown', action: rule.action}
    try {
      const next = act(current, rule)
      if (next === null) return {kind: 'dropped'}
      current = next
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      return {kind: 'unknown', action: rule.action}
    }
  }
  return {kind: 'kept', labels: Object.fromEntries(current)}
}
