import type {IsoTime} from '../time/iso-time.js'
import type {ActionState, IncidentEntry, IncidentOpened} from './incident-event.js'
import type {IncidentFacts} from './incident.js'

/** Something that somebody promised to do. */
export interface ActionItem {
  /** `1`, `2` …, as in `INC-7.2`. */
  readonly number: number
  readonly text: string
  readonly owner: string | null
  readonly dueAt: IsoTime | null
  readonly state: ActionState
  readonly addedAt: IsoTime
}

/** What the events of one incident say. */
export interface IncidentRecord {
  readonly facts: IncidentFacts
  readonly actions: readonly ActionItem[]
  /** In the order in which they were caused. */
  readonly entries: readonly IncidentEntry[]
}

/** Causes before effects; what was written at once, by the clocks, and then by chance: the same for every reader. */
function inOrder(entries: readonly IncidentEntry[]): readonly IncidentEntry[] {
  const later = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
  return [...entries].sort(
    (one, other) => one.sequence - other.sequence || later(one.at, other.at) || later(one.id, other.id),
  )
}

type Opened = IncidentEntry & IncidentOpened

function begun(id: string, entry: Opened): IncidentFacts {
  const {handle, title, severity, services, alerts, impact, startedAt, detectedAt, at, page = null} = entry
  return {
    ...{id, handle, title, subject: title, severity, services, alerts, impact, startedAt, detectedAt},
    ...{
      state: 'open',
      owner: null,
      commander: null,
      scribe: null,
      openedAt: at,
      lastUpdateAt: at,
      reopenings: 0,
      openActions: 0,
    },
    ...{acknowledgedAt: null, mitigatedAt: null, resolvedAt: null, resolution: null, mergedInto: null, page},
  }
}

type Step<K extends IncidentEntry['kind']> = (
  facts: IncidentFacts,
  entry: Extract<IncidentEntry, {readonly kind: K}>,
) => IncidentFacts

const same = (facts: IncidentFacts): IncidentFacts => facts

/** An empty text takes away what was there. */
function changed(before: string | null, after: string | undefined): string | null {
  if (after === undefined) return before
  return after === '' ? null : after
}

/** Whatever comes twice, or too late, changes nothing: two people may have typed it at once. */
const STEPS: {readonly [K in IncidentEntry['kind']]: Step<K>} = {
  'incident.opened': same,
  'incident.acknowledged': (facts, {owner, happenedAt}) => {
    if (facts.state !== 'open' && facts.state !== 'reopened') return facts
    const acknowledgedAt = facts.acknowledgedAt ?? happenedAt
    return {...facts, state: 'acknowledged', acknowledgedAt, owner}
  },
  'incident.noted': same,
  'incident.updated': (facts, {at}) => ({...facts, lastUpdateAt: at}),
  'incident.changed': (facts, {changes}) => {
    const {owner, commander, scribe, impact, ...rest} = changes
    return {
      ...facts,
      ...rest,
      impact: changed(facts.impact, impact),
      owner: changed(facts.owner, owner),
      commander: changed(facts.commander, commander),
      scribe: changed(facts.scribe, scribe),
    }
  },
  'incident.mitigated': (facts, {happenedAt, at}) =>
    facts.state === 'mitigated' || facts.state === 'resolved'
      ? facts
      : {...facts, state: 'mitigated', mitigatedAt: happenedAt, lastUpdateAt: at},
  'incident.resolved': (facts, {happenedAt, as}) =>
    facts.state === 'resolved' ? facts : {...facts, state: 'resolved', resolvedAt: happenedAt, resolution: as},
  'incident.reopened': (facts, {at, page = facts.page}) =>
    facts.state !== 'mitigated' && facts.state !== 'resolved'
      ? facts
      : {
          ...{...facts, state: 'reopened', reopenings: facts.reopenings + 1, lastUpdateAt: at},
          ...{mitigatedAt: null, resolvedAt: null, resolution: null, mergedInto: null, page},
        },
  'incident.timeCorrected': (facts, {time, to}) => {
    const isGone = (time === 'mitigatedAt' || time === 'resolvedAt') && facts[time] === null
    return isGone ? facts : {...facts, [time]: to}
  },
  'incident.merged': (facts, {into, happenedAt}) =>
    facts.state === 'resolved'
      ? facts
      : {...facts, state: 'resolved', resolvedAt: happenedAt, resolution: 'duplicate', mergedInto: into},
  'incident.absorbed': same,
  'incident.handedOver': (facts, {to}) => ({...facts, owner: to}),
  'incident.announced': same,
  'incident.escalated': same,
  'incident.figures': same,
  'incident.measured': same,
  'run.linked': same,
  'alerts.silenced': same,
  'alerts.unsilenced': same,
  'oncall.changed': same,
  'alert.changed': same,
  'action.added': same,
  'action.changed': same,
}

/** A later version may write events that this one does not know: they change nothing here. */
function step(facts: IncidentFacts, entry: IncidentEntry): IncidentFacts {
  const steps: Readonly<Record<string, ((facts: IncidentFacts, entry: never) => IncidentFacts) | undefined>> = STEPS
  const take = Object.hasOwn(steps, entry.kind) ? steps[entry.kind] : undefined
  return take?.(facts, entry as never) ?? facts
}

function actionsOf(entries: readonly IncidentEntry[]): readonly ActionItem[] {
  const actions: ActionItem[] = []
  for (const entry of entries) {
    if (entry.kind === 'action.added') {
      const {text, owner, dueAt, at} = entry
      actions.push({number: actions.length + 1, text, owner, dueAt, state: 'open', addedAt: at})
    }
    if (entry.kind !== 'action.changed') continue
    const before = actions[entry.number - 1]
    if (before === undefined) continue
    const {state = before.state, owner = before.owner, dueAt = before.dueAt} = entry
    actions[entry.number - 1] = {...before, state, owner, dueAt}
  }
  return actions
}

/** Acknowledgements of what was acknowledged, or over, by then: they changed nothing. By their ids. */
export function lateAcknowledgements(id: string, unordered: readonly IncidentEntry[]): ReadonlySet<string> {
  const entries = inOrder(unordered)
  const opened = entries.find((entry): entry is Opened => entry.kind === 'incident.opened')
  const late = new Set<string>()
  if (opened === undefined) return late
  let facts = begun(id, opened)
  for (const entry of entries) {
    const after = step(facts, entry)
    if (entry.kind === 'incident.acknowledged' && after === facts) late.add(entry.id)
    facts = after
  }
  return late
}

/** null: none of the events says that it was opened. */
export function incidentRecord(id: string, unordered: readonly IncidentEntry[]): IncidentRecord | null {
  const entries = inOrder(unordered)
  const opened = entries.find((entry): entry is Opened => entry.kind === 'incident.opened')
  if (opened === undefined) return null
  const actions = actionsOf(entries)
  const openActions = actions.filter(({state}) => state === 'open').length
  return {facts: {...entries.reduce(step, begun(id, opened)), openActions}, actions, entries}
}
