import type {IncidentEntry} from '../incidents/incident-event.js'
import type {IncidentRecord} from '../incidents/incident-record.js'
import type {Priority} from '../priority.js'

/** A time for which nobody acknowledges an incident that pages. Each reopening begins another. */
export interface EscalationRound {
  /** How often it was reopened. */
  readonly number: number
  /** Since when somebody is to be paged for it: since it was entered or reopened, or since it became so grave. Epoch ms. */
  readonly startedAt: number
}

interface Tracked {
  readonly start: number
  readonly severity: Priority
  readonly isOver: boolean
}

export function pages(severity: Priority): boolean {
  return severity !== 'P2'
}

const ENDS: ReadonlySet<string> = new Set(['incident.mitigated', 'incident.resolved', 'incident.merged'])

function changed(tracked: Tracked, severity: Priority | undefined, at: number): Tracked {
  if (severity === undefined) return tracked
  const isRaised = pages(severity) && !pages(tracked.severity)
  return {...tracked, severity, start: isRaised ? at : tracked.start}
}

function tracked(before: Tracked, entry: IncidentEntry): Tracked {
  const at = Date.parse(entry.at)
  if (entry.kind === 'incident.changed') return changed(before, entry.changes.severity, at)
  if (entry.kind === 'incident.reopened') return before.isOver ? {...before, start: at, isOver: false} : before
  return ENDS.has(entry.kind) ? {...before, isOver: true} : before
}

/** null: somebody is on it, it is over, or it is not so grave that it pages. */
export function escalationRound({facts, entries}: IncidentRecord): EscalationRound | null {
  if (facts.state !== 'open' && facts.state !== 'reopened') return null
  if (!pages(facts.severity)) return null
  const opened = entries.find((entry) => entry.kind === 'incident.opened')
  const begun: Tracked = {
    start: Date.parse(facts.openedAt),
    severity: opened?.severity ?? facts.severity,
    isOver: false,
  }
  return {number: facts.reopenings, startedAt: entries.reduce(tracked, begun).start}
}
