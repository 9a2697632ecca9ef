import {isMap, isScalar, isSeq, type Node, type Scalar} from 'yaml'
import type {LoadFault} from '../../domain/alerts/lint/alert-fault.js'
import type {FileProblem} from '../../domain/alerts/lint/file-problem.js'
import type {Refusal} from '../../domain/alerts/lint/refusal.js'
import {prometheusDuration} from '../../domain/promql/prom-duration.js'
import {PROMQL_VERSIONS, type PromqlVersion} from '../../domain/promql/functions.js'
import {closest} from '../../domain/text/did-you-mean.js'
import {durationMeant} from '../../domain/time/duration.js'
import {mergedPairs} from '../yaml/merged-pairs.js'
import type {Written} from '../yaml/yaml-text.js'
import {valuePlaces} from '../yaml/value-places.js'
import type {RuleSource} from './rule-source.js'
import {templateProblem} from './template-parser.js'

type Within = 'file' | 'group' | 'rule'

/** The keys that each part may have, and the versions that know them. */
const KEYS: Readonly<Record<Within, Readonly<Record<string, readonly PromqlVersion[]>>>> = {
  file: {groups: PROMQL_VERSIONS},
  group: {
    ...{name: PROMQL_VERSIONS, interval: PROMQL_VERSIONS, limit: PROMQL_VERSIONS, rules: PROMQL_VERSIONS},
    ...{labels: ['3'], query_offset: ['3']},
  },
  rule: {
    ...{alert: PROMQL_VERSIONS, annotations: PROMQL_VERSIONS, expr: PROMQL_VERSIONS, for: PROMQL_VERSIONS},
    ...{keep_firing_for: PROMQL_VERSIONS, labels: PROMQL_VERSIONS, record: PROMQL_VERSIONS},
  },
}
const METRIC_NAME = /^[A-Za-z_:][\w:]*$/
const LABEL_NAME = /^[A-Za-z_]\w*$/
const INTEGER = /^([-+]?)((?:0x[\da-f_]+)|(?:0b[01_]+)|(?:0o[0-7_]+)|\d[\d_]*)$/i
const MOST_INTEGER = 2n ** 63n - 1n

type Entries = ReadonlyMap<string, {readonly key: unknown; readonly value: unknown}>

/** The text of a scalar as Go reads it into a text: nothing for null. */
function goText(written: Written | null): string {
  if (!isScalar(written) || isNull(written)) return ''
  return typeof written.value === 'string' ? written.value : (written.source ?? JSON.stringify(written.value))
}

function isNull(written: Written | null): boolean {
  return written === null || (isScalar(written) && (written.value === null || written.value === undefined))
}

/** Collects what Prometheus would not take of the form of one file. */
class RuleFileCheck {
  readonly refusals: Refusal[] = []
  readonly #source: RuleSource

  constructor(source: RuleSource) {
    this.#source = source
  }

  run(): readonly Refusal[] {
    const root = this.#source.yaml.resolve(this.#source.root)
    if (isNull(root)) return []
    const entries = this.#entries(root, 'file', this.#source.isManifest ? 'spec' : 'file')
    const names = new Map<string, number>()
    for (const group of this.#items(entries, 'groups')) this.#group(group, names)
    return this.refusals
  }

  #add(problem: FileProblem, node: unknown, versions: readonly PromqlVersion[] = PROMQL_VERSIONS): void {
    this.#refuse({rule: 'file', ...problem}, this.#source.yaml.place(node as Node | null), versions)
  }

