import {UNKNOWN, sightOf} from './process-identity.js'
import type {ProcessIdentity} from './process-identity.js'

export const HEARTBEAT_SECONDS = 5

/** Without a sign of life for this long, a holder that cannot be looked at from here counts as gone. */
export const SILENCE_SECONDS = 60

/** Two hosts may share a name: one that just gave a sign of life did not reboot. */
const REBOOT_SILENCE_SECONDS = 3 * HEARTBEAT_SECONDS

export interface Gone {
  readonly why: string
  /** Only by what the clocks say, which may differ from host to host: look whether its heart beats before taking over. */
  readonly byClock: boolean
}

/** Of the same boot and namespace, so that its processes can be seen from `self`. */
export function canLookAt(holder: ProcessIdentity, self: ProcessIdentity): boolean {
  const sameBoot = holder.bootId === self.bootId && (self.bootId !== UNKNOWN || holder.host === self.host)
  return sameBoot && holder.pidNamespace === self.pidNamespace
}

function hasRebooted(holder: ProcessIdentity, self: ProcessIdentity): boolean {
  return (
    holder.host === self.host && self.bootId !== UNKNOWN && holder.bootId !== UNKNOWN && holder.bootId !== self.bootId
  )
}

/**
 * Why a holder counts as gone, as seen from `self`; null while it must be believed alive. A negative silence lies in the future. `owner`:
 * the account that it has to run for, because whoever wrote that it holds something may have named any process; null for any.
 */
export function whyGone(
  holder: ProcessIdentity,
  silentSeconds: number,
  self: ProcessIdentity,
  owner: number | null = null,
): Gone | null {
  const sight = canLookAt(holder, self) ? sightOf(holder, owner) : 'hidden'
  if (sight === 'runs') return null
  if (sight === 'gone') return {why: `its process ${String(holder.pid)} no longer runs`, byClock: false}
  if (sight === 'anothers')
    return {
      why: `process ${String(holder.pid)} does not belong to uid ${String(owner)}, who wrote that it holds it`,
      byClock: false,
    }
  if (hasRebooted(holder, self) && silentSeconds > REBOOT_SILENCE_SECONDS)
    return {why: `${holder.host} has been rebooted since`, byClock: false}
  const seconds = String(Math.round(Math.abs(silentSeconds)))
  if (silentSeconds > SILENCE_SECONDS) return {why: `no sign of life for ${seconds} s`, byClock: true}
  if (silentSeconds < -SILENCE_SECONDS)
    return {why: `its last sign of life is dated ${seconds} s in the future`, byClock: true}
  return null
}
