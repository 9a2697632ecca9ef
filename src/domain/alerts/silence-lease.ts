import type {IsoTime} from '../time/iso-time.js'
import type {Silence, SilenceWish} from './silence.js'

/** How long a run's silence lasts unless the run renews it: what is left of one when its run dies. */
export const LEASE_SECONDS = 300

/** A run's hold on a silence, written at the end of its comment: that is all that Alertmanager keeps. */
export interface SilenceLease {
  readonly runId: string
  /** It is renewed no further than until then. */
  readonly until: IsoTime
}

const MARKER = /(?<!\s)\s*\[faci run ([0-9A-Z]{26}) until (\d{4}-\d\d-\d\dT[\d:.]+Z)\]$/

export function leasedComment(comment: string, {runId, until}: SilenceLease): string {
  return `${comment} [faci run ${runId} until ${until}]`
}

/** null for a silence that a person made. */
export function leaseIn(comment: string): SilenceLease | null {
  const [, runId, until] = MARKER.exec(comment) ?? []
  return runId === undefined || until === undefined ? null : {runId, until}
}

/** When a lease that begins or is renewed at `now` ends. */
export function leaseEnd({until}: Pick<SilenceLease, 'until'>, now: Date): IsoTime {
  return new Date(Math.min(now.getTime() + LEASE_SECONDS * 1000, Date.parse(until))).toISOString()
}

export function silencesOfRun(silences: readonly Silence[], runId: string): readonly Silence[] {
  return silences.filter(({comment}) => leaseIn(comment)?.runId === runId)
}

/** The run's silences as they must be from now on; one that has reached its limit is left to end. */
export function renewals(silences: readonly Silence[], runId: string, now: Date): readonly SilenceWish[] {
  return silences.flatMap((silence) => {
    const lease = leaseIn(silence.comment)
    if (lease?.runId !== runId) return []
    const {id, matchers, startsAt, createdBy, comment} = silence
    const endsAt = leaseEnd(lease, now)
    return endsAt > silence.endsAt ? [{id, matchers, startsAt, endsAt, createdBy, comment}] : []
  })
}
