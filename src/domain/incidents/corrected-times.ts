import type {IsoTime} from '../time/iso-time.js'
import type {IncidentEntry} from './incident-event.js'
import type {IncidentTime} from './incident.js'

/** When an entry happened, as it was said later, and when that was said. */
export interface Correction {
  readonly at: IsoTime
  readonly enteredAt: IsoTime
}

/** The time that an entry of this kind gives, if it is the first to do so. */
const GIVES: Readonly<Partial<Record<IncidentEntry['kind'], IncidentTime>>> = {
  'incident.acknowledged': 'acknowledgedAt',
  'incident.mitigated': 'mitigatedAt',
  'incident.resolved': 'resolvedAt',
  'incident.merged': 'resolvedAt',
}

/** By the entries that they are of. `late`: ids of acknowledgements that changed nothing. */
export function correctedTimes(
  entries: readonly IncidentEntry[],
  late: ReadonlySet<string>,
): ReadonlyMap<string, Correction> {
  const givers = new Map<IncidentTime, string>()
  const corrections = new Map<string, Correction>()
  for (const entry of entries) {
    const time = GIVES[entry.kind]
    if (time !== undefined && !givers.has(time) && !late.has(entry.id)) {
      // What is over can be mitigated no more.
      if (time !== 'mitigatedAt' || !givers.has('resolvedAt')) givers.set(time, entry.id)
    } else if (entry.kind === 'incident.reopened') {
      givers.delete('mitigatedAt')
      givers.delete('resolvedAt')
    } else if (entry.kind === 'incident.timeCorrected') {
      const giver = givers.get(entry.time)
      if (giver !== undefined) corrections.set(giver, {at: entry.to, enteredAt: entry.at})
    }
  }
  return corrections
}
