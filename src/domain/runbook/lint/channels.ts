import {choices, closest, didYouMean} from '../../text/did-you-mean.js'
import type {ChannelSetups} from '../../notices/channels.js'
import type {Problem} from '../problem.js'
import {placeOfAttribute} from '../places.js'
import {itemsOf, type PlacedRunbook} from '../runbook.js'

interface Channels {
  /** Those that faci.yml sets up. */
  readonly channels: readonly string[]
  readonly setups: ChannelSetups
}

function whatToDo(wanted: string, {channels, setups}: Channels): string {
  if (Object.hasOwn(setups, wanted)) return `add to faci.yml: ${setups[wanted] ?? ''}`
  const near = closest(wanted, channels)
  return didYouMean(near, choices('it has', channels))
}

/** A `to=` that faci.yml does not know: the notice would go to the default channel. */
export function unknownChannels(runbook: PlacedRunbook, {channels, setups}: Channels): readonly Problem[] {
  return itemsOf(runbook).flatMap((item): readonly Problem[] => {
    if (item.role !== 'notify' || item.to === null || channels.includes(item.to)) return []
    return [
      {
        rule: 'channel',
        ...placeOfAttribute(runbook, item, 'to'),
        message: `\`notices:\` in faci.yml has no channel \`${item.to}\``,
        suggestion: whatToDo(item.to, {channels, setups}),
      },
    ]
  })
}
