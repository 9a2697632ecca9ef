import type {Deed} from './deed.js'
import type {Reason} from './reason.js'

type Fields = Readonly<Record<string, unknown>>

function reasonIn(value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (value === '') return null
  if (value === 'typed' || value === 'interrupted') return {why: value} satisfies Reason
  // What was given beforehand was written as it was typed.
  return (value.startsWith('--') ? {why: 'flag', flag: value} : {why: 'told', text: value}) satisfies Reason
}

const REASON = ({reason}: Fields): Fields => ({reason: reasonIn(reason)})
const HOW = ({how}: Fields): Fields => ({how: reasonIn(how)})

function told(value: unknown): unknown {
  return typeof value === 'string' ? ({why: 'told', text: value} satisfies Reason) : value
}

/** The end of a change; an error may have ended it before there were services. */
function changeEnded({reason, services, leftBehind}: Fields): Fields {
  const outcomes = Array.isArray(services) ? (services as readonly Fields[]) : []
  const left = leftBehind as Fields | null | undefined
  const found = left?.['found']
  return {
    reason: reasonIn(reason),
    services: outcomes.map(({detail, ...outcome}) =>
      detail === undefined ? outcome : {...outcome, reason: told(detail)},
    ),
    ...(Array.isArray(found) ? {leftBehind: {...left, found: found.map(told)}} : {}),
  }
}

/** The fields that were sentences before December 2026, by the kind of event. */
const SENTENCES: Readonly<Record<string, (event: Fields) => Fields>> = {
  'gate.answered': HOW,
  'rollback.decided': HOW,
  'block.skipped': REASON,
  'run.aborted': REASON,
  'run.interrupted': REASON,
  'journal.lost': REASON,
  'change.ended': changeEnded,
  'run.finished': ({reason, summary, deeds}) => ({
    reason: typeof reason === 'string' ? [reasonIn(reason)].filter((one) => one !== null) : reason,
    deeds: deeds ?? [{did: 'told', text: typeof summary === 'string' ? summary : ''} satisfies Deed],
  }),
}

/** An event as it would be written today: a sentence of an older faci is kept as one that was told. */
export function currentEvent<E extends {readonly kind: string}>(event: E): E {
  const fields = SENTENCES[event.kind]?.(event)
  return fields === undefined ? event : {...event, ...fields}
}
