import {FaciError} from '../../domain/errors.js'
import {isBlank} from '../../domain/text/visible.js'
import type {ActionState, IncidentEvent} from '../../domain/incidents/incident-event.js'
import {type ActionList, isOverdue, type ListedAction} from '../../domain/incidents/incident-report.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import {orUnrecorded} from '../../domain/or-unrecorded.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {Clock} from '../../ports/clock.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import type {TypedAgain} from './typed-again.js'
import {readRecord, whichIncident} from './which-incident.js'

interface ActionDeps {
  readonly incidents: IncidentStore
  readonly clock: Clock
}

/** What becomes of an action item; what is null stays. */
export type ActionWish =
  | {readonly kind: 'add'; readonly text: string; readonly owner: string | null; readonly dueAt: IsoTime | null}
  | {
      readonly kind: 'change'
      readonly number: number
      readonly state: ActionState | null
      readonly owner: string | null
      readonly dueAt: IsoTime | null
    }

function listed({facts, actions}: IncidentRecord, now: Date): readonly ListedAction[] {
  return actions.map((action) => ({
    ...action,
    incident: facts.handle,
    title: facts.title,
    isOverdue: isOverdue(action, now),
  }))
}

/** Nothing where the item is so already. */
function eventsFor({facts, actions}: IncidentRecord, wish: ActionWish, happenedAt: IsoTime): readonly IncidentEvent[] {
  if (wish.kind === 'add') {
    if (isBlank(wish.text)) throw new FaciError('usage', '--add: say what is to be done')
    return [{kind: 'action.added', happenedAt, text: wish.text.trim(), owner: wish.owner, dueAt: wish.dueAt}]
  }
  const {number} = wish
  const known = actions[number - 1]
  if (known === undefined)
    throw new FaciError('notFound', `${facts.handle} has no action item ${String(number)}`, {
      suggestions: [command`faci incident actions ${facts.handle}`],
    })
  const wished = (['state', 'owner', 'dueAt'] as const).filter(
    (fact) => wish[fact] !== null && wish[fact] !== known[fact],
  )
  if (wished.length === 0) return []
  return [{kind: 'action.changed', happenedAt, number, ...Object.fromEntries(wished.map((fact) => [fact, wish[fact]]))}]
}

/** Adds or changes an action item of an incident, resolved ones too. Errors: `notFound`, `usage`. */
export async function changeAction(
  {incidents, clock}: ActionDeps,
  {name, again}: {readonly name: string | null; readonly again: TypedAgain},
  wish: ActionWish,
): Promise<Result<ActionList>> {
  const id = await whichIncident(incidents, name, again.of)
  const now = clock.now()
  const {record: before} = await readRecord(incidents, id)
  const events = eventsFor(before, wish, now.toISOString())
  const {handle} = before.facts
  if (events.length > 0)
    await orUnrecorded(incidents.append(id, events), {
      said: `This was not recorded in ${handle}`,
      again: again.later(handle, now.toISOString()),
    })
  const {record, warnings} = await readRecord(incidents, id)
  return {verdict: 'ok', data: {at: now.toISOString(), actions: listed(record, now)}, warnings}
}

/** Sooner due first; what has no day comes last. */
function byDay(one: ListedAction, other: ListedAction): number {
  const day = ({dueAt}: ListedAction): number => (dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt))
  const [mine, theirs] = [day(one), day(other)]
  return mine === theirs ? 0 : mine - theirs
}

/** All of one incident; those that are open of all incidents where none is named. Exit 3 while one is overdue is the checks' matter. */
export async function listActions({incidents, clock}: ActionDeps, name: string | null): Promise<Result<ActionList>> {
  const now = clock.now()
  const at = now.toISOString()
  if (name !== null) {
    const {record, warnings} = await readRecord(incidents, await whichIncident(incidents, name))
    return {verdict: 'ok', data: {at, actions: listed(record, now)}, warnings}
  }
  const all = (await incidents.list(Number.POSITIVE_INFINITY)).incidents
  const open: ListedAction[] = []
  for (const {id} of all.filter(({openActions}) => openActions > 0)) {
    const {record} = await readRecord(incidents, id)
    open.push(...listed(record, now).filter(({state}) => state === 'open'))
  }
  return {verdict: 'ok', data: {at, actions: open.sort(byDay)}}
}
