import {closest} from '../../text/did-you-mean.js'
import type {Problem} from '../problem.js'
import {itemsOf, type Runbook} from '../runbook.js'
import {placeOfAttribute} from './places.js'

/** A `to=` that faci.yml does not know: the message would reach nobody. Without a `to=` it is shown at least. */
export function unknownChannels(runbook: Runbook, channels: readonly string[]): readonly Problem[] {
  return itemsOf(runbook).flatMap((item): readonly Problem[] => {
    if (item.role !== 'notify' || channels.includes(item.to) || !/(?:^|\s)to=/.test(item.attributes)) return []
    const near = closest(item.to, channels)
    return [
      {
        rule: 'channel',
        ...placeOfAttribute(runbook.source, item, 'to'),
        message: `\`notices:\` in faci.yml has no channel \`${item.to}\``,
        suggestion: near === null ? `it has: ${channels.join(', ')}` : `did you mean \`${near}\`?`,
      },
    ]
  })
}
