import type {PlannedNotice, RunPlan} from './plan.js'
import {itemState, type RunState} from './run-state.js'

/** After the id of the notice that it answers; no block's id can end like this. */
const ENDED = '@ended'

/** Notices by which people learn that somebody is on it, each with the one that would tell how it ended. */
function announcements(plan: RunPlan): readonly {readonly started: PlannedNotice; readonly last: PlannedNotice}[] {
  const started = plan.notices.filter(({when}) => when === 'started')
  return started.map((block) => ({
    started: block,
    last: {...block, id: `${block.id}${ENDED}`, when: 'always', body: '{{summary}}'},
  }))
}

/** People were told that somebody is on it; or they will be, once what waits is delivered. */
function isTold(state: RunState, {id}: PlannedNotice): boolean {
  return ['sent', 'undelivered'].includes(itemState(state, id).ending ?? '')
}

export function wasAnnounced(plan: RunPlan, state: RunState): boolean {
  return announcements(plan).some(({started}) => isTold(state, started))
}

/** All that a run may tell people, its last words too. */
export function tellings(plan: RunPlan): readonly PlannedNotice[] {
  return [...plan.notices, ...announcements(plan).map(({last}) => last)]
}

/**
 * How it ended, where no notice of the runbook's own says so: no channel that was told of a run says "in progress" for ever. null
 * when every one of them has been told.
 */
export function lastWord(plan: RunPlan, state: RunState): PlannedNotice | null {
  const told = announcements(plan)
  const isClosed = (channel: string): boolean =>
    tellings(plan).some(({id, to}) => to === channel && itemState(state, id).closing) ||
    // Also when the operator skipped it: who was asked about a channel once is not asked again.
    told.some(({last}) => last.to === channel && itemState(state, last.id).ending !== null)
  return told.find(({started}) => isTold(state, started) && !isClosed(started.to))?.last ?? null
}
