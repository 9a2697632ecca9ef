/** The verdict on a state: what `status` or `health` found. */
export type StateVerdict = 'healthy' | 'degraded' | 'down' | 'unknown'

/** The verdict on an act: what a change, a run or a delivery came to. */
export type ActVerdict =
  'ok' | 'bad' | 'unknown' | 'refused' | 'rolledBack' | 'rollbackFailed' | 'undelivered' | 'interrupted'

/** `invalid`: what was read is not as it must be. */
export type Verdict = StateVerdict | ActVerdict | 'invalid'

const WORST_FIRST: readonly StateVerdict[] = ['down', 'degraded', 'unknown', 'healthy']

/** The verdict on a whole from the verdicts on its parts; nothing to judge is unknown, never healthy. */
export function worstState(parts: readonly StateVerdict[]): StateVerdict {
  return WORST_FIRST.find((verdict) => parts.includes(verdict)) ?? 'unknown'
}

/** What came of an act, for people. */
export const ACT_WORDS: Readonly<Record<ActVerdict, string>> = {
  ok: 'done',
  bad: 'failed',
  unknown: 'not seen to have worked',
  refused: 'refused',
  rolledBack: 'rolled back',
  rollbackFailed: 'rollback failed',
  undelivered: 'done, notice undelivered',
  interrupted: 'interrupted',
}
