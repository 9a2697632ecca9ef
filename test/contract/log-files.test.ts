import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {openDocker} from '../../src/adapters/docker/docker-connection.js'
import {resolveDockerEndpoint} from '../../src/adapters/docker/docker-endpoint.js'
import {createDockerodeEngine} from '../../src/adapters/docker/dockerode-engine.js'
import {createDockerodeLogSource} from '../../src/adapters/docker/dockerode-log-source.js'
import {createLogFileSource} from '../../src/adapters/docker/log-files/log-file-source.js'
import {parseStatusRanges} from '../../src/domain/logs/status-range.js'
import type {LogEntry} from '../../src/domain/logs/log-entry.js'
import type {LogFilter} from '../../src/domain/logs/log-filter.js'
import type {Container} from '../../src/domain/stack/container.js'
import type {LogRange, LogSource} from '../../src/ports/log-source.js'
import {searchLogs} from '../../src/usecases/logs/search-logs.js'
import {eventually} from '../support/eventually.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

/** On both streams: JSON lines, plain ones, long and broken ones, bytes that are no text, lines that look like what drivers write. */
const TALKER = `
const hostile = [
  Buffer.from([0x61, 0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x0a]), Buffer.from('nul \\0 bell \\x07 escape \\x1b[31m red\\n'),
  Buffer.from('separators \\u2028 \\u2029 <b>&amp;</b> \\ufffd \\ud83d\\ude00\\n'), Buffer.from('\\r\\n'), Buffer.from('tab\\tquote " backslash \\\\ slash /\\r\\n'),
  Buffer.from('{"log":"{\\\\"level\\\\":\\\\"error\\\\"}\\\\n","stream":"stderr","time":"2026-11-30T00:00:00Z"}\\n'),
  Buffer.from('ERROR plain\\n'), Buffer.from('  at x\\n'), Buffer.from('{"level":"info"}\\n'), Buffer.from('  continues nothing\\n'),
]
let n = 0
const write = () => {
  if (n === COUNT) { process.stdout.write('the end, without a line break'); setInterval(() => undefined, 1e6); return }
  const out = n % 5 === 4 ? process.stderr : process.stdout
  const level = n % 50 === 0 ? 'error' : 'info'
  const line = n % 7 === 3 ? hostile[n % hostile.length]
    : n % 211 === 5 ? 'long ' + 'y'.repeat(LONG * (1 + n % 3) - 5 + n % 2) + '\\n'
    : JSON.stringify({level, n, status: n % 50 === 0 ? 503 : 200, path: '/cars?a=1&b=<2>', message: 'Request "done" \\\\ ' + n}) + '\\n'
  n += 1
  out.write(line, () => (n % 20 === 0 ? setTimeout(write, 1) : setImmediate(write)))
}
write()`

interface Kept {
  readonly driver: 'json-file' | 'local'
  readonly options: Readonly<Record<string, string>>
  readonly tty?: boolean
}

const KEPT: Readonly<Record<string, Kept>> = {
  plain: {driver: 'json-file', options: {}},
  attributed: {driver: 'json-file', options: {labels: 'com.docker.compose.project', env: 'PATH'}},
  rotated: {driver: 'json-file', options: {'max-size': '150k', 'max-file': '20'}},
  compressed: {driver: 'json-file', options: {'max-size': '150k', 'max-file': '20', compress: 'true'}},
  forgetful: {driver: 'json-file', options: {'max-size': '150k', 'max-file': '3'}},
  terminal: {driver: 'json-file', options: {}, tty: true},
  local: {driver: 'local', options: {}},
  'local-rotated': {driver: 'local', options: {'max-size': '100k', 'max-file': '20', compress: 'false'}},
  'local-compressed': {driver: 'local', options: {'max-size': '100k', 'max-file': '20'}},
  'local-terminal': {driver: 'local', options: {}, tty: true},
}
/** Of a piece that the engine cuts a line into; before version 23 its `local` driver loses the line break behind the last one. */
const PIECE = 16_384
const NAMES = Object.keys(KEPT)
const COUNT = 1500

let shop: ThrowawayProject
let containers: ReadonlyMap<string, Container>
const docker = openDocker(resolveDockerEndpoint(process.env))
const api = createDockerodeLogSource(docker)
const never = new AbortController().signal

