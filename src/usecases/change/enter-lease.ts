import {visible} from '../../domain/text/visible.js'
import type {Ids} from '../../ports/ids.js'
import type {LeaseHolder, Leases} from '../../ports/lease.js'
import type {Prompt} from '../../ports/prompt.js'

export interface EnterLeaseDeps {
  readonly leases: Leases
  readonly ids: Ids
  readonly prompt: Prompt
}

export interface LeaseRequest {
  readonly project: string
  readonly reason: string
  /** Why it is safe to take it from a holder that is gone. */
  readonly takeover: string | null
  readonly signal: AbortSignal
}

/** The right to change a project: a lease of one's own, or a place in the run that holds it. */
export interface HeldRight {
  readonly runId: string
  /** The journal file to write: one writer a file. */
  readonly file: string
  readonly takenOver: {readonly from: LeaseHolder; readonly reason: string} | null
  /** Throws `locked` when the right is lost. */
  readonly recheck: () => Promise<void>
  readonly release: () => Promise<void>
}

const RUN_FILE = 'journal'

/** A person may take over on the spot; without one it must have been said beforehand. */
export async function takeoverReason(
  {leases, prompt}: Pick<EnterLeaseDeps, 'leases' | 'prompt'>,
  {project, takeover, signal}: LeaseRequest,
): Promise<string | null> {
  if (takeover !== null || !prompt.available) return takeover
  const state = await leases.inspect(project)
  if (state.kind !== 'stale') return null
  const {operator, host, reason} = state.holder
  const choices = [
    {key: 'y', label: 'yes'},
    {key: 'n', label: 'no'},
  ]
  const question = visible(
    `${project} is locked by ${operator} on ${host} (${reason}), but ${state.why}. Take it over?`,
  )
  return (await prompt.choose(question, choices, 'n', signal)) === 'y' ? 'confirmed at the terminal' : null
}

/** Takes the lease. Errors: `locked`, naming the holder. */
export async function takeLease(deps: EnterLeaseDeps, wish: LeaseRequest): Promise<HeldRight> {
  const takeover = await takeoverReason(deps, wish)
  const runId = deps.ids.next()
  const request = {reason: wish.reason, runId, ...(takeover === null ? {} : {takeover})}
  const lease = await deps.leases.take(wish.project, request)
  return {
    runId,
    file: RUN_FILE,
    takenOver: lease.takenFrom === null ? null : {from: lease.takenFrom, reason: takeover ?? ''},
    recheck: lease.recheck,
    release: lease.release,
  }
}

/** Joins the run whose token was handed down. Errors: `refused` for a forged or old one. */
export async function joinRun({leases, ids}: EnterLeaseDeps, project: string, token: string): Promise<HeldRight> {
  const {runId} = await leases.join(project, token)
  const action = ids.next()
  return {
    runId: runId ?? action,
    file: runId === null ? RUN_FILE : `action-${action}`,
    takenOver: null,
    recheck: async () => {
      await leases.join(project, token)
    },
    release: () => Promise.resolve(),
  }
}
