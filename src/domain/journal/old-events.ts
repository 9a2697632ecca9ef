import type {Deed} from './deed.js'
import type {Reason} from './reason.js'

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function reasonIn(value: unknown): unknown {
  if (isFields(value) && 'conditions' in value) return {...value, conditions: conditionsIn(value['conditions'])}
  if (typeof value !== 'string') return value
  if (value === '') return null
  if (value === 'typed' || value === 'interrupted') return {why: value} satisfies Reason
  // What was given beforehand was written as it was typed.
  return (value.startsWith('--') ? {why: 'flag', flag: value} : {why: 'told', text: value}) satisfies Reason
}

/** An answer's body was read for one word only, and it was not kept. */
function probeIn(value: unknown): unknown {
  if (!isFields(value) || value['why'] !== 'saysDegraded') return value
  return {why: 'bodySays', status: 200, word: 'degraded', parts: []} satisfies Reason
}

/** What was found beside what was done: an empty one was none. */
function detailIn(value: unknown): unknown {
  if (typeof value !== 'string') return probeIn(value)
  return value === '' ? null : toldText(value)
}

function toldText(text: string): Reason {
  return {why: 'told', text}
}

type Conditions = readonly Fields[] | undefined

/** A condition always has a detail. */
function conditionsIn(conditions: unknown): unknown {
  return (conditions as Conditions)?.map((one) => ({...one, detail: detailIn(one['detail']) ?? toldText('')}))
}

function problemsIn(problems: unknown): unknown {
  return (problems as readonly unknown[] | undefined)?.map(detailIn)
}

const DETAIL = ({detail}: Fields): Fields => ({detail: detailIn(detail)})
const REASON = ({reason}: Fields): Fields => ({reason: reasonIn(reason)})
const HOW = ({how}: Fields): Fields => ({how: reasonIn(how)})

/** Of a service that was waited for. */
function outcomeIn({detail, ...outcome}: Fields): Fields {
  const reason = detail === undefined ? outcome['reason'] : told(detail)
  if (!isFields(reason)) return outcome
  return {...outcome, reason: 'reason' in reason ? {...reason, reason: probeIn(reason['reason'])} : reason}
}

function told(value: unknown): unknown {
  return typeof value === 'string' ? ({why: 'told', text: value} satisfies Reason) : value
}

/** What the channel said was a sentence for longer. */
function undeliveredIn(why: unknown): unknown {
  return isFields(why) && 'reason' in why ? {...why, reason: told(why['reason'])} : why
}

/** The end of a change; an error may have ended it before there were services. */
function changeEnded({reason, services, leftBehind}: Fields): Fields {
  const outcomes = Array.isArray(services) ? (services as readonly Fields[]) : []
  const left = leftBehind as Fields | null | undefined
  const found = left?.['found']
  return {
    reason: reasonIn(reason),
    services: outcomes.map(outcomeIn),
    ...(Array.isArray(found) ? {leftBehind: {...left, found: found.map(told)}} : {}),
  }
}

/** Nothing was compared then. */
function changePlanned({plan}: Fields): Fields {
  return isFields(plan) ? {plan: {differences: [], ...plan}} : {}
}

/** The fields that were sentences before December 2026, by the kind of event. */
const SENTENCES: Readonly<Record<string, (event: Fields) => Fields>> = {
  'gate.answered': HOW,
  'rollback.decided': HOW,
  'block.skipped': REASON,
  'run.aborted': REASON,
  'run.interrupted': REASON,
  'journal.lost': REASON,
  'change.planned': changePlanned,
  'change.ended': changeEnded,
  'block.finished': DETAIL,
  'block.retried': DETAIL,
  'verify.polled': DETAIL,
  look: ({conditions}) => ({conditions: conditionsIn(conditions)}),
  'lease.taken': ({takenFrom}) => ({takenFrom: detailIn(takenFrom)}),
  'evidence.kept': ({problems}) => ({problems: problemsIn(problems)}),
  'notice.sent': ({why}) => (why === undefined ? {} : {why: undeliveredIn(detailIn(why))}),
  'run.finished': ({reason, summary, deeds}) => ({
    reason: [reason]
      .flat()
      .map(reasonIn)
      .filter((one) => one !== null),
    deeds: deeds ?? [{did: 'told', text: typeof summary === 'string' ? summary : ''} satisfies Deed],
  }),
}

/** An event as it would be written today: a sentence of an older faci is kept as one that was told. */
export function currentEvent<E extends {readonly kind: string}>(event: E): E {
  const fields = SENTENCES[event.kind]?.(event)
  return fields === undefined ? event : {...event, ...fields}
}
