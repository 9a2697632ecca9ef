import * as z from 'zod/mini'
import {shownReference} from '../../../domain/secrets/secret-reference.js'
import {locale, secret, url} from '../../../formats/yaml/values.js'
import type {Channel} from '../../../ports/channel.js'

export const pagerDutySetup = `notices: {pagerduty: {routingKey: 'env:PAGERDUTY_ROUTING_KEY'}}`

const settings = z.strictObject({
  routingKey: secret,
  apiUrl: z.optional(url),
  /** Whether Alertmanager pages by the same routing key, so that its pages are adopted. */
  alertmanager: z._default(z.boolean(), false),
  locale: z.optional(locale),
})

function pagerDutyChannel({routingKey, apiUrl, alertmanager, locale: own}: z.output<typeof settings>): Channel {
  return {
    name: 'pagerduty',
    address: 'pagerduty',
    readers: 'responders',
    locale: own ?? null,
    secrets: [routingKey],
    urls: apiUrl === undefined ? [] : [apiUrl],
    preview: async (notice, {words}) => {
      const {eventOf} = await import('./event.js')
      const event = eventOf(notice, {words, routingKey: shownReference(routingKey), adopts: alertmanager})
      return [{format: 'json', text: JSON.stringify(event, null, 2)}]
    },
    open: async (secretOf, {words}) => {
      const {pagerDutyNotifier} = await import('./pagerduty-notifier.js')
      return pagerDutyNotifier({
        ...{words, adopts: alertmanager, apiUrl: apiUrl ?? null},
        routingKey: secretOf(routingKey),
      })
    },
  }
}

/** `notices.pagerduty`: the integration key of a service's Events API v2. */
export const pagerDutySchema = z.pipe(settings, z.transform(pagerDutyChannel))
