import {isOver, type IncidentFacts} from './incident.js'

export interface NewTrouble {
  readonly title: string
  readonly services: readonly string[]
  readonly alerts: readonly string[]
}

/** What is to become of trouble that somebody reports. */
export type Belonging =
  | {readonly kind: 'new'}
  /** Somebody has opened it before. */
  | {readonly kind: 'known'; readonly incident: IncidentFacts}
  /** It recovered a short while ago: it is the same one. */
  | {readonly kind: 'relapse'; readonly incident: IncidentFacts}

function shares(one: readonly string[], other: readonly string[]): boolean {
  return one.some((name) => other.includes(name))
}

/** As people compare them: by their words. */
function words(title: string): string {
  return title.normalize('NFKC').toLowerCase().split(/\s+/).join(' ').trim()
}

/** Without an alert, what bears the same title and names no other service is the same trouble. */
function isNamesake(trouble: NewTrouble, {title, services}: NewTrouble): boolean {
  if (trouble.alerts.length > 0 || words(trouble.title) !== words(title)) return false
  return trouble.services.every((service) => services.includes(service))
}

/** By an alert where both have some, else by a service. */
function isAlike(trouble: NewTrouble, incident: NewTrouble): boolean {
  const {alerts, services} = incident
  if (isNamesake(trouble, incident)) return true
  if (trouble.alerts.length > 0 && alerts.length > 0) return shares(trouble.alerts, alerts)
  return shares(trouble.services, services)
}

/** What is still watched may come back at any time, what is resolved for as long as it would have been watched. */
function isRelapse({state, resolvedAt, resolution}: IncidentFacts, now: Date, watchSeconds: number): boolean {
  if (state === 'mitigated') return true
  if (resolvedAt === null || resolution !== 'fixed') return false
  return now.getTime() - Date.parse(resolvedAt) <= watchSeconds * 1000
}

/** Newest first; `watchSeconds`: for how long after it recovered trouble of the same kind is a relapse. */
export function belongsTo(
  trouble: NewTrouble,
  incidents: readonly IncidentFacts[],
  {now, watchSeconds}: {readonly now: Date; readonly watchSeconds: number},
): Belonging {
  const alike = incidents.filter((incident) => isAlike(trouble, incident) && incident.mergedInto === null)
  const recovered = alike.find((incident) => isRelapse(incident, now, watchSeconds))
  const known = alike.find(
    (incident) =>
      !isOver(incident) &&
      incident.state !== 'mitigated' &&
      (shares(trouble.alerts, incident.alerts) || isNamesake(trouble, incident)),
  )
  if (known !== undefined) return {kind: 'known', incident: known}
  if (recovered !== undefined) return {kind: 'relapse', incident: recovered}
  return {kind: 'new'}
}
