import {closest} from '../../text/did-you-mean.js'
import type {ChannelSetups} from '../../notices/channels.js'
import type {PlacedFault} from './runbook-fault.js'
import {placeOfAttribute} from '../places.js'
import {itemsOf, type PlacedRunbook} from '../runbook.js'

interface Channels {
  /** Those that faci.yml sets up. */
  readonly channels: readonly string[]
  readonly setups: ChannelSetups
}

/** A `to=` that faci.yml does not know: the notice would go to the default channel. */
export function unknownChannels(runbook: PlacedRunbook, {channels, setups}: Channels): readonly PlacedFault[] {
  return itemsOf(runbook).flatMap((item): readonly PlacedFault[] => {
    if (item.role !== 'notify' || item.to === null || channels.includes(item.to)) return []
    const setup = Object.hasOwn(setups, item.to) ? (setups[item.to] ?? null) : null
    const place = placeOfAttribute(runbook, item, 'to')
    return [{rule: 'channel', ...place, name: item.to, setup, near: closest(item.to, channels), known: channels}]
  })
}
