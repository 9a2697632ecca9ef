import type {FindingSeverity} from '../../findings/finding.js'

export interface Rule {
  readonly severity: FindingSeverity
  readonly meaning: string
  /** Only looked at with `--live`. */
  readonly live?: true
}

/** Every rule by its id, for the code, for runbooks/README.md and for whoever reads a finding. */
export const RULES = {
  alert: {
    severity: 'error',
    meaning: 'an entry of `alerts` that no rule file defines, or that is not a valid selector',
  },
  'alert-contested': {severity: 'error', meaning: 'an alert that two runbooks name in the same words'},
  'alert-uncovered': {
    severity: 'error',
    meaning: 'an alert that no runbook is for; one of `severity: none` needs none',
  },
  attribute: {severity: 'error', meaning: 'an attribute that is unknown, given twice, or means nothing in this role'},
  'attribute-syntax': {severity: 'error', meaning: 'braces that are not `{role key=value …}`'},
  bidi: {severity: 'warning', meaning: 'prose or a notice in which a character turns the direction of writing'},
  capture: {severity: 'error', meaning: 'a `capture` with the name of an input'},
  channel: {severity: 'error', meaning: '`to` names a channel that `notices:` in faci.yml does not have'},
  condition: {severity: 'error', meaning: 'a condition that is not exactly one of `health`, `http`, `promql`'},
  confusable: {
    severity: 'error',
    meaning:
      'outside quotes and comments of a script, what only looks like a `-`, a quote, an operator or a Latin letter: a long dash, curly quotes, wide letters',
  },
  confirm: {severity: 'error', meaning: 'an unknown `confirm`'},
  default: {severity: 'error', meaning: 'a default that its `oneOf` does not allow'},
  destructive: {
    severity: 'error',
    meaning:
      '`down`, `rm`, `prune`, `--volumes`, or containers made anew, without `confirm=always`; of containers also in a block that only looks',
  },
  duration: {severity: 'error', meaning: 'an invalid duration'},
  empty: {severity: 'error', meaning: 'a block without a body, or a script of comments alone'},
  expect: {severity: 'error', meaning: 'an `expect` that is not understood, or is missing'},
  fence: {severity: 'error', meaning: 'a block that is never closed'},
  'file-name': {
    severity: 'warning',
    meaning:
      'a Markdown file without front matter whose name cannot be that of a runbook; a README is meant to be none',
  },
  'foreign-key': {
    severity: 'warning',
    meaning: 'a key of the front matter that is for a site generator or a wiki: it means nothing here',
  },
  freshness: {severity: 'warning', live: true, meaning: 'no run that ended resolved within `reviewEvery`'},
  from: {severity: 'error', meaning: 'a source of an input that is not `env:NAME` or `file:/path`'},
  'from-alert': {severity: 'error', meaning: '`fromAlert` without `oneOf` or `pattern`, or for a secret'},
  'front-matter': {severity: 'error', meaning: 'front matter that is never closed'},
  health: {severity: 'error', meaning: 'a `health` condition that names no endpoint of `health:` in faci.yml'},
  hidden: {
    severity: 'error',
    meaning:
      'a control, bidi or invisible character in what runs; outside quotes and comments also a space that programs do not take for one',
  },
  http: {
    severity: 'error',
    meaning:
      'an invalid http block or URL, a changing method where only reading is allowed, or a server that a value decides',
  },
  id: {
    severity: 'error',
    meaning: 'an `id` that is invalid, used twice, or an answer at a gate: `y yes n no skip quit`',
  },
  'input-label': {
    severity: 'warning',
    meaning: 'an input with the name of a label or annotation of its alerts, and without `fromAlert`: it is not filled',
  },
  'input-name': {
    severity: 'error',
    meaning: 'an input whose name could not be a variable, or is obeyed by programs: `http_proxy`',
  },
  language: {severity: 'error', meaning: 'a language that is unknown, or cannot have this role'},
  'lost-block': {
    severity: 'error',
    meaning:
      'a marked block that Markdown reads as HTML, text, an example or a part of another block, and does not run',
  },
  metric: {severity: 'error', live: true, meaning: 'a metric that Prometheus has never heard of'},
  'mixed-script': {
    severity: 'error',
    meaning: 'an unquoted word of what runs that mixes Latin with Cyrillic or Greek letters',
  },
  name: {
    severity: 'error',
    meaning:
      'a `capture` that could not be a variable or is obeyed by programs, or a runbook whose name is a command or cannot be typed',
  },
  'no-series': {severity: 'warning', live: true, meaning: 'a query that returns nothing now, though its metrics exist'},
  of: {severity: 'error', meaning: 'a rollback that undoes nothing, or what another one undoes already'},
  on_failure: {severity: 'error', meaning: 'an unknown `on_failure`'},
  pattern: {
    severity: 'error',
    meaning:
      'a `pattern` that is not a valid regular expression (RE2) or takes too long to match, or a default that it does not allow',
  },
  outputs: {
    severity: 'error',
    meaning: '`$FACI_OUTPUT` without `outputs`, or a name in it that no block may set: an input, `PATH`, `http_proxy`',
  },
  placeholder: {severity: 'error', meaning: 'a `{{placeholder}}` that a notice does not have'},
  prompt: {severity: 'error', meaning: 'a command that was copied with its prompt: `$ `, `% `, `user@host:~$ `'},
  promql: {severity: 'error', meaning: 'PromQL that is not understood, or a placeholder where none can stand'},
  resolved: {severity: 'error', meaning: 'a `resolved` without conditions, or a mitigation without a `resolved`'},
  retries: {severity: 'error', meaning: '`retries` that are not 0 to 20'},
  role: {severity: 'error', meaning: 'a block whose role is missing or unknown'},
  'rules-unread': {
    severity: 'warning',
    meaning: 'a rule file or folder of `prometheus.rules` that cannot be read: its alerts are not known here',
  },
  secret: {severity: 'error', meaning: 'a secret input with a default, without a source, or in a notice'},
  'secret-written': {severity: 'error', meaning: 'a password, token or key written out'},
  service: {severity: 'error', live: true, meaning: 'a service that the Compose file does not have'},
  severity: {severity: 'error', meaning: 'an unknown `severity`'},
  shell: {severity: 'error', meaning: 'a script that `bash -n` does not understand'},
  'shell-promql': {
    severity: 'warning',
    meaning:
      'a script that puts a captured value, or an input without `oneOf` or `pattern`, into a query in a URL (`api/v1/query`) or of `faci query`',
  },
  'too-large': {severity: 'error', meaning: 'more that runs than one runbook may hold'},
  tool: {severity: 'warning', live: true, meaning: 'a command that is not on the PATH'},
  type: {severity: 'error', meaning: 'a list where a text belongs, and the like'},
  undeclared: {severity: 'error', meaning: 'a name that is neither an input nor captured before'},
  'unknown-key': {severity: 'error', meaning: 'a key that the front matter does not have'},
  'unknown-variable': {
    severity: 'warning',
    meaning: 'a `$name` in a script that nothing declares, captures or assigns',
  },
  'unused-input': {severity: 'warning', meaning: 'an input that nothing uses'},
  'unlisted-script': {
    severity: 'warning',
    meaning:
      'a script that is called by a relative path and not listed in `uses`: an approval does not hold for its content',
  },
  url: {severity: 'warning', live: true, meaning: 'a URL where nobody answers now'},
  verify: {severity: 'error', meaning: 'a verify block without a mitigation before it'},
  when: {severity: 'error', meaning: 'an unknown `when`'},
  'within-window': {
    severity: 'warning',
    meaning: 'a `within` shorter than the window of its query: what was bad stays in the window for longer',
  },
  yaml: {severity: 'error', meaning: 'front matter that is not valid YAML'},
} as const satisfies Readonly<Record<string, Rule>>

export type RuleId = keyof typeof RULES

/** What is refused although it is read whole: a run from before a rule was made can still be shown. */
export const READ_WHOLE: ReadonlySet<RuleId> = new Set([
  'from-alert',
  'lost-block',
  'http',
  'input-name',
  'outputs',
  'promql',
])
