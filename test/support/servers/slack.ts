import {createServer} from 'node:http'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {blocksProblem} from './slack-blocks.js'

export interface SlackPost {
  readonly ts: string
  readonly channel: string
  readonly threadTs: string | null
  readonly text: string
  readonly blocks: readonly unknown[]
  readonly edits: number
}

/** What the server does to the next request instead of answering properly. */
export type SlackTrouble =
  | {readonly kind: 'error'; readonly error: string}
  | {readonly kind: 'rateLimited'; readonly seconds: number | null}
  | {readonly kind: 'status'; readonly status: number}
  | {readonly kind: 'junk'}
  | {readonly kind: 'silence'}

export interface SlackServer {
  /** For `apiUrl`. */
  readonly apiUrl: string
  readonly webhookUrl: string
  readonly token: string
  /** Messages that were taken, in order, as they read now. */
  readonly posts: readonly SlackPost[]
  /** Method and path of every request. */
  readonly requests: readonly string[]
  readonly trouble: (...troubles: readonly SlackTrouble[]) => void
  readonly close: () => Promise<void>
}

interface State {
  readonly posts: SlackPost[]
  readonly requests: string[]
  readonly troubles: SlackTrouble[]
  readonly channels: ReadonlyMap<string, string>
}

type Fields = Readonly<Record<string, unknown>>
type Answer = Fields & {readonly ok: boolean}

export const SLACK_TOKEN = 'xoxb-111111111111-222222222222-AbCdEfGhIjKlMnOp'
const WEBHOOK_PATH = '/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX'

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function jsonFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : null
  } catch {
    return null
  }
}

/** Arguments as the Web API takes them: a form, or JSON that says so. In a form, `blocks` is JSON text. */
function argumentsOf(contentType: string, text: string): Fields | string {
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const form: Record<string, unknown> = Object.fromEntries(new URLSearchParams(text))
    if (typeof form['blocks'] !== 'string') return form
    const blocks = jsonFields(`{"value":${form['blocks']}}`)
    return blocks === null ? 'invalid_blocks_format' : {...form, blocks: blocks['value']}
  }
  if (contentType.startsWith('application/json')) return jsonFields(text) ?? 'invalid_json'
  return 'invalid_post_type'
}

const no = (error: string): Answer => ({ok: false, error})

function contentProblem({text, blocks}: Fields): string | null {
  if (blocks !== undefined) {
    const problem = blocksProblem(blocks)
    if (problem !== null) return problem
  }
  if (blocks === undefined && (typeof text !== 'string' || text === '')) return 'no_text'
  return typeof text === 'string' && text.length > 40_000 ? 'msg_too_long' : null
}

function posted(state: State, fields: Fields, channel: string): SlackPost {
  const ts = `17${String(100_000_000 + state.posts.length)}.000${String(100 + state.posts.length)}`
  const {text, thread_ts: threadTs, blocks} = fields
  return {
    ts,
    channel,
    threadTs: typeof threadTs === 'string' ? threadTs : null,
    text: typeof text === 'string' ? text : '',
    blocks: Array.isArray(blocks) ? (blocks as unknown[]) : [],
    edits: 0,
  }
}

function postMessage(state: State, fields: Fields): Answer {
  const name = typeof fields['channel'] === 'string' ? fields['channel'] : ''
  const channel = state.channels.get(name)
  if (channel === undefined) return no('channel_not_found')
  const problem = contentProblem(fields)
  if (problem !== null) return no(problem)
  const {thread_ts: threadTs} = fields
  if (threadTs !== undefined && typeof threadTs !== 'string') return no('invalid_thread_ts')
  if (threadTs !== undefined && !state.posts.some(({ts}) => ts === threadTs)) return no('thread_not_found')
  const post = posted(state, fields, channel)
  state.posts.push(post)
  return {ok: true, channel, ts: post.ts, message: {type: 'message', text: post.text, ts: post.ts}}
}

