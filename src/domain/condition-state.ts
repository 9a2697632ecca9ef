/** What can be said of a condition: `unknown` when it cannot be seen (backend gone, no data). Never treated as false. */
export type ConditionState = 'true' | 'false' | 'unknown'

/** Together: one false is false; else one unknown is unknown. Nothing to judge is unknown. */
export function allOf(truths: readonly ConditionState[]): ConditionState {
  if (truths.includes('false')) return 'false'
  return truths.length === 0 || truths.includes('unknown') ? 'unknown' : 'true'
}

export function conditionState(holds: boolean): ConditionState {
  return holds ? 'true' : 'false'
}
