import {spawn} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {execa} from 'execa'
import {repositoryRoot} from '../../service/stack/repository.js'
import {throwawayProject} from '../support/throwaway-project.js'
import {type Command, median, type Row, wallTime} from './measure.js'

const LINES = 1_000_000
const ROUNDS = 5
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

async function writtenLog(project: string): Promise<string> {
  const filter = `label=com.docker.compose.project=${project}`
  for (;;) {
    const {stdout} = await execa('docker', ['ps', '--all', '--quiet', '--filter', filter, '--filter', 'status=exited'])
    if (stdout !== '') return stdout.trim()
    await sleep(500)
  }
}

/** `faci logs api --errors` over a million JSON lines of a real container, against the Docker CLI throwing them away. */
export async function benchLogs(): Promise<readonly Row[]> {
  const own = await throwawayProject({api: {script: WRITER}})
  try {
    await own.compose.apply(
      {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}},
      () => undefined,
    )
    const id = await writtenLog(own.project)
    const cwd = dirname(own.file)
    writeFileSync(
      join(cwd, 'faci.yml'),
      `service: bench\ncompose: {file: docker-compose.yml, project: ${own.project}}\n`,
    )
    const docker: Command = {argv: ['docker', 'logs', id]}
    const faci: Command = {argv: [process.execPath, FACI, 'logs', 'api', '--errors'], cwd}
    const times: [number[], number[]] = [[], []]
    const memory = await peakMemory(faci)
    for (let round = 0; round < ROUNDS; round += 1) {
      times[0].push(await wallTime(docker))
      times[1].push(await wallTime(faci))
    }
    const [byDocker, byFaci] = [median(times[0]), median(times[1])]
    return [
      {
        what: 'faci logs api --errors, a million lines',
        against: 'docker logs',
        ratio: byFaci / byDocker,
        target: 1.05,
        detail: `${(byFaci / 1000).toFixed(1)} s to ${(byDocker / 1000).toFixed(1)} s`,
      },
      {
        what: 'faci logs api --errors, peak memory',
        against: `${String(MOST_MEBIBYTES)} MiB`,
        ratio: memory / MOST_MEBIBYTES,
        target: 1,
        detail: `${memory.toFixed(0)} MiB`,
      },
    ]
  } finally {
    await own.remove()
  }
}
