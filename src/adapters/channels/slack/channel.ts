import * as z from 'zod/mini'
import {locale, secret, url} from '../../../formats/yaml/values.js'
import type {Notice} from '../../../domain/notices/notice.js'
import type {Audience} from '../../../domain/notices/notice-words.js'
import type {Preview} from '../../../domain/notices/preview.js'
import type {Channel} from '../../../ports/channel.js'

export const slackSetup = `notices: {slack: {token: 'env:SLACK_BOT_TOKEN', channel: '#ops-incidents'}}`

const settings = z
  .strictObject({
    token: z.optional(secret),
    channel: z.optional(z.string()),
    webhook: z.optional(secret),
    apiUrl: z.optional(url),
    locale: z.optional(locale),
  })
  .check(
    z.refine((value) => (value.token === undefined) !== (value.webhook === undefined), {
      error: 'needs either token (with channel) or webhook',
    }),
    z.refine((value) => value.token === undefined || value.channel !== undefined, {error: 'token needs a channel too'}),
  )

function slackChannel({token, channel = '', webhook, apiUrl, locale: language}: z.output<typeof settings>): Channel {
  const own = {
    name: 'slack',
    readers: 'responders',
    locale: language ?? null,
    urls: apiUrl === undefined ? [] : [apiUrl],
    preview: async (notice: Notice, audience: Audience): Promise<readonly Preview[]> => {
      const {slackPreview} = await import('./slack-preview.js')
      return slackPreview(notice, audience)
    },
  } as const
  if (token !== undefined)
    return {
      ...own,
      address: `slack ${channel}`,
      secrets: [token],
      open: async (secretOf, audience) => {
        const {slackNotifier} = await import('./slack-notifier.js')
        return slackNotifier({token: secretOf(token), channel, apiUrl: apiUrl ?? null, ...audience})
      },
    }
  return {
    ...own,
    address: 'slack webhook',
    secrets: webhook === undefined ? [] : [webhook],
    open: async (secretOf, audience) => {
      const {slackWebhookNotifier} = await import('./slack-webhook-notifier.js')
      return slackWebhookNotifier({url: webhook === undefined ? '' : secretOf(webhook), ...audience})
    },
  }
}

/** `notices.slack`: a bot's token and its channel, or an incoming webhook. */
export const slackSchema = z.pipe(settings, z.transform(slackChannel))
