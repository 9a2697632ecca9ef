import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {lockDirectory, type Outcome, runBuilt} from './built-faci.js'
import {runHosted} from './hosted-faci.js'

/** A service that scripts can break and heal, its Prometheus, and a folder with one runbook: no engine is needed. */
export interface EngineWorld {
  readonly directory: string
  readonly url: string
  /** Requests seen, as `METHOD /path body`. */
  readonly requests: readonly string[]
  /** What `/api/v1/query` answers: one value, `null` for no data, `down` for a broken Prometheus. */
  readonly query: {answer: (expression: string) => string | null}
  readonly write: (runbook: string, name?: string) => void
  readonly run: (argv: readonly string[], environment?: NodeJS.ProcessEnv) => Promise<Outcome>
  /** The same in a process of its own: where it matters that it is gone afterwards. */
  readonly spawn: (argv: readonly string[]) => Promise<Outcome>
  /** What scripts wrote with `log TEXT`, a line each. */
  readonly log: () => readonly string[]
  /** Of the last run. */
  readonly journalFile: () => string
  readonly journal: () => readonly {readonly kind: string; readonly [key: string]: unknown}[]
  readonly outbox: () => readonly {
    readonly notice: {
      readonly channel: string
      readonly body: string
      readonly title: string
      readonly severity: string
      readonly state: string
    }
  }[]
  readonly close: () => Promise<void>
}

interface Served {
  readonly status: number
  readonly body: string
}

/** What the service and its Prometheus answer. */
function answer(directory: string, path: string, form: string, query: EngineWorld['query']): Served {
  if (path === '/health') return {status: readdirSync(directory).includes('healthy') ? 200 : 503, body: '{}'}
  if (path.startsWith('/status/')) return {status: Number(path.slice('/status/'.length)), body: '{}'}
  if (path === '/heal') {
    writeFileSync(join(directory, 'healthy'), '')
    return {status: 204, body: ''}
  }
  if (path !== '/api/v1/query') return {status: 404, body: '{}'}
  const value = query.answer(new URLSearchParams(form).get('query') ?? '')
  const result = value === null ? [] : [{metric: {}, value: [1, value]}]
  return {status: 200, body: JSON.stringify({status: 'success', data: {resultType: 'vector', result}})}
}

function startServer(directory: string, requests: string[], query: EngineWorld['query']): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const [path = ''] = (request.url ?? '').split('?')
      requests.push(`${request.method ?? ''} ${request.url ?? ''} ${text}`.trim())
      const {status, body} = answer(directory, path, text, query)
      response.writeHead(status, {'content-type': 'application/json'}).end(body)
    })
  })
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      resolve(server)
    }),
  )
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  } catch {
    return []
  }
}

export async function engineWorld(extra = ''): Promise<EngineWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'faci-engine-'))
  // For what a test starts by itself: its environment is this one.
  process.env['FACI_LOCK_DIRECTORY'] = lockDirectory(directory)
  const requests: string[] = []
  const query: EngineWorld['query'] = {answer: () => null}
  const server = await startServer(directory, requests, query)
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const config = `service: shop\ncompose: {file: docker-compose.yml, project: shop}\nhealth: {api: {url: '${url}/health', timeout: 1s}}\nprometheus: {url: '${url}'}\n${extra}`
  mkdirSync(join(directory, 'runbooks'))
  writeFileSync(join(directory, 'faci.yml'), config)
  writeFileSync(join(directory, 'docker-compose.yml'), 'services: {api: {image: "api:1"}}\n')
  // What runbooks use for words: `log TEXT` leaves a trace, `heal` and `hurt` change what /health says.
  mkdirSync(join(directory, 'bin'))
  const tools = {
    log: `echo "$*" >> '${directory}/log'`,
    heal: `touch '${directory}/healthy'`,
    hurt: `rm -f '${directory}/healthy'`,
  }
  for (const [name, body] of Object.entries(tools))
    writeFileSync(join(directory, 'bin', name), `#!/bin/sh\n${body}\n`, {mode: 0o755})
  const environment = {PATH: `${join(directory, 'bin')}:${process.env['PATH'] ?? ''}`, FACI_OPERATOR: 'ana', WORLD: url}
  const runs = (): readonly string[] => {
    try {
      return readdirSync(join(directory, '.faci', 'runs')).sort()
    } catch {
      return []
    }
  }
  const journalFile = (): string => join(directory, '.faci', 'runs', runs().at(-1) ?? '', 'journal.jsonl')
  return {
    ...{directory, url, requests, query},
    write: (runbook, name = 'x') => {
      writeFileSync(join(directory, 'runbooks', `${name}.md`), runbook.replaceAll('WORLD', url))
    },
    run: (argv, over = {}) => runHosted(argv, directory, {...environment, ...over}),
    spawn: (argv) => runBuilt(argv, directory, environment),
    log: () => linesOf(join(directory, 'log')),
    journal: () => linesOf(journalFile()).map((line) => JSON.parse(line) as {readonly kind: string}),
    journalFile,
    outbox: () => {
      const folder = join(directory, '.faci', 'outbox', 'delivered')
      const names = readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
      return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as never)
    },
    close: async () => {
      await new Promise((resolve) => server.close(resolve))
      rmSync(directory, {recursive: true, force: true})
    },
  }
}
