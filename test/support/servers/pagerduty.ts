import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

/** What happens to the next event instead of being served. */
export type PagerDutyTrouble =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Record<string, string>
      readonly body?: string
    }
  | {readonly kind: 'reset'}
  | {readonly kind: 'silence'}
  /** It is taken, and then this happens instead of the answer. */
  | {readonly kind: 'taken'; readonly then: PagerDutyTrouble}

export interface Page {
  readonly key: string
  state: 'triggered' | 'acknowledged' | 'resolved'
  /** How many triggers made it. */
  triggers: number
  severity: string
}

export interface PagerDutyServer {
  readonly apiUrl: string
  readonly routingKey: string
  /** Every page there ever was, in order: a key that was resolved makes another. */
  readonly pages: readonly Page[]
  /** `acknowledge` and `resolve` of no page, which PagerDuty drops without a word. */
  readonly dropped: readonly string[]
  readonly requests: Fields[]
  readonly trouble: (...troubles: readonly PagerDutyTrouble[]) => void
  readonly close: () => Promise<void>
}

type Fields = Readonly<Record<string, unknown>>

const ROUTING_KEY = 'R0123456789ABCDEF0123456789ABCDE'
const SEVERITIES = ['critical', 'error', 'warning', 'info']

function isText(value: unknown, most: number): boolean {
  return typeof value === 'string' && value !== '' && value.length <= most
}

interface Sent {
  readonly event: Fields
  readonly payload: Fields
  readonly bytes: number
}

/** What PagerDuty refuses, by developer.pagerduty.com/docs/events-api-v2; of the payload only a trigger's is looked at. */
const RULES: readonly (readonly [string, (sent: Sent) => boolean])[] = [
  ['Event is too large', ({bytes}) => bytes > 512_000],
  [
    "'event_action' is invalid",
    ({event}) => !['trigger', 'acknowledge', 'resolve'].includes(String(event['event_action'])),
  ],
  ["'dedup_key' must be 1 to 255 characters", ({event}) => !isText(event['dedup_key'], 255)],
]
const PAYLOAD_RULES: typeof RULES = [
  ["'payload.summary' is missing or too long", ({payload}) => !isText(payload['summary'], 1024)],
  ["'payload.source' is missing or blank", ({payload}) => !isText(payload['source'], 255)],
  ["'payload.severity' is invalid", ({payload}) => !SEVERITIES.includes(String(payload['severity']))],
  [
    "'payload.timestamp' is invalid",
    ({payload: {timestamp}}) =>
      timestamp !== undefined && !(typeof timestamp === 'string' && !Number.isNaN(Date.parse(timestamp))),
  ],
  ["'payload.client' is not allowed", ({payload}) => payload['client'] !== undefined],
]

function problems(event: Fields, bytes: number): readonly string[] {
  const sent: Sent = {event, bytes, payload: {...(event['payload'] as Fields | undefined)}}
  const rules = event['event_action'] === 'trigger' ? [...RULES, ...PAYLOAD_RULES] : RULES
  const key = String(event['routing_key'])
  const wrongKey = key === ROUTING_KEY ? [] : [`'routing_key' is invalid: ${key}`]
  return [...wrongKey, ...rules.filter(([, breaks]) => breaks(sent)).map(([problem]) => problem)]
}

function take(pages: Page[], dropped: string[], event: Fields): void {
  const key = String(event['dedup_key'])
  const open = pages.findLast((page) => page.key === key && page.state !== 'resolved')
  const action = String(event['event_action'])
  if (action === 'trigger') {
    const severity = String({...(event['payload'] as Fields)}['severity'])
    if (open === undefined) pages.push({key, state: 'triggered', triggers: 1, severity})
    else open.triggers += 1
  } else if (open === undefined) dropped.push(action)
  else open.state = action === 'resolve' ? 'resolved' : 'acknowledged'
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, {'content-type': 'application/json', ...headers})
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** The Events API v2 on loopback, as strict as the real one. */
export async function pagerDutyServer(): Promise<PagerDutyServer> {
  const pages: Page[] = []
  const dropped: string[] = []
  const requests: Fields[] = []
  const troubles: PagerDutyTrouble[] = []
  const befall = (trouble: PagerDutyTrouble, response: ServerResponse, serve: () => void): void => {
    switch (trouble.kind) {
      case 'status':
        answer(response, trouble.status, trouble.body ?? {status: 'error'}, trouble.headers)
        return
      case 'reset':
        response.socket?.destroy()
        return
      case 'silence':
        return
      case 'taken':
        serve()
        befall(trouble.then, response, serve)
    }
  }
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      if (request.method !== 'POST' || request.url !== '/v2/enqueue') {
        answer(response, 404, {})
        return
      }
      const event = JSON.parse(text) as Fields
      requests.push(event)
      const trouble = troubles.shift()
      if (trouble !== undefined) {
        befall(trouble, response, () => {
          take(pages, dropped, event)
        })
        return
      }
      const errors = problems(event, Buffer.byteLength(text))
      if (errors.length > 0) {
        answer(response, 400, {status: 'invalid event', message: 'Event object is invalid', errors})
        return
      }
      take(pages, dropped, event)
      answer(response, 202, {status: 'success', message: 'Event processed', dedup_key: event['dedup_key']})
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    ...{apiUrl: `http://127.0.0.1:${String(port)}`, routingKey: ROUTING_KEY, pages, dropped, requests},
    trouble: (...next) => {
      troubles.push(...next)
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