async function read(source: LogSource, container: Container, range: Partial<LogRange>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source.read(container, {follow: false, ...range}, never)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** Whatever comes from the engine is counted; the one look at its last entry is no reading of the log. */
function counting(): {readonly files: LogSource; readonly asked: LogRange[]} {
  const asked: LogRange[] = []
  const counted: LogSource = {
    read: (container, range, signal) => {
      asked.push(range)
      return api.read(container, range, signal)
    },
  }
  return {files: createLogFileSource(counted, docker), asked}
}

function containerOf(name: string): Container {
  const container = containers.get(name)
  if (container === undefined) throw new Error(`no container of ${name}`)
  return container
}

beforeAll(async () => {
  const {version} = await createDockerodeEngine(docker).info()
  const isOld = Number.parseInt(version, 10) < 23
  const services = Object.entries(KEPT).map(([name, {driver, options, tty = false}]) => {
    const keys = {logging: {driver, options}, tty, labels: {odd: '"quoted" <label>'}}
    const long = isOld && driver === 'local' ? PIECE / 4 : PIECE
    const script = TALKER.replaceAll('COUNT', String(COUNT)).replaceAll('LONG', String(long))
    return [name, {script, keys}] as const
  })
  shop = await throwawayProject(Object.fromEntries(services))
  await shop.compose.apply({kind: 'up', services: [], build: false, recreate: false, replicas: {}}, () => undefined)
  const all = await createDockerodeEngine(docker).containers(shop.project)
  containers = new Map(all.map((container) => [container.service, container]))
  for (const name of NAMES) {
    await eventually(async () => {
      // A last line without its end is only told when the process ends; one stream may be a whole pipe behind the other.
      const whole = (await read(api, containerOf(name), {})).toString()
      for (const number of [COUNT - 1, COUNT - 2]) expect(whole.includes(` ${String(number)}"`)).toBe(true)
    }, 60)
  }
}, 120_000)

afterAll(() => shop.remove())

async function isSame(source: LogSource, name: string, range: Partial<LogRange>): Promise<boolean> {
  const [found, expected] = [await read(source, containerOf(name), range), await read(api, containerOf(name), range)]
  return found.equals(expected)
}

/** When the entry in the middle was written. */
async function middle(name: string): Promise<number> {
  const stamped = (await read(api, containerOf(name), {stamped: true, tail: 700})).toString()
  return Date.parse(stamped.slice(0, 30)) / 1000
}

describe.each(NAMES)('the log in files is to the byte what the engine gives: %s', (name) => {
  it('all of it, with stamps and without', async () => {
    const {files, asked} = counting()
    for (const stamped of [false, true]) expect(await isSame(files, name, {stamped})).toBe(true)
    expect(asked).toHaveLength(1)
  })

  it('the last of it', async () => {
    const {files, asked} = counting()
    for (const tail of [1, 2, 7, 100, 1000, 2000, 1e6]) {
      for (const stamped of [false, true]) expect(await isSame(files, name, {tail, stamped}), String(tail)).toBe(true)
    }
    expect(asked).toHaveLength(1)
  })

  it('what lies before a time', async () => {
    const {files, asked} = counting()
    const at = await middle(name)
    for (const range of [{until: at}, {until: at, tail: 2000}, {since: at - 1000, until: at, stamped: true}]) {
      expect(await isSame(files, name, range)).toBe(true)
    }
    expect(asked).toHaveLength(1)
  })

  it('what lies after a time', async () => {
    const {files, asked} = counting()
    const since = await middle(name)
    const found = (await read(files, containerOf(name), {since, stamped: true})).toString('latin1')
    // Engines before 23 lose more than they should where compressed files lie before it: the whole log is the measure.
    const all = (await read(api, containerOf(name), {stamped: true})).toString('latin1').split('\n')
    const bound = new Date(since * 1000).toISOString()
    expect(found.split('\n')).toEqual(all.filter((line) => line === '' || line.slice(0, 23) >= bound.slice(0, 23)))
    expect(asked).toHaveLength(1)
  })

  const filters: readonly LogFilter[] = [
    {},
    {minimumLevel: 'error'},
    {statuses: parseStatusRanges('5xx')},
    {endpoint: '/cars', minimumLevel: 'error'},
  ]
  it.each(filters)('what is searched for: %j', async (filter) => {
    const engine = createDockerodeEngine(docker)
    const search = async (logs: LogSource, tail?: number): Promise<unknown> => {
      const entries: LogEntry[] = []
      const query = {project: shop.project, services: [name], filter, tail}
      const sink = (found: readonly LogEntry[]): Promise<void> => Promise.resolve(void entries.push(...found))
      const result = await searchLogs({engine, logs, stackModel: shop.compose}, query, sink)
      return {...result, entries}
    }
    for (const tail of [undefined, 3, 20, 5000])
      expect(await search(counting().files, tail)).toEqual(await search(api, tail))
  })
})
