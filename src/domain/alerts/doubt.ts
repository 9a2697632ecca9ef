/** Why more may be firing than is shown, worded in `render/words`. A rule that is not evaluated finds nothing, whatever happens. */
export type AlertDoubt =
  /** Alertmanager or Prometheus; `message` is an error's, which is English. */
  | {readonly why: 'unreachable'; readonly message: string}
  | {readonly why: 'noRules'}
  /** `error`: Prometheus' own, of the first. */
  | {readonly why: 'rulesFail'; readonly rules: readonly string[]; readonly error: string}
  | {readonly why: 'rulesNotEvaluatedYet'; readonly rules: readonly string[]}
  | {readonly why: 'rulesStale'; readonly rules: readonly string[]; readonly sinceSeconds: number}
  /** Alertmanager does not have these, which may be silenced under other labels, or not be meant to be sent. */
  | {readonly why: 'untraced'; readonly alerts: readonly string[]}
