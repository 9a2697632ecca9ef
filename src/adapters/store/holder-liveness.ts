import {UNKNOWN, stillRuns} from './process-identity.js'
import type {ProcessIdentity} from './process-identity.js'

export const HEARTBEAT_SECONDS = 5

/** Without a sign of life for this long, a holder that cannot be looked at from here counts as gone. */
const SILENCE_SECONDS = 60

/** Two hosts may share a name: one that just gave a sign of life did not reboot. */
const REBOOT_SILENCE_SECONDS = 3 * HEARTBEAT_SECONDS

function canLookAt(holder: ProcessIdentity, self: ProcessIdentity): boolean {
  const sameBoot = holder.bootId === self.bootId && (self.bootId !== UNKNOWN || holder.host === self.host)
  return sameBoot && holder.pidNamespace === self.pidNamespace
}

function hasRebooted(holder: ProcessIdentity, self: ProcessIdentity): boolean {
  return (
    holder.host === self.host && self.bootId !== UNKNOWN && holder.bootId !== UNKNOWN && holder.bootId !== self.bootId
  )
}

/** Why a holder counts as gone, as seen from `self`; null while it must be believed alive. */
export function whyGone(holder: ProcessIdentity, silentSeconds: number, self: ProcessIdentity): string | null {
  if (canLookAt(holder, self)) return stillRuns(holder) ? null : `its process ${String(holder.pid)} no longer runs`
  if (hasRebooted(holder, self) && silentSeconds > REBOOT_SILENCE_SECONDS)
    return `${holder.host} has been rebooted since`
  if (silentSeconds > SILENCE_SECONDS) return `no sign of life for ${String(Math.round(silentSeconds))} s`
  return null
}
