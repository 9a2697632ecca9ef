/** The verdict on a state: what `status` or `health` found. */
export type StateVerdict = 'healthy' | 'degraded' | 'down' | 'unknown'

/** The verdict on an act: what a change, a run or a delivery came to. */
export type ActVerdict =
  'ok' | 'bad' | 'unknown' | 'refused' | 'rolledBack' | 'rollbackFailed' | 'undelivered' | 'interrupted'

/** `notJudged`: it was read, but nothing says which value would be good and which bad. */
export type JudgedVerdict = StateVerdict | 'notJudged'

/** `invalid`: what was read is not as it must be. */
export type Verdict = JudgedVerdict | ActVerdict | 'invalid'

const WORST_FIRST: readonly StateVerdict[] = ['down', 'degraded', 'unknown', 'healthy']

/** The verdict on a whole from the verdicts on its parts; nothing to judge is unknown, never healthy. */
export function worstState(parts: readonly StateVerdict[]): StateVerdict {
  return WORST_FIRST.find((verdict) => parts.includes(verdict)) ?? 'unknown'
}

/** The same where some parts are not judged: they say nothing about the whole; where no part is, the whole is not judged either. */
export function worstOfJudged(parts: readonly JudgedVerdict[]): JudgedVerdict {
  const judged = parts.filter((verdict) => verdict !== 'notJudged')
  return parts.length > 0 && judged.length === 0 ? 'notJudged' : worstState(judged)
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
