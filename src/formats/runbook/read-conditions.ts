import type {Condition, Resolved} from '../../domain/runbook/runbook.js'
import {expectationFrom} from './attribute-values.js'
import {readFields} from './field-reader.js'
import {CONDITION, EXPECTS, RESOLVED} from './front-matter-table.js'
import type {Place, ProblemList} from './problem-list.js'
import {DEFAULTS} from './vocabulary.js'
import type {Entry, YamlReader} from './yaml-reader.js'

/** A condition, and where each character of its text stands: for what can only be checked later. */
export interface PlacedCondition {
  readonly condition: Condition
  readonly placeIn: (offset: number) => Place
}

export interface ReadResolved {
  readonly resolved: Resolved
  readonly placed: readonly PlacedCondition[]
  /** Of `within`, else of `resolved`. */
  readonly within: Place
}

type Kind = Condition['kind']
const KINDS = Object.keys(EXPECTS) as readonly Kind[]
const ANY_2XX = '2xx'

function readExpect(entry: Entry | undefined, kind: Kind, subject: Entry, yaml: YamlReader, problems: ProblemList) {
  if (entry === undefined && EXPECTS[kind] === 'always')
    problems.add('expect', subject.place, `a ${kind} condition needs \`expect\``, "write expect: '>= 1'")
  const text = entry === undefined ? ANY_2XX : (yaml.text(entry.value, 'expect') ?? ANY_2XX)
  return expectationFrom(text, entry === undefined ? subject.place : yaml.place(entry.value), problems)
}

function readCondition(
  entries: readonly Entry[],
  place: Place,
  yaml: YamlReader,
  problems: ProblemList,
): PlacedCondition | null {
  const subjects = entries.filter(({key}) => (KINDS as readonly string[]).includes(key))
  const [subject] = subjects
  if (subject === undefined || subjects.length > 1) {
    problems.add('condition', place, `a condition is exactly one of ${KINDS.join(', ')}`)
    return null
  }
  const kind = subject.key as Kind
  const text = yaml.text(subject.value, kind)
  const expectEntry = entries.find(({key}) => key === 'expect')
  if (text === null) return null
  const placeIn = (offset: number): Place => yaml.placeIn(subject.value, offset)
  const placed = (condition: Condition): PlacedCondition => ({condition, placeIn})
  if (kind === 'health') {
    if (expectEntry !== undefined && EXPECTS[kind] === 'never')
      problems.add('condition', expectEntry.place, 'a health condition has no `expect`')
    return placed({kind, name: text})
  }
  const expect = readExpect(expectEntry, kind, subject, yaml, problems)
  if (expect === null) return null
  if (kind === 'promql') return placed({kind, expression: text, placeholders: [], expect})
  if (!/^https?:\/\/[^\s/]/.test(text))
    problems.add('http', placeIn(0), 'an http condition is an URL: http:// or https://')
  return placed({kind, url: text, expect})
}

/** The `resolved:` of a runbook. */
export function readResolved(entry: Entry, yaml: YamlReader, problems: ProblemList): ReadResolved {
  const fields = readFields(entry.value, 'resolved', RESOLVED, yaml)
  const all = fields.entry('all')
  const nodes = all === undefined ? [] : yaml.items(all.value, 'all')
  const placed = nodes
    .map((node) =>
      readCondition(yaml.entries(node, 'a condition', Object.keys(CONDITION)), yaml.place(node), yaml, problems),
    )
    .filter((condition) => condition !== null)
  if (nodes.length === 0) problems.add('resolved', entry.place, 'resolved needs at least one condition under `all`')
  const patience = {
    withinSeconds: fields.seconds('within') ?? DEFAULTS.within,
    holdSeconds: fields.seconds('hold') ?? DEFAULTS.hold,
    everySeconds: fields.seconds('every') ?? DEFAULTS.every,
  }
  const within = fields.entry('within')?.place ?? entry.place
  return {resolved: {...patience, conditions: placed.map(({condition}) => condition)}, placed, within}
}
