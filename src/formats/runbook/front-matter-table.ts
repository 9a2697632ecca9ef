import type {NoticeSeverity} from '../../domain/notices/notice.js'
import type {Condition} from '../../domain/runbook/runbook.js'

export const SEVERITIES: readonly NoticeSeverity[] = ['critical', 'warning', 'info']

/** `env:NAME` or `file:/path`. */
export const SOURCE = /^(env|file):(\S+)$/

/** How a key is read, and what an editor says of it. */
export interface Field {
  readonly kind:
    | 'alerts'
    | 'text'
    | 'texts'
    | 'flag'
    | 'duration'
    | 'severity'
    | 'source'
    | 'expect'
    | 'inputs'
    | 'resolved'
    | 'conditions'
  readonly description: string
}

export type Table = Readonly<Record<string, Field>>

/** The keys of a table that are read in one way: reading one in another way does not compile. */
export type KeysOf<T extends Table, K extends Field['kind']> = {
  [P in keyof T & string]: T[P]['kind'] extends K ? P : never
}[keyof T & string]

/** The front matter: the one list of its keys, for the reader and for front-matter.schema.json. */
export const FRONT_MATTER = {
  title: {kind: 'text', description: 'What people call it; else the # heading.'},
  severity: {kind: 'severity', description: 'How bad it is: critical, warning (default) or info.'},
  alerts: {
    kind: 'alerts',
    description: 'The alerts it is for: APIDown, or a selector APIDown{service="api"}. One alert, one runbook.',
  },
  services: {kind: 'texts', description: 'What it acts on, by the names of the Compose file.'},
  owner: {kind: 'text', description: 'Who keeps it right.'},
  reviewEvery: {kind: 'duration', description: 'How often it must be seen to work: 90d.'},
  timeout: {kind: 'duration', description: 'Of a run (default 15m); stands still while a person is asked.'},
  inputs: {kind: 'inputs', description: 'Values that a run is given: environment variables in sh, ${name} elsewhere.'},
  uses: {
    kind: 'texts',
    description: 'Files that its scripts call, from the folder of faci.yml: an approval holds for their content.',
  },
  resolved: {kind: 'resolved', description: 'When the incident is over.'},
} as const satisfies Table

export const INPUT = {
  default: {kind: 'text', description: 'The value when none is given.'},
  oneOf: {kind: 'texts', description: 'The only values allowed.'},
  pattern: {
    kind: 'text',
    description:
      'What all of a value must match (RE2); regex: the value is itself a regular expression, as =~ takes it.',
  },
  fromAlert: {
    kind: 'flag',
    description: "Whether an alert's label, else annotation, of this name may fill it; needs oneOf or a pattern.",
  },
  secret: {kind: 'flag', description: 'Never shown, never on a command line; needs from.'},
  from: {kind: 'source', description: 'Where the value comes from: env:NAME or file:/path.'},
} as const satisfies Table

export const RESOLVED = {
  within: {kind: 'duration', description: 'How long it is waited for after each mitigation (60s).'},
  hold: {kind: 'duration', description: 'How long it must stay true (0s).'},
  every: {kind: 'duration', description: 'How often it is checked (1s).'},
  all: {kind: 'conditions', description: 'What must hold together.'},
} as const satisfies Table

export const CONDITION = {
  health: {kind: 'text', description: 'An entry of health: in faci.yml answers as healthy.'},
  http: {kind: 'text', description: 'A URL, asked with GET; 2xx when nothing is expected.'},
  promql: {kind: 'text', description: 'An instant query that gives exactly one sample.'},
  expect: {kind: 'expect', description: 'What the status or the sample must be: 2xx, >= 1, 0..0.5.'},
} as const satisfies Table

/** A condition is about one of these, with an `expect` or without. */
export const EXPECTS: Readonly<Record<Condition['kind'], 'never' | 'maybe' | 'always'>> = {
  health: 'never',
  http: 'maybe',
  promql: 'always',
}
