import {type Runbook, itemsOf, type StepItem} from '../runbook/runbook.js'
import {closest} from '../text/did-you-mean.js'
import type {Selection} from '../journal/events.js'
import type {Reason} from '../journal/reason.js'

export const EVERYTHING: Selection = {only: [], skip: [], from: null}

/** A verify and a rollback go with their mitigation. */
function namesOf(item: StepItem): readonly string[] {
  return item.role === 'verify' || item.role === 'rollback' ? [item.id, item.of] : [item.id]
}

/** Why an item is left out of the run, null when it is part of it. */
export function leftOut(runbook: Runbook, {only, skip, from}: Selection, item: StepItem): Reason | null {
  const names = namesOf(item)
  if (skip.some((id) => names.includes(id)))
    return {why: 'flag', flag: `--skip ${names.find((id) => skip.includes(id)) ?? ''}`}
  if (only.length > 0 && !only.some((id) => names.includes(id))) return {why: 'flag', flag: `--only ${only.join(' ')}`}
  if (from === null || names.includes(from)) return null
  const ids = itemsOf(runbook).map(({id}) => id)
  return ids.indexOf(item.id) < ids.indexOf(from) ? {why: 'flag', flag: `--from ${from}`} : null
}

/** The first id that the runbook does not have, with the one that was probably meant. */
export function unknownId(
  runbook: Runbook,
  {only, skip, from}: Selection,
): {readonly id: string; readonly near: string | null} | null {
  const ids = itemsOf(runbook).map(({id}) => id)
  const id = [...only, ...skip, ...(from === null ? [] : [from])].find((candidate) => !ids.includes(candidate))
  return id === undefined ? null : {id, near: closest(id, ids)}
}
