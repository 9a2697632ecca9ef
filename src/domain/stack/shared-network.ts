import {command} from '../text/shell-command.js'
import type {Container} from './container.js'

/** Why a container that runs is on a network that is no more: what it was the network of was removed, has ended, or was started anew. */
export type DeadNetworkCause = 'ownerGone' | 'ownerStopped' | 'ownerRestarted'

export interface DeadNetwork {
  readonly cause: DeadNetworkCause
  /** Whose it was; null when that is gone. */
  readonly owner: string | null
}

/** Docker gives a container its network anew at each start: who shared the old one keeps that, and reaches nothing any more. */
export function deadNetworkOf({state, startedAt, networkOwner}: Container): DeadNetwork | null {
  if (state !== 'running' || networkOwner === null) return null
  const {name, isRunning, startedAt: since} = networkOwner
  if (name === null) return {cause: 'ownerGone', owner: null}
  if (!isRunning) return {cause: 'ownerStopped', owner: name}
  const isLater = since !== null && startedAt !== null && Date.parse(since) > Date.parse(startedAt)
  return isLater ? {cause: 'ownerRestarted', owner: name} : null
}

const REJOIN: Readonly<Record<DeadNetworkCause, (service: string) => string>> = {
  // A new start joins the network that is there now.
  ownerRestarted: (service) => command`faci restart ${service}`,
  // What was made for a container that is gone cannot be started again: Compose makes it anew by itself.
  ownerGone: (service) => command`faci up ${service}`,
  // Brings the owner up first; and what runs would be left as it is.
  ownerStopped: (service) => command`faci up ${service} --recreate`,
}

/** What gives a service the network of now, when all that is wrong with these is that they are on an old one. */
export function rejoinCommand(service: string, bad: readonly Container[]): string | null {
  const causes = bad.map((container) => deadNetworkOf(container)?.cause ?? null)
  const [first = null] = causes
  if (first === null || causes.includes(null)) return null
  return REJOIN[causes.every((cause) => cause === first) ? first : 'ownerStopped'](service)
}
