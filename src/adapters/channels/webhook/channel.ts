import * as z from 'zod/mini'
import {type SecretReference, shownReference} from '../../../domain/secrets/secret-reference.js'
import {parsedText, secret, secretReference} from '../../../formats/yaml/values.js'
import type {Channel} from '../../../ports/channel.js'
import {webhookUrl} from './webhook-url.js'

export const webhookSetup = `notices: {webhook: {url: 'https://hooks.example.com/faci', secret: 'env:NOTICE_WEBHOOK_SECRET'}}`

const target = parsedText((text): string | SecretReference => {
  const reference = secretReference(text)
  if (reference !== null) return reference
  if (webhookUrl(text) !== null) return text
  throw new Error('is not an https URL: write https://host/path, or env:NAME where the path is a secret')
})

const settings = z.strictObject({url: target, secret})

function webhookChannel({url, secret: key}: z.output<typeof settings>): Channel {
  const shown = typeof url === 'string' ? new URL(url).host : shownReference(url)
  return {
    name: 'webhook',
    address: `webhook ${shown}`,
    readers: 'responders',
    // Nothing of it is worded: the receiver does that.
    locale: null,
    secrets: [key, ...(typeof url === 'string' ? [] : [url])],
    urls: typeof url === 'string' ? [url] : [],
    preview: async (notice) => {
      const {noticeDocument} = await import('./notice-document.js')
      return [{format: 'json', text: noticeDocument(notice)}]
    },
    open: async (secretOf) => {
      const {webhookNotifier} = await import('./webhook-notifier.js')
      return webhookNotifier({
        url: typeof url === 'string' ? url : secretOf(url),
        urlReference: shown,
        secret: secretOf(key),
        secretReference: shownReference(key),
      })
    },
  }
}

/** `notices.webhook`: who is called, and what the calls are signed with. */
export const webhookSchema = z.pipe(settings, z.transform(webhookChannel))
