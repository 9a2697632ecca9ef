import type {NoticeSeverity} from '../../domain/notice/notice.js'
import type {InputDeclaration, Resolved} from '../../domain/runbook/runbook.js'
import {meant, type ProblemList, quoted} from './problem-list.js'
import {readAlerts} from './read-alerts.js'
import {type PlacedCondition, readResolved} from './read-conditions.js'
import {readInputs} from './read-inputs.js'
import {DEFAULTS, FRONT_MATTER_KEYS} from './vocabulary.js'
import {type Entry, readYaml, type YamlReader} from './yaml-reader.js'

export interface FrontMatter {
  readonly title: string | null
  readonly severity: NoticeSeverity
  readonly alerts: readonly string[]
  readonly services: readonly string[]
  readonly owner: string | null
  readonly reviewEverySeconds: number | null
  readonly timeoutSeconds: number
  readonly inputs: readonly InputDeclaration[]
  readonly resolved: Resolved | null
  readonly conditions: readonly PlacedCondition[]
}

const SEVERITIES: readonly NoticeSeverity[] = ['critical', 'warning', 'info']

export const NO_FRONT_MATTER: FrontMatter = {
  title: null,
  severity: 'warning',
  alerts: [],
  services: [],
  owner: null,
  reviewEverySeconds: null,
  timeoutSeconds: DEFAULTS.runTimeout,
  inputs: [],
  resolved: null,
  conditions: [],
}

function readSeverity(entry: Entry | undefined, yaml: YamlReader, problems: ProblemList): NoticeSeverity {
  const text = entry === undefined ? null : yaml.text(entry.value, 'severity')
  const severity = SEVERITIES.find((candidate) => candidate === text)
  if (text !== null && severity === undefined && entry !== undefined)
    problems.add('severity', yaml.place(entry.value), `there is no severity ${quoted(text)}`, meant(text, SEVERITIES))
  return severity ?? NO_FRONT_MATTER.severity
}

/** The YAML between the `---` lines; every problem is told, what is left is read. */
export function readFrontMatter(source: string, firstLine: number, problems: ProblemList): FrontMatter {
  if (source.trim() === '') return NO_FRONT_MATTER
  const yaml = readYaml(source, firstLine, problems)
  if (yaml.root === null) return NO_FRONT_MATTER
  const entries = yaml.entries(yaml.root, 'the front matter', FRONT_MATTER_KEYS)
  const found = (key: (typeof FRONT_MATTER_KEYS)[number]): Entry | undefined =>
    entries.find((candidate) => candidate.key === key)
  const read = <T>(key: (typeof FRONT_MATTER_KEYS)[number], reading: (entry: Entry) => T, fallback: T): T => {
    const entry = found(key)
    return entry === undefined ? fallback : reading(entry)
  }
  const resolved = read('resolved', (entry) => readResolved(entry, yaml, problems), null)
  return {
    title: read('title', ({value}) => yaml.text(value, 'title'), null),
    severity: readSeverity(found('severity'), yaml, problems),
    alerts: read('alerts', ({value}) => readAlerts(value, yaml, problems), []),
    services: read('services', ({value}) => yaml.texts(value, 'services'), []),
    owner: read('owner', ({value}) => yaml.text(value, 'owner'), null),
    reviewEverySeconds: read('reviewEvery', ({value}) => yaml.seconds(value, 'reviewEvery'), null),
    timeoutSeconds: read('timeout', ({value}) => yaml.seconds(value, 'timeout'), null) ?? DEFAULTS.runTimeout,
    inputs: read('inputs', (entry) => readInputs(entry, yaml, problems), []),
    resolved: resolved?.resolved ?? null,
    conditions: resolved?.placed ?? [],
  }
}