  #refuse(
    fault: LoadFault,
    place: {readonly line: number; readonly column: number},
    versions: readonly PromqlVersion[],
  ): void {
    if (versions.length > 0) this.refusals.push({file: this.#source.file, ...place, fault, versions})
  }

  #kind(key: string, wanted: Extract<FileProblem, {readonly what: 'kind'}>['wanted'], node: unknown): void {
    this.#add({what: 'kind', key, wanted}, node)
  }

  /** The keys of a map, those that are unknown told. */
  #entries(node: Written | null, within: Within, called: string = within): Entries {
    if (!isMap(node)) {
      this.#kind(called, 'map', node)
      return new Map()
    }
    const entries: Entries = mergedPairs(this.#source.yaml, node)
    const known = KEYS[within]
    for (const [key, {key: written}] of entries) {
      const versions = known[key] ?? []
      const all = Object.keys(known)
      const near = versions.length > 0 ? null : closest(key, all)
      const refusing = PROMQL_VERSIONS.filter((version) => !versions.includes(version))
      this.#add({what: 'key', key, within, near, known: all}, written, refusing)
    }
    return entries
  }

  #at(entries: Entries, key: string): Written | null {
    return this.#source.yaml.resolve(entries.get(key)?.value)
  }

  #items(entries: Entries, key: string): readonly Written[] {
    const list = this.#at(entries, key)
    if (isSeq(list))
      return list.items.flatMap((item) => this.#source.yaml.resolve(item) ?? []).filter((one) => !isNull(one))
    if (!isNull(list)) this.#kind(key, 'list', list)
    return []
  }

  /** A text, whatever scalar it is written as. */
  #text(entries: Entries, key: string): string {
    const written = this.#at(entries, key)
    if (!isNull(written) && !isScalar(written)) this.#kind(key, 'text', written)
    return goText(written)
  }

  #duration(entries: Entries, key: string): number {
    const written = this.#at(entries, key)
    if (isNull(written)) return 0
    if (!isScalar(written)) {
      this.#kind(key, 'text', written)
      return 0
    }
    const text = goText(written)
    const milliseconds = prometheusDuration(text)
    if (milliseconds === null) this.#add({what: 'duration', key, text, near: meantDuration(text)}, written)
    return milliseconds ?? 0
  }

  #limit(entries: Entries): void {
    const written = this.#at(entries, 'limit')
    if (isNull(written)) return
    if (!isScalar(written) || !isGoInteger(written)) this.#kind('limit', 'number', written)
  }

  #group(group: Written, names: Map<string, number>): void {
    const entries = this.#entries(group, 'group')
    if (!isMap(group)) return
    const name = this.#text(entries, 'name')
    const {line} = this.#source.yaml.place(group)
    const first = names.get(name)
    if (name === '') this.#add({what: 'groupName'}, this.#at(entries, 'name') ?? group)
    else if (first !== undefined) this.#add({what: 'groupTwice', name, first}, this.#at(entries, 'name'))
    names.set(name, first ?? line)
    for (const key of ['interval', 'query_offset']) this.#duration(entries, key)
    this.#limit(entries)
    this.#named(entries, 'labels')
    for (const rule of this.#items(entries, 'rules')) this.#rule(rule)
  }

  #rule(rule: Written): void {
    const entries = this.#entries(rule, 'rule')
    if (!isMap(rule)) return
    const [alert, record] = [this.#text(entries, 'alert'), this.#text(entries, 'record')]
    if (alert !== '' && record !== '') this.#add({what: 'bothNames'}, this.#at(entries, 'record'))
    if (alert === '' && record === '') this.#add({what: 'noName'}, rule)
    this.#expression(entries, rule)
    const durations = ['for', 'keep_firing_for'].filter((key) => this.#duration(entries, key) > 0)
    const annotations = this.#named(entries, 'annotations')
    const labels = this.#named(entries, 'labels')
    if (record !== '') this.#record(entries, record, [...durations, ...(annotations.length > 0 ? ['annotations'] : [])])
    if (alert !== '') for (const value of [...labels, ...annotations]) this.#template(value)
  }

  #expression(entries: Entries, rule: Written): void {
    const written = this.#at(entries, 'expr')
    const text = this.#text(entries, 'expr')
    if (text !== '' || (!isNull(written) && !isScalar(written))) return
    // Version 2 takes the word for a metric.
    const isWord = isScalar(written) && /^null$/i.test(written.source ?? '')
    this.#add({what: 'noExpression'}, written ?? rule, isWord ? ['3'] : PROMQL_VERSIONS)
  }

  #record(entries: Entries, name: string, alerting: readonly string[]): void {
    for (const key of alerting) this.#add({what: 'recordField', key}, this.#at(entries, key))
    const refusing = /[{}]/.test(name) ? PROMQL_VERSIONS : METRIC_NAME.test(name) ? [] : (['2'] as const)
    this.#add({what: 'recordName', name}, this.#at(entries, 'record'), refusing)
  }

  /** Labels or annotations: their names told; gives their values. */
  #named(entries: Entries, key: 'annotations' | 'labels'): readonly Scalar[] {
    const map = this.#at(entries, key)
    if (isNull(map)) return []
    if (!isMap(map)) {
      this.#kind(key, 'map', map)
      return []
    }
    return [...mergedPairs(this.#source.yaml, map)].flatMap(([name, {key: at, value}]) => {
      const isReserved = key === 'labels' && name === '__name__'
      const isNothing = name === '' || isReserved
      const refusing = isNothing ? PROMQL_VERSIONS : LABEL_NAME.test(name) ? [] : (['2'] as const)
      this.#add({what: key === 'labels' ? 'labelName' : 'annotationName', name}, at, refusing)
      const written = this.#source.yaml.resolve(value)
      if (isScalar(written)) return [written]
      if (written !== null) this.#kind(name, 'text', written)
      return []
    })
  }

  #template(value: Scalar): void {
    const text = goText(value)
    const found = PROMQL_VERSIONS.flatMap((version) => {
      const problem = templateProblem(text, version)
      return problem === null ? [] : [{version, problem}]
    })
    const [first] = found
    if (first === undefined) return
    const {offset, ...problem} = first.problem
    const place = valuePlaces(value, this.#source.text, this.#source.yaml.placeAt)(offset)
    this.#refuse(
      {rule: 'template', ...problem},
      place,
      found.map(({version}) => version),
    )
  }
}

/** Whether Go's reader takes it for an integer of 64 bits, of a fraction what is before its point. */
function isGoInteger({type, tag, value, source = ''}: Scalar): boolean {
  if (tag === undefined ? type !== 'PLAIN' : !/:(?:int|float)$/.test(tag)) return false
  const [, sign, digits = ''] = INTEGER.exec(source) ?? []
  if (sign === undefined) return typeof value === 'number' && Math.abs(value) < Number(MOST_INTEGER)
  const plain = digits.toLowerCase().replaceAll('_', '')
  return BigInt(plain) <= MOST_INTEGER + (sign === '-' ? 1n : 0n)
}

function meantDuration(text: string): string | null {
  const meant = durationMeant(text)
  return meant !== null && meant !== text && prometheusDuration(meant) !== null ? meant : null
}

/** Everything in the form of a rule file for which a version of Prometheus would not load it; what its expressions say is not looked at. */
export function checkRuleFile(source: RuleSource): readonly Refusal[] {
  return new RuleFileCheck(source).run()
}
