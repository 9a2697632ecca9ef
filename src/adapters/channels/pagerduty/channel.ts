import * as z from 'zod/mini'
import {shownReference} from '../../../domain/secrets/secret-reference.js'
import {locale, secret, url} from '../../../formats/yaml/values.js'
import type {Channel} from '../../../ports/channel.js'

export const pagerDutySetup = `notices: {pagerduty: {routingKey: 'env:PAGERDUTY_ROUTING_KEY'}}`

const settings = z.strictObject({
  routingKey: secret,
  apiUrl: z.optional(url),
  /** Whether Alertmanager pages by the same routing key, so that its pages are adopted; or the name of the receiver that does. */
  alertmanager: z._default(
    z.union([z.boolean(), z.string().check(z.minLength(1))], {
      error: 'must be true, false or the name of a receiver of Alertmanager',
    }),
    false,
  ),
  clientUrl: z.optional(url),
  locale: z.optional(locale),
})

function pagerDutyChannel({routingKey, apiUrl, locale: own, ...written}: z.output<typeof settings>): Channel {
  const {alertmanager, clientUrl = null} = written
  const pages = {adopts: alertmanager !== false, clientUrl}
  return {
    name: 'pagerduty',
    address: 'pagerduty',
    readers: 'responders',
    locale: own ?? null,
    secrets: [routingKey],
    urls: apiUrl === undefined ? [] : [apiUrl],
    ...(alertmanager === false ? {} : {sharesPages: {receiver: alertmanager === true ? null : alertmanager}}),
    preview: async (notice, {words}) => {
      const {eventOf} = await import('./event.js')
      const event = eventOf(notice, {words, routingKey: shownReference(routingKey), ...pages})
      return [{format: 'json', text: JSON.stringify(event, null, 2)}]
    },
    open: async (secretOf, {words}) => {
      const {pagerDutyNotifier} = await import('./pagerduty-notifier.js')
      return pagerDutyNotifier({
        ...{words, ...pages, apiUrl: apiUrl ?? null},
        routingKey: secretOf(routingKey),
      })
    },
  }
}

/** `notices.pagerduty`: the integration key of a service's Events API v2. */
export const pagerDutySchema = z.pipe(settings, z.transform(pagerDutyChannel))
