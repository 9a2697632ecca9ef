import type {NoticeSeverity} from '../../domain/notices/notice.js'
import {FOREIGN_KEYS} from '../../domain/runbook/foreign-keys.js'
import type {RunbookPlaces} from '../../domain/runbook/places.js'
import type {InputDeclaration, Resolved} from '../../domain/runbook/runbook.js'
import {type FieldReader, readFields} from './field-reader.js'
import {FRONT_MATTER, SEVERITIES} from './front-matter-table.js'
import {meant, type Place, type ProblemList, quoted} from './problem-list.js'
import {readAlerts} from './read-alerts.js'
import {type PlacedCondition, readResolved} from './read-conditions.js'
import {readInputs} from './read-inputs.js'
import {DEFAULTS} from './vocabulary.js'
import {readYaml, type YamlReader} from './yaml-reader.js'

type FrontMatterPlaces = Omit<RunbookPlaces, 'frontMatter' | 'blocks'>

export interface FrontMatter {
  readonly title: string | null
  readonly severity: NoticeSeverity
  readonly alerts: readonly string[]
  readonly services: readonly string[]
  readonly owner: string | null
  readonly reviewEverySeconds: number | null
  readonly timeoutSeconds: number
  readonly inputs: readonly InputDeclaration[]
  readonly uses: readonly string[]
  readonly resolved: Resolved | null
  readonly conditions: readonly PlacedCondition[]
  readonly places: FrontMatterPlaces
}

const NO_END = {resolved: null, placed: [], within: null}

export const NO_FRONT_MATTER: FrontMatter = {
  title: null,
  severity: 'warning',
  alerts: [],
  services: [],
  owner: null,
  reviewEverySeconds: null,
  timeoutSeconds: DEFAULTS.runTimeout,
  inputs: [],
  uses: [],
  resolved: null,
  conditions: [],
  places: {alerts: [], services: [], inputs: [], conditions: [], reviewEvery: null, within: null},
}

function readSeverity(
  fields: FieldReader<typeof FRONT_MATTER>,
  yaml: YamlReader,
  problems: ProblemList,
): NoticeSeverity {
  const text = fields.text('severity')
  const severity = SEVERITIES.find((candidate) => candidate === text)
  if (text !== null && severity === undefined)
    problems.add(
      'severity',
      yaml.place(fields.entry('severity')?.value ?? null),
      `there is no severity ${quoted(text)}`,
      meant(text, SEVERITIES),
    )
  return severity ?? NO_FRONT_MATTER.severity
}

/** The YAML between the `---` lines; every problem is told, what is left is read. */
export function readFrontMatter(source: string, firstLine: number, problems: ProblemList): FrontMatter {
  if (source.trim() === '') return NO_FRONT_MATTER
  const yaml = readYaml(source, firstLine, problems)
  if (yaml.root === null) return NO_FRONT_MATTER
  const fields = readFields(yaml.root, 'the front matter', FRONT_MATTER, yaml, FOREIGN_KEYS)
  const {resolved, placed, within} = fields.other('resolved', (entry) => readResolved(entry, yaml, problems)) ?? NO_END
  const alerts = fields.other('alerts', ({value}) => readAlerts(value, yaml, problems)) ?? []
  const services = fields.placedTexts('services')
  const inputs = fields.other('inputs', (entry) => readInputs(entry, yaml, problems)) ?? []
  const placesOf = (parts: readonly {readonly place: Place}[]): readonly Place[] => parts.map(({place}) => place)
  return {
    title: fields.text('title'),
    severity: readSeverity(fields, yaml, problems),
    alerts: alerts.map(({text}) => text),
    services: services.map(({text}) => text),
    owner: fields.text('owner'),
    reviewEverySeconds: fields.seconds('reviewEvery'),
    timeoutSeconds: fields.seconds('timeout') ?? DEFAULTS.runTimeout,
    inputs: inputs.map(({input}) => input),
    uses: fields.texts('uses') ?? [],
    resolved,
    conditions: placed,
    places: {
      alerts: placesOf(alerts),
      services: placesOf(services),
      inputs: placesOf(inputs),
      conditions: placed.map(({placeIn}) => placeIn(0)),
      reviewEvery: fields.entry('reviewEvery')?.place ?? null,
      within,
    },
  }
}
