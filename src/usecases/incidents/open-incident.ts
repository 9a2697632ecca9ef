import {FaciError} from '../../domain/errors.js'
import {isBlank} from '../../domain/text/visible.js'
import type {IncidentReport} from '../../domain/incidents/incident-report.js'
import {priorityOf} from '../../domain/incidents/priority-of.js'
import {orUnrecorded} from '../../domain/or-unrecorded.js'
import type {Result} from '../../domain/result.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {IncidentPage} from '../../domain/alerts/alert-page.js'
import {adoptPage} from './adopt-page.js'
import {type Entered, joinIncident} from './join-incident.js'
import type {OpenIncidentInput} from './reported-trouble.js'
import {oneOpens} from './one-opens.js'
import {reportIncident, withWarnings} from './report-incident.js'
import type {Telephone} from './incident-deps.js'
import {openedLater, tellUnrecorded} from './tell-unrecorded.js'
import {tellIncident, type TellDeps} from './tell-incident.js'
import {whereItBelongs} from './where-it-belongs.js'

export interface OpenDeps extends TellDeps {
  /** Whose page an incident of these alerts becomes; null: no channel shares Alertmanager's pages. */
  readonly pageOf: ((alerts: readonly string[]) => Promise<IncidentPage>) | null
}

const LONGEST_TITLE = 200

function checkTitle(title: string): void {
  const suggestions = ["faci incident open --title 'API down'"]
  if (isBlank(title)) throw new FaciError('usage', 'An incident needs a title', {suggestions})
  if (title.length > LONGEST_TITLE)
    throw new FaciError(
      'usage',
      `A title has at most ${String(LONGEST_TITLE)} characters, this one ${String(title.length)}`,
    )
}

function checkTimes({startedAt, detectedAt}: OpenIncidentInput, now: Date): void {
  for (const [name, at] of [
    ['--started-at', startedAt],
    ['--detected-at', detectedAt],
  ] as const)
    if (at !== null && Date.parse(at) > now.getTime() + 60_000) throw new FaciError('usage', `${name} is in the future`)
  if (startedAt !== null && Date.parse(startedAt) > Date.parse(detectedAt ?? now.toISOString()))
    throw new FaciError('usage', 'An incident cannot have been detected before it started', {
      suggestions: ['give --started-at the earlier time'],
    })
}

function earliest(times: readonly (IsoTime | null)[]): IsoTime | null {
  return times.filter((time) => time !== null).sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null
}

async function openNew(deps: OpenDeps, input: OpenIncidentInput, page: IncidentPage | null): Promise<Entered> {
  const {title, services, alerts, impact, runId, text} = input
  const happenedAt = deps.clock.now().toISOString()
  const fired = earliest(alerts.map(({firingSince}) => firingSince))
  const detectedAt = input.detectedAt ?? earliest([fired, happenedAt]) ?? happenedAt
  const startedAt = input.startedAt === null ? null : (earliest([input.startedAt, detectedAt]) ?? null)
  const names = alerts.map(({name}) => name)
  const own = page === null ? null : await adoptPage(deps, page)
  const {id} = await deps.incidents.open({
    ...{kind: 'incident.opened', happenedAt, title: title.trim(), services, impact, startedAt, detectedAt, runId},
    severity: input.severity ?? priorityOf(alerts),
    alerts: names,
    ...(own === null ? {} : {page: own}),
  })
  return async () => {
    const notices = await tellIncident(deps, input, id, {step: 'opened', text})
    return reportIncident(deps, input, id, 'opened', notices)
  }
}

const NOT_ALONE =
  'whether somebody else opened an incident for the same at this moment is not known: look at faci incident list'

/** Enters it where it belongs. */
async function enter(deps: OpenDeps, input: OpenIncidentInput, page: IncidentPage | null, now: Date): Promise<Entered> {
  const {title, services, watchSeconds} = input
  const trouble = {title, services, alerts: input.alerts.map(({name}) => name)}
  const belonging = await whereItBelongs(deps.incidents, trouble, {now, watchSeconds})
  if (belonging.kind === 'new') return openNew(deps, input, page)
  return joinIncident(deps, {...input, happenedAt: now.toISOString()}, belonging)
}

async function openOrJoin(deps: OpenDeps, input: OpenIncidentInput, now: Date): Promise<Result<IncidentReport>> {
  // Alertmanager may take seconds: whoever opens one meanwhile must be in the list.
  const page = (await deps.pageOf?.(input.alerts.map(({name}) => name))) ?? null
  if (input.isNew) return (await openNew(deps, input, page))()
  const {value: tell, isAlone} = await oneOpens(deps, () => enter(deps, input, page, now))
  return withWarnings(await tell(), isAlone ? [] : [NOT_ALONE])
}

/**
 * Opens an incident, or finds that it is one which is open, or which came back. Errors: `usage` for a title or times that cannot be;
 * `unreachable` where it could not be recorded, of which people were told all the same.
 */
export async function openIncident(deps: OpenDeps, input: OpenIncidentInput): Promise<Result<IncidentReport>> {
  const now = deps.clock.now()
  checkTitle(input.title)
  checkTimes(input, now)
  const {telephone} = deps
  if (telephone === null)
    return orUnrecorded(openOrJoin(deps, input, now), {
      said: 'No incident was recorded, and nobody was told',
      again: openedLater(input, now),
    })
  const told = {isAny: false}
  const send: Telephone['send'] = (notice) => {
    told.isAny = true
    return telephone.send(notice)
  }
  try {
    return await openOrJoin({...deps, telephone: {...telephone, send}}, input, now)
  } catch (error) {
    if (told.isAny || !(error instanceof FaciError) || error.code !== 'unreachable') throw error
    throw await tellUnrecorded(deps, telephone, input, error)
  }
}
