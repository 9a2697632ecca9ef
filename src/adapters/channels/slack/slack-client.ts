import type {Logger, WebClient} from '@slack/web-api'
import {boundedFetch} from './bounded-fetch.js'

export interface SlackClientOptions {
  readonly token: string
  /** For a proxy or a test; Slack's own when null. */
  readonly apiUrl: string | null
  readonly timeoutSeconds: number
}

const nothing = (): void => undefined

/** The SDK logs requests and warnings; they would land between the lines of an answer. */
const SILENT = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
} as const

/** Slack's SDK, which tries nothing again by itself: it would post twice what Slack took without saying so. */
export async function slackClient({token, apiUrl, timeoutSeconds}: SlackClientOptions): Promise<WebClient> {
  const {WebClient, LogLevel} = await import('@slack/web-api')
  const logger: Logger = {...SILENT, getLevel: () => LogLevel.ERROR}
  return new WebClient(token, {
    ...(apiUrl === null ? {} : {slackApiUrl: apiUrl}),
    logger,
    timeout: timeoutSeconds * 1000,
    retryConfig: {retries: 0},
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    fetch: boundedFetch,
  })
}