function update(state: State, fields: Fields): Answer {
  const problem = contentProblem(fields)
  if (problem !== null) return no(problem)
  // Unlike chat.postMessage, chat.update takes ids only.
  if (![...state.channels.values()].includes(String(fields['channel']))) return no('channel_not_found')
  const index = state.posts.findIndex(({ts, channel}) => ts === fields['ts'] && channel === fields['channel'])
  const post = state.posts[index]
  if (post === undefined) return no('message_not_found')
  state.posts[index] = {
    ...posted(state, fields, post.channel),
    ts: post.ts,
    threadTs: post.threadTs,
    edits: post.edits + 1,
  }
  return {ok: true, channel: post.channel, ts: post.ts, text: String(fields['text'])}
}

function callMethod(state: State, method: string, fields: Fields, token: string): Answer {
  if (token === '') return no('not_authed')
  if (token !== SLACK_TOKEN) return no('invalid_auth')
  if (method === 'chat.postMessage') return postMessage(state, fields)
  if (method === 'chat.update') return update(state, fields)
  if (method === 'auth.test') return {ok: true, team: 'Ops', user: 'faci'}
  return no('unknown_method')
}

function answerJson(response: ServerResponse, value: Answer): void {
  response.writeHead(200, {'content-type': 'application/json; charset=utf-8'}).end(JSON.stringify(value))
}

function makeTrouble(trouble: SlackTrouble, response: ServerResponse): void {
  switch (trouble.kind) {
    case 'error': {
      answerJson(response, no(trouble.error))
      return
    }
    case 'rateLimited':
      response.writeHead(429, trouble.seconds === null ? {} : {'retry-after': String(trouble.seconds)})
      response.end('{"ok":false,"error":"ratelimited"}')
      return
    case 'status':
      response.writeHead(trouble.status, {'content-type': 'text/plain'}).end('upstream trouble')
      return
    case 'junk':
      response.writeHead(200, {'content-type': 'text/html'}).end('<html>Welcome to the Wi-Fi of Hotel Central</html>')
      return
    case 'silence':
      return
  }
}

function answerApi(state: State, request: IncomingMessage, text: string, response: ServerResponse): void {
  const method = (request.url ?? '').slice('/api/'.length)
  const fields = argumentsOf(request.headers['content-type'] ?? '', text)
  if (typeof fields === 'string') {
    answerJson(response, no(fields))
    return
  }
  const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const token = header ?? (typeof fields['token'] === 'string' ? fields['token'] : '')
  answerJson(response, callMethod(state, method, fields, token))
}

function answerWebhook(state: State, request: IncomingMessage, text: string, response: ServerResponse): void {
  const plain = (status: number, body: string): void => {
    response.writeHead(status, {'content-type': 'text/plain; charset=utf-8'}).end(body)
  }
  if (request.url !== WEBHOOK_PATH) {
    plain(404, 'no_service')
    return
  }
  const fields = (request.headers['content-type'] ?? '').startsWith('application/json') ? jsonFields(text) : null
  if (fields === null) {
    plain(400, 'invalid_payload')
    return
  }
  const problem = contentProblem(fields)
  if (problem !== null) {
    plain(400, problem)
    return
  }
  state.posts.push(posted(state, fields, 'C0WEBHOOK'))
  plain(200, 'ok')
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await bodyOf(request)
  state.requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
  const trouble = state.troubles.shift()
  if (trouble !== undefined) {
    makeTrouble(trouble, response)
    return
  }
  if (request.method !== 'POST') {
    response.writeHead(405).end()
    return
  }
  const isApi = (request.url ?? '').startsWith('/api/')
  if (isApi) answerApi(state, request, text, response)
  else answerWebhook(state, request, text, response)
}

/** Slack on loopback, as strict as the real one: authorisation, content types, limits of blocks, threads that exist, own messages only. */
export async function slackServer(): Promise<SlackServer> {
  const channels = new Map([
    ['#ops-incidents', 'C0OPSINC'],
    ['ops-incidents', 'C0OPSINC'],
    ['C0OPSINC', 'C0OPSINC'],
  ])
  const state: State = {posts: [], requests: [], troubles: [], channels}
  const server = createServer((request, response) => void handle(state, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    apiUrl: `${origin}/api/`,
    webhookUrl: origin + WEBHOOK_PATH,
    token: SLACK_TOKEN,
    posts: state.posts,
    requests: state.requests,
    trouble: (...troubles) => {
      state.troubles.push(...troubles)
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
