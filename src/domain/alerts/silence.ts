import type {Expressions} from '../text/expressions.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Alert} from './alert.js'
import {holds, type Matcher} from '../promql/matcher.js'

/** What keeps alerts from being notified, until it ends. */
export interface Silence {
  readonly id: string
  /** `pending`: it begins later. */
  readonly state: 'active' | 'pending'
  readonly matchers: readonly Matcher[]
  readonly startsAt: IsoTime
  readonly endsAt: IsoTime
  readonly createdBy: string
  readonly comment: string
}

/** A silence to be made; with `id`, what that one is to be from now on. */
export type SilenceWish = Omit<Silence, 'id' | 'state'> & {readonly id: string | null}

/** Silences longer than this are no silences: the rule or the route is what should change. */
export const LONGEST_SILENCE_SECONDS = 7 * 86_400

/** An alert that a silence covers, or would cover. */
export interface CoveredAlert {
  readonly name: string
  readonly severity: string | null
  readonly state: Alert['state']
  readonly since: IsoTime
  readonly labels: Alert['labels']
}

/** The active alerts whose labels satisfy every matcher. */
export function coveredAlerts(
  matchers: readonly Matcher[],
  alerts: readonly Alert[],
  expressions: Expressions,
): readonly CoveredAlert[] {
  return alerts
    .filter(({labels}) => matchers.every((matcher) => holds(matcher, labels, expressions)))
    .map(({name, severity, state, since, labels}) => ({name, severity, state, since, labels}))
}

/** The alert that a silence is for by name; null when it is for a pattern of names, or for any. */
export function silencedName({matchers}: Pick<Silence, 'matchers'>): string | null {
  const byName = matchers.find(({label, operator}) => label === 'alertname' && operator === '=')
  return byName?.value ?? null
}
