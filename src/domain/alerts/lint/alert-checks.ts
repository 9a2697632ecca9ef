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
  counter: {severity: 'error', meaning: 'a counter (`…_total`, `…_bucket`) without `rate` or `increase`'},
  description: {severity: 'warning', meaning: 'an alert without the annotation `description`'},
  duplicate: {severity: 'error', meaning: 'two rules with the same name and labels'},
  for: {severity: 'warning', meaning: 'an alert without `for`: one odd evaluation is enough to fire'},
  metric: {severity: 'error', live: true, meaning: 'a metric that has no series in Prometheus now'},
  promql: {severity: 'error', meaning: 'PromQL that is not understood'},
  ratio: {
    severity: 'error',
    meaning: 'a ratio whose sides select from one metric unaggregated: each series meets itself',
  },
  runbook: {
    severity: 'warning',
    meaning: 'an alert without the annotation `runbook`; one of `severity: none` needs none',
  },
  'runbook-unknown': {severity: 'error', meaning: 'a `runbook` that does not exist'},
  severity: {severity: 'error', meaning: 'an alert without the label `severity`'},
  summary: {severity: 'error', meaning: 'an alert without the annotation `summary`'},
  topk: {
    severity: 'error',
    meaning: '`topk` or `bottomk` in an alert: which series it is changes, and the alert flaps',
  },
  type: {severity: 'error', meaning: 'a range vector where an instant one is wanted, or the reverse'},
} as const satisfies Readonly<Record<string, Check>>

export type AlertCheckId = keyof typeof ALERT_CHECKS
