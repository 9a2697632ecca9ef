import type {IsoTime} from '../time/iso-time.js'
import type {IncidentEntry, IncidentEvent} from './incident-event.js'

export interface SeenAlert {
  readonly name: string
  readonly since: IsoTime
}

/** The alerts that fired when somebody last looked. */
function lastSeen(entries: readonly IncidentEntry[]): ReadonlySet<string> {
  const firing = new Set<string>()
  for (const entry of entries) {
    if (entry.kind !== 'alert.changed') continue
    if (entry.to === 'firing') firing.add(entry.alert)
    else firing.delete(entry.alert)
  }
  return firing
}

/** What has changed since somebody last looked; when an alert stopped is not known better than that it has by now. */
export function alertChanges(
  entries: readonly IncidentEntry[],
  active: readonly SeenAlert[],
  now: IsoTime,
): readonly IncidentEvent[] {
  const before = lastSeen(entries)
  const names = new Set(active.map(({name}) => name))
  const begun = [...names].filter((name) => !before.has(name))
  const gone = [...before].filter((name) => !names.has(name))
  const since = (name: string): IsoTime =>
    active
      .filter((one) => one.name === name)
      .map((one) => one.since)
      .sort()[0] ?? now
  return [
    ...begun.map((alert) => ({kind: 'alert.changed', happenedAt: since(alert), alert, to: 'firing'}) as const),
    ...gone.map((alert) => ({kind: 'alert.changed', happenedAt: now, alert, to: 'quiet'}) as const),
  ]
}
