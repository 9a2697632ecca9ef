import {spawn} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {execa} from 'execa'
import {repositoryRoot} from '../../service/stack/repository.js'
import {throwawayProject} from '../support/throwaway-project.js'
import {type Command, inTurn, type Row} from './measure.js'

const LINES = 1_000_000
const ROUNDS = 3
const MOST_MEBIBYTES = 100
const FACI = join(repositoryRoot, 'bin', 'run.js')

/** One line in two hundred is an error with a stack trace. */
const WRITER = `
const endpoints = ['/recommend', '/cars', '/cars/:id', '/stats', '/health']
const line = (i) => {
  const random = (i * 2654435761) >>> 0
  const failed = random % 200 === 0
  return JSON.stringify({
    timestamp: new Date(1.79e12 + i * 7).toISOString(), level: failed ? 'ERROR' : 'INFO', message: failed ? 'Request failed' : 'Request completed',
    module: 'app', function: 'onResponse', line: 42, request_id: 'req-' + i.toString(16).padStart(8, '0'), user_id: 'user-' + (random % 1000), method: 'GET',
    endpoint: endpoints[random % 5], path: endpoints[random % 5], status: failed ? 500 : 200, duration_ms: (random % 100000) / 100,
    ...(failed ? {exception: 'Error: boom\\n    at handler (/app/server.js:10:5)'} : {}),
  }) + '\\n'
}
let next = 0
const write = () => {
  while (next < ${String(LINES)}) {
    let text = ''
    for (let count = 0; count < 500; count += 1) text += line(next++)
    if (!process.stdout.write(text)) return process.stdout.once('drain', write)
  }
}
write()`

/** The most memory that a run had, in MiB; Linux keeps the mark. */
async function peakMemory({argv: [file = '', ...parameters], cwd}: Command): Promise<number> {
  const child = spawn(file, parameters, {cwd, stdio: 'ignore'})
  let peak = 0
  const timer = setInterval(() => {
    const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8')
    peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? peak * 1024) / 1024
  }, 100)
  await new Promise((resolve) => {
    child.once('exit', resolve)
  })
  clearInterval(timer)
  return peak
}

async function writtenLog(project: string, service: string): Promise<string> {
  const labels = [`project=${project}`, `service=${service}`].flatMap((label) => [
    ...['--filter', `label=com.docker.compose.${label}`],
  ])
  for (;;) {
    const {stdout} = await execa('docker', ['ps', '--all', '--quiet', ...labels, '--filter', 'status=exited'])
    if (stdout !== '') return stdout.trim()
    await sleep(500)
  }
}

const LARGE = {'max-size': '1g'}
/** By service: of the drivers whose files are read. */
const DRIVERS = {api: {driver: 'json-file', options: LARGE}, kept: {driver: 'local', options: LARGE}} as const

async function rowsOf(service: keyof typeof DRIVERS, id: string, cwd: string): Promise<readonly Row[]> {
  const {driver} = DRIVERS[service]
  const docker: Command = {argv: ['docker', 'logs', id]}
  const errors: Command = {argv: [process.execPath, FACI, 'logs', service, '--errors'], cwd}
  const last: Command = {...errors, argv: [...errors.argv, '--tail', '20']}
  const memory = await peakMemory(errors)
  const [byDocker = 0, byFaci = 0, byTail = 0] = await inTurn([docker, errors, last], ROUNDS)
  const seconds = (time: number): string => `${(time / 1000).toFixed(1)} s to ${(byDocker / 1000).toFixed(1)} s`
  const what = `faci logs ${service} --errors`
  return [
    {
      ...{what: `${what}, a million lines of ${driver}`, against: 'docker logs'},
      ...{ratio: byFaci / byDocker, target: 0.25, detail: seconds(byFaci)},
    },
    {
      ...{what: `${what} --tail 20, of ${driver}`, against: 'docker logs'},
      ...{ratio: byTail / byDocker, target: 0.1, detail: seconds(byTail)},
    },
    {
      ...{what: `${what}, peak memory, ${driver}`, against: `${String(MOST_MEBIBYTES)} MiB`},
      ...{ratio: memory / MOST_MEBIBYTES, target: 1, detail: `${memory.toFixed(0)} MiB`},
    },
  ]
}

/** `faci logs SERVICE --errors` over a million JSON lines of real containers, against the Docker CLI throwing them away. */
export async function benchLogs(): Promise<readonly Row[]> {
  const own = await throwawayProject({
    api: {script: WRITER, keys: {logging: DRIVERS.api}},
    kept: {script: WRITER, keys: {logging: DRIVERS.kept}},
  })
  try {
    const services = ['api', 'kept'] as const
    await own.compose.apply({kind: 'up', services, build: false, recreate: false, replicas: {}}, () => undefined)
    const cwd = dirname(own.file)
    writeFileSync(
      join(cwd, 'faci.yml'),
      `service: bench\ncompose: {file: docker-compose.yml, project: ${own.project}}\n`,
    )
    const ids = await Promise.all(services.map((service) => writtenLog(own.project, service)))
    const rows: Row[] = []
    for (const [index, service] of services.entries()) rows.push(...(await rowsOf(service, ids[index] ?? '', cwd)))
    return rows
  } finally {
    await own.remove()
  }
}
