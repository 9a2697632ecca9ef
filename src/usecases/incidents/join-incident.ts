import type {IncidentPage} from '../../domain/alerts/alert-page.js'
import type {IncidentChanges, IncidentEvent} from '../../domain/incidents/incident-event.js'
import type {IncidentDone, IncidentReport} from '../../domain/incidents/incident-report.js'
import type {IncidentFacts} from '../../domain/incidents/incident.js'
import {priorityOf} from '../../domain/incidents/priority-of.js'
import type {Belonging} from '../../domain/incidents/relapse.js'
import type {Priority} from '../../domain/priority.js'
import type {Result} from '../../domain/result.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import {pageAgain} from './adopt-page.js'
import type {OpenIncidentInput} from './reported-trouble.js'
import {reportIncident, withWarnings} from './report-incident.js'
import {tellIncident, type TellDeps} from './tell-incident.js'

type Joined = Exclude<Belonging, {kind: 'new'}>

/** An incident that is in the store: tells people what has become of it, and says so. */
export type Entered = () => Promise<Result<IncidentReport>>

/** What somebody says of it, and when. */
type Report = OpenIncidentInput & {readonly happenedAt: IsoTime}

/** How grave it was said to be; null: nobody said, nor does an alert. */
function saidSeverity({severity, alerts}: OpenIncidentInput): Priority | null {
  const telling = alerts.filter((alert) => alert.severity !== null || alert.priority !== null)
  return severity ?? (telling.length === 0 ? null : priorityOf(telling))
}

function withNew(known: readonly string[], more: readonly string[]): readonly string[] | undefined {
  const all = [...new Set([...known, ...more])]
  return all.length === known.length ? undefined : all
}

/** What is graver than was known, or new. */
function changesOf(facts: IncidentFacts, input: OpenIncidentInput): IncidentChanges {
  const severity = saidSeverity(input)
  const services = withNew(facts.services, input.services)
  const alerts = withNew(
    facts.alerts,
    input.alerts.map(({name}) => name),
  )
  return {
    ...(severity !== null && severity < facts.severity ? {severity} : {}),
    ...(services === undefined ? {} : {services}),
    ...(alerts === undefined ? {} : {alerts}),
    ...(input.impact === null || input.impact === facts.impact ? {} : {impact: input.impact}),
  }
}

function eventsOf(
  {kind}: Joined,
  input: Report,
  {changes, page}: {readonly changes: IncidentChanges; readonly page: IncidentPage | null},
): readonly IncidentEvent[] {
  const {happenedAt} = input
  const text = input.text.trim()
  const again = {
    ...({kind: 'incident.reopened', happenedAt, why: 'relapse', text: input.title.trim()} as const),
    ...(page === null ? {} : {page}),
  }
  return [
    ...(kind === 'relapse' ? [again] : []),
    ...(Object.keys(changes).length === 0 ? [] : [{kind: 'incident.changed', happenedAt, changes} as const]),
    // A message of one that came back is what people are told of it.
    ...(kind === 'known' && text !== '' ? [{kind: 'incident.noted', happenedAt, text} as const] : []),
  ]
}

const DONE: Readonly<Record<Joined['kind'], IncidentDone>> = {known: 'known', relapse: 'relapsed'}

/** Trouble of an incident that is there: whatever is said of it that is graver or new is entered, and people are told afterwards when it came back or is graver. */
export async function joinIncident(deps: TellDeps, input: Report, joined: Joined): Promise<Entered> {
  const {id, severity: before, page: shared} = joined.incident
  const changes = changesOf(joined.incident, input)
  const page = joined.kind === 'relapse' ? await pageAgain(deps, id, shared) : null
  const events = eventsOf(joined, input, {changes, page})
  if (events.length > 0) await deps.incidents.append(id, events)
  const step = joined.kind === 'relapse' ? 'reopened' : changes.severity === undefined ? null : 'updated'
  return async () => {
    const notices = step === null ? [] : await tellIncident(deps, input, id, {step, text: input.text})
    const report = await reportIncident(deps, input, id, DONE[joined.kind], notices)
    return withWarnings(
      report,
      changes.severity === undefined ? [] : [`it was ${before}, and is ${changes.severity} now`],
    )
  }
}
