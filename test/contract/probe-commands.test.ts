import {execFileSync} from 'node:child_process'
import {connect} from 'node:net'
import {mkdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freePorts} from '../../service/stack/ports.js'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

/** Listens three seconds after it starts, while nobody says that it shall not. */
const LISTENS = `
const {createServer} = require('node:net'), {existsSync} = require('node:fs')
let server = null
setTimeout(() => setInterval(() => {
  if (existsSync('/tmp/closed')) { server?.close(); server = null }
  else server ??= createServer((socket) => socket.on('error', () => undefined).write('+OK')).listen(5432)
}, 50), 3000)`

/** As \`pg_isready\` does: says how it is, and exits with it. */
const IS_READY = `
require('node:net').connect(5432, '127.0.0.1')
  .on('connect', () => { console.log('accepting connections'); process.exit(0) })
  .on('error', () => { console.log('no response'); process.exit(2) })`

const RUNBOOK = `---
title: Database down
services: [db]
resolved: {within: 20s, hold: 1s, every: 200ms, all: [{health: db}, {health: port}]}
---

# Database down

## Let it listen

\`\`\`sh {mitigate id=listen}
echo yes > let-it-listen
\`\`\`
`

let shop: ThrowawayProject
let folder: string
let port: number

function faci(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return runBuilt(argv, folder, {...shop.environment, ...environment})
}

function inDatabase(script: string): void {
  const labels = [`com.docker.compose.project=${shop.project}`, 'com.docker.compose.service=db']
  const filters = labels.flatMap((label) => ['--filter', `label=${label}`])
  const id = execFileSync('docker', ['ps', '-q', ...filters], {encoding: 'utf8'}).trim()
  execFileSync('docker', ['exec', id, 'node', '-e', script])
}

function close(): void {
  inDatabase(`require('node:fs').writeFileSync('/tmp/closed', '')`)
}

function open(): void {
  inDatabase(`require('node:fs').rmSync('/tmp/closed', {force: true})`)
}

/** Whether the service says something to whoever connects; the engine's own proxy does not. */
async function speaks(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('data', () => {
      resolve(true)
      socket.destroy()
    })
    for (const end of ['error', 'close'] as const) {
      socket.on(end, () => {
        resolve(false)
      })
    }
  })
}

beforeAll(async () => {
  port = (await freePorts(['db'])).db
  const ports = [`127.0.0.1:${String(port)}:5432`]
  shop = await throwawayProject({
    db: {script: LISTENS, keys: {ports}},
    web: {script: 'setInterval(() => undefined, 1e6)'},
  })
  folder = dirname(shop.file)
  const health = {
    db: {exec: ['node', '-e', IS_READY], timeout: '3s'},
    port: {tcp: `127.0.0.1:${String(port)}`},
  }
  const config = {service: 'shop', compose: {file: 'docker-compose.yml', project: shop.project}, health}
  await writeFile(join(folder, 'faci.yml'), JSON.stringify(config))
  await mkdir(join(folder, 'runbooks'))
  await writeFile(join(folder, 'runbooks', 'database-down.md'), RUNBOOK)
})

afterAll(() => shop.remove())

it('up and restart wait until a port answers and a command in the container says that it is well', async () => {
  for (const argv of [['up'], ['restart', 'db']]) {
    const {exitCode, stdout, stderr} = await faci([...argv, '--yes', '--wait', '30s'])
    expect([exitCode, await speaks()], stdout + stderr).toEqual([0, true])
  }
})

describe('while nothing listens', () => {
  beforeAll(close)

  it('status, health, doctor and the daily check say what the probe saw, and that it is down', async () => {
    const answers = await Promise.all(['status', 'health', 'doctor', 'check daily'].map((one) => faci(one.split(' '))))
    for (const {exitCode, stdout} of answers) {
      expect(exitCode).toBe(3)
      expect(stdout).toMatch(/db.*its command exits with 2: no response/)
      expect(stdout).toMatch(/port.*tcp:.*closes every connection at once: nothing listens behind it/)
      expect(Math.max(...stdout.split('\n').map(({length}) => length))).toBeLessThan(220)
    }
  })

  it('restart does not call it healthy, however long it waits', async () => {
    const {exitCode, stdout} = await faci(['restart', 'db', '--yes', '--wait', '4s'])
    expect([exitCode, stdout]).toEqual([3, expect.stringMatching(/db {2}its command exits with 2: no response/)])
  })

  it('a command that does not end is ended with, and is no good answer', async () => {
    const exec = 'node -e "setInterval(() => undefined, 1e6)"'
    const config = {service: 'shop', compose: {project: shop.project}, health: {db: {exec, timeout: '1s'}}}
    await writeFile(join(folder, 'hangs.yml'), JSON.stringify(config))
    const {exitCode, stdout} = await faci(['health', '--config', 'hangs.yml'])
    expect([exitCode, stdout]).toEqual([3, expect.stringMatching(/node -e .* in db did not end within 1 s/)])
  })

  it('what could not be asked is unknown: no engine, no such host', async () => {
    const health = {db: {exec: 'true'}, port: {tcp: 'no-such-host.invalid:5432'}}
    const config = {service: 'shop', compose: {file: 'docker-compose.yml', project: shop.project}, health}
    await writeFile(join(folder, 'unseen.yml'), JSON.stringify(config))
    const nowhere = {DOCKER_HOST: 'tcp://127.0.0.1:1'}
    for (const command of ['health', 'status']) {
      const {exitCode, stdout} = await faci([command, '--config', 'unseen.yml'], nowhere)
      expect(exitCode, stdout).toBe(4)
      expect(stdout).toMatch(/db +\? unknown.*Docker at .* cannot be reached/)
      expect(stdout).toMatch(/port +\? unknown.*no-such-host\.invalid/)
    }
  })

  it('a runbook is resolved when both are well again, and not before', async () => {
    const listener = execa('sh', ['-c', 'until test -e let-it-listen; do sleep 0.1; done'], {cwd: folder})
    void listener.then(open)
    const {exitCode, stdout, stderr} = await faci(['runbook', 'database-down', '--yes'])
    expect([exitCode, await speaks()], stdout + stderr).toEqual([0, true])
    expect(stderr + stdout).toMatch(/[Rr]esolved/)
    expect((await faci(['status'])).exitCode).toBe(0)
  })
})
