import type * as z from 'zod/mini'
import type {Channel} from '../../ports/channel.js'
import {emailSchema, emailSetup} from './email/channel.js'
import {pagerDutySchema, pagerDutySetup} from './pagerduty/channel.js'
import {slackSchema, slackSetup} from './slack/channel.js'
import {webhookSchema, webhookSetup} from './webhook/channel.js'

interface ChannelKind {
  /** Reads what stands under its name in `notices:`: a channel, and those of its lists after it. */
  readonly schema: z.ZodMiniType<Channel | readonly Channel[]>
  /** The line of faci.yml that sets it up. */
  readonly setup: string
}

/** The channels that faci.yml may set up, each a folder and a row. The first that it sets up is the default. */
export const CHANNELS: Readonly<Record<string, ChannelKind>> = {
  slack: {schema: slackSchema, setup: slackSetup},
  email: {schema: emailSchema, setup: emailSetup},
  pagerduty: {schema: pagerDutySchema, setup: pagerDutySetup},
  webhook: {schema: webhookSchema, setup: webhookSetup},
}
