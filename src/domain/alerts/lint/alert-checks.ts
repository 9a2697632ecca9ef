import type {FindingSeverity} from '../../findings/finding.js'

interface Check {
  readonly severity: FindingSeverity
  readonly meaning: string
  /** Only looked at with `--live`. */
  readonly live?: true
}

/** Every check by its id, for the code and for whoever reads a finding. */
export const ALERT_CHECKS = {
  absent: {
    severity: 'error',
    meaning: '`up == 0` without any `absent(up…)`: a target that vanishes takes `up` with it',
  },
  counter: {
    severity: 'error',
    live: true,
    meaning: 'a counter, as the metadata of Prometheus says, without `rate` or `increase`',
  },
  'counter-name': {
    severity: 'warning',
    meaning:
      'what is named like a counter (`…_total`, `…_bucket`) without `rate` or `increase`; `--live` knows whether it is one',
  },
  description: {severity: 'warning', meaning: 'an alert without the annotation `description`'},
  duplicate: {severity: 'error', meaning: 'two rules with the same name and labels'},
  file: {
    severity: 'error',
    meaning:
      'what Prometheus does not take in a rule file: unknown keys, durations, names, groups that are there twice',
  },
  for: {severity: 'warning', meaning: 'an alert without `for`: one odd evaluation is enough to fire'},
  metric: {severity: 'error', live: true, meaning: 'a metric that has no series in Prometheus now'},
  'no-vector': {
    severity: 'warning',
    meaning: 'an expression that Prometheus loads, and then cannot evaluate as a rule',
  },
  note: {
    severity: 'warning',
    meaning:
      'a file without rules, a manifest for the Operator, or documents after the first, which Prometheus never reads',
  },
  promql: {severity: 'error', meaning: 'PromQL that is not understood'},
  promtool: {severity: 'error', meaning: 'what the promtool on PATH, where there is one, refuses'},
  'promtool-takes': {severity: 'warning', meaning: 'what looks wrong in a file that the promtool on PATH takes'},
  ratio: {
    severity: 'error',
    meaning: 'a ratio whose sides select from one metric unaggregated: each series meets itself',
  },
  runbook: {
    severity: 'warning',
    meaning: 'an alert without the annotation `runbook` or `runbook_url`; one of `severity: none` needs none',
  },
  'runbook-unknown': {severity: 'error', meaning: 'a `runbook` that does not exist'},
  severity: {severity: 'error', meaning: 'an alert without the label `severity`'},
  subquery: {
    severity: 'error',
    meaning: 'a letter in brackets that Prometheus takes for the colon of a subquery: `[5 m]`',
  },
  summary: {severity: 'error', meaning: 'an alert without the annotation `summary`'},
  template: {severity: 'error', meaning: 'a template of a label or an annotation that Prometheus cannot read'},
  topk: {
    severity: 'error',
    meaning: '`topk` or `bottomk` in an alert: which series it is changes, and the alert flaps',
  },
  type: {
    severity: 'error',
    meaning:
      'functions that Prometheus does not have, arguments of the wrong number or type, and how vectors are matched',
  },
  unread: {severity: 'error', meaning: 'a rule file or a folder that cannot be read'},
  version: {severity: 'warning', meaning: 'what Prometheus 2 or Prometheus 3 refuses, and the other takes'},
  yaml: {severity: 'error', meaning: 'a rule file that is no YAML'},
} as const satisfies Readonly<Record<string, Check>>

export type AlertCheckId = keyof typeof ALERT_CHECKS
