import {createServer, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface ReadOnlyStack {
  readonly port: number
  /** Method and path, without the query, of every request. */
  readonly requests: readonly string[]
  readonly close: () => Promise<void>
}

const LABELS = {
  'com.docker.compose.project': 'faciliauto',
  'com.docker.compose.service': 'api',
  'com.docker.compose.container-number': '1',
  'com.docker.compose.config-hash': 'h'.repeat(64),
  'com.docker.compose.oneoff': 'False',
}

const CONTAINER = {
  Id: 'a'.repeat(64),
  Name: '/faciliauto-api-1',
  Created: '2026-11-23T06:00:00Z',
  Image: 'sha256:api',
  RestartCount: 0,
  State: {
    Status: 'running',
    OOMKilled: false,
    ExitCode: 0,
    StartedAt: '2026-11-23T06:00:01Z',
    FinishedAt: '0001-01-01T00:00:00Z',
    Health: {Status: 'healthy'},
  },
  Config: {Image: 'api:1', Labels: LABELS, Tty: false},
  HostConfig: {Memory: 0, NanoCpus: 0},
}

const SAMPLE = {metric: {}, value: [1_795_413_600, '0']}

const SILENCE = {
  ...{id: 's1', status: {state: 'active'}, createdBy: 'ana', comment: 'deploy'},
  matchers: [{name: 'alertname', value: 'Quiet', isRegex: false, isEqual: true}],
  ...{startsAt: '2026-11-23T06:00:00Z', endsAt: '2099-01-01T00:00:00Z'},
}

const ROUTING = 'route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{url: http://127.0.0.1:9}]}]\n'

export type Answers = readonly (readonly [RegExp, unknown])[]

const ANSWERS: Answers = [
  [/\/version$/, {Version: '27.0.0', ApiVersion: '1.46'}],
  [/\/info$/, {ID: 'engine-1'}],
  [/\/containers\/json$/, [{Id: CONTAINER.Id, Labels: LABELS}]],
  [/\/containers\/[a-f0-9]+\/json$/, CONTAINER],
  [/\/images\/json$/, []],
  [/\/images\//, {Id: 'sha256:api', RepoTags: ['api:1'], Created: '2026-11-23T06:00:00Z'}],
  [/^\/api\/v1\/query$/, {status: 'success', data: {resultType: 'vector', result: [SAMPLE]}}],
  [/^\/api\/v2\/alerts$/, []],
  [/^\/api\/v2\/silences$/, [SILENCE]],
  [/^\/api\/v2\/status$/, {config: {original: ROUTING}}],
  [/^\/metrics$/, 'alertmanager_notifications_total{integration="webhook"} 0\n'],
  [/^\/health$/, {status: 'healthy'}],
]

function pathOf({url = '/'}: IncomingMessage): string {
  return url.split('?')[0] ?? '/'
}

/** Docker, Prometheus, Alertmanager and the API on one port of loopback: they only answer what is read; `first` before the usual. */
export async function readOnlyStack(first: Answers = []): Promise<ReadOnlyStack> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = pathOf(request)
    requests.push(`${request.method ?? ''} ${path}`)
    const answer = [...first, ...ANSWERS].find(([pattern]) => pattern.test(path))?.[1]
    response.writeHead(answer === undefined ? 404 : 200, {'content-type': 'application/json'})
    response.end(JSON.stringify(answer ?? {message: 'no such thing'}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
