import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {onContainer} from '../support/containers.js'
import {eventually} from '../support/eventually.js'
import {firstDay} from '../support/first-day.js'
import {ownStack} from '../support/own-stack.js'
import {type Misbehaviour, misbehavingServer} from '../support/servers/misbehaving.js'
import {type SteadyLoad, steadyLoad} from '../support/steady-load.js'
import {workspace} from '../support/workspace.js'

const stack = await ownStack()
const here = workspace(stack)
// With few requests a single slow one is the p95 of a whole minute.
let load: SteadyLoad

interface StatusDocument {
  readonly verdict: string
  readonly data: Readonly<Record<'services' | 'health' | 'signals' | 'alerts', {kind: string; reason?: string}>>
}

function read(stdout: string): StatusDocument {
  return JSON.parse(stdout) as StatusDocument
}

/** Of one request to a backend. */
const DEADLINE_SECONDS = 2.5

/** What `status` takes on this machine, now, when every backend answers. */
async function ownSeconds(): Promise<number> {
  return (await here.faci(['status', '--json', '--window', '1m'])).durationSeconds
}

beforeAll(async () => {
  await firstDay(stack)
  load = steadyLoad(stack.urls.api)
  await eventually(async () => {
    expect(read((await here.faci(['status', '--json', '--window', '1m'])).stdout).verdict).toBe('healthy')
  }, 90)
})
afterAll(async () => {
  await load.stop()
  here.remove()
})

describe('faci status', () => {
  it('is one screen of what is really there', async () => {
    const {stdout, stderr, exitCode} = await here.faci(['status', '--window', '1m'])
    expect(exitCode, stdout).toBe(0)
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^● healthy {2}faciliauto · development/)
    expect(stdout).toMatch(/api +● healthy +1\/1/)
    expect(stdout).toMatch(/latency p95/)
    expect(stdout).toMatch(/● none firing/)
  })

  it('shows only the services asked for, and suggests the one that was meant', async () => {
    const one = await here.faci(['status', 'redis', '--window', '1m'])
    expect(one.stdout).toMatch(/redis +● healthy/)
    expect(one.stdout).not.toMatch(/alertmanager +●/)
    const wrong = await here.faci(['status', 'reddis'])
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toMatch(/faci status redis/)
  })

  it('sees a container that was stopped behind its back', async () => {
    await onContainer(stack.project, 'redis', (id) => ['stop', '--time', '1', id])
    try {
      const {stdout, exitCode} = await here.faci(['status', '--window', '1m'])
      expect(exitCode).toBe(3)
      expect(stdout).toMatch(/redis +✖ down +0\/1/)
      expect(stdout).toMatch(/answers 200, but its body says degraded/)
    } finally {
      await onContainer(stack.project, 'redis', (id) => ['start', id])
      await eventually(async () => {
        expect((await here.faci(['status', '--window', '1m'])).exitCode).toBe(0)
      }, 100)
    }
  })

  const cases: readonly (readonly [Misbehaviour, 'prometheus' | 'alertmanager', 'signals' | 'alerts'])[] = [
    ['slow', 'prometheus', 'signals'],
    ['trickle', 'prometheus', 'signals'],
    ['junk', 'prometheus', 'signals'],
    ['reset', 'prometheus', 'signals'],
    ['slow', 'alertmanager', 'alerts'],
    ['html', 'alertmanager', 'alerts'],
    ['error500', 'alertmanager', 'alerts'],
  ]
  it.each(cases)('%s %s: that part is unknown with the reason, the rest shows', async (how, backend, part) => {
    const bad = await misbehavingServer(how)
    const broken = workspace(stack, {[backend]: {url: bad.url}})
    // Again where a busy machine let the engine, too, miss its deadline.
    await eventually(async () => {
      const before = await ownSeconds()
      const {stdout, exitCode, durationSeconds} = await broken.faci(['status', '--json', '--window', '1m'])
      // How fast the machine is changes with what else it does: before and after.
      const bound = Math.max(before, await ownSeconds()) + DEADLINE_SECONDS + 1
      const document = read(stdout)
      expect(exitCode, stdout).toBe(4)
      expect(document.verdict).toBe('unknown')
      expect(document.data[part].kind).toBe('unknown')
      expect(document.data[part].reason).toMatch(/Prometheus|Alertmanager/)
      expect(document.data.services.kind).toBe('read')
      expect(document.data.health.kind).toBe('read')
      // The backend takes for ever: only the deadline of one request is added to what it takes anyway.
      expect(durationSeconds).toBeLessThan(bound)
    })
    broken.remove()
    await bad.close()
  })

  it.each(['tcp://127.0.0.1:1', 'unix:///nowhere/docker.sock'])(
    'without an engine at %s the rest shows',
    async (host) => {
      const {stdout, exitCode} = await here.faci(['status', '--window', '1m'], {env: {DOCKER_HOST: host}})
      expect(exitCode, stdout).toBe(4)
      expect(stdout).toMatch(/Services\n {2}\? unknown: /)
      expect(stdout).toMatch(/api +● healthy/)
      expect(stdout).toMatch(/latency p95/)
    },
  )

  it('an engine that never answers does not hold up the others', async () => {
    const slow = await misbehavingServer('slow')
    const env = {DOCKER_HOST: slow.url.replace('http', 'tcp')}
    await eventually(async () => {
      const before = await ownSeconds()
      const {stdout, exitCode, durationSeconds} = await here.faci(['status', '--json', '--window', '1m'], {env})
      const bound = Math.max(before, await ownSeconds()) + DEADLINE_SECONDS + 1
      expect(exitCode, stdout).toBe(4)
      expect(read(stdout).data.services.kind).toBe('unknown')
      expect(read(stdout).data.signals.kind).toBe('read')
      expect(durationSeconds).toBeLessThan(bound)
    })
    await slow.close()
  })
})

describe('faci doctor', () => {
  it('finds everything in order, but for the Slack token that is not there', async () => {
    // Again where a busy machine let backends miss their deadlines.
    await eventually(async () => {
      const {stdout, exitCode} = await here.faci(['doctor'])
      expect(exitCode, stdout).toBe(0)
      expect(stdout).toMatch(/docker engine +✔ ok/)
      expect(stdout).toMatch(/prometheus +✔ ok +Prometheus \d/)
      expect(stdout).toMatch(/runbooks +✔ ok +5 valid/)
      expect(stdout).toMatch(/notices +▲ warning .*export SLACK_BOT_TOKEN=/)
    })
  })

  it('says what cannot be seen, and what is broken', async () => {
    const broken = workspace(stack)
    broken.editRunbook('api-down', (text) => text.replace('{mitigate id=restart', '{mitigate id=restart retrys=2'))
    const {stdout, exitCode} = await broken.faci(['doctor'], {env: {DOCKER_HOST: 'tcp://127.0.0.1:1'}})
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/docker engine +\? unknown/)
    expect(stdout).toMatch(/runbooks +✖ failed +invalid: api-down/)
    const shown = await broken.faci(['runbook', 'api-down', '--yes'])
    expect(shown.exitCode).toBe(6)
    expect(shown.stderr).toMatch(/api-down\.md:\d+:\d+: .*retrys.*retries/)
    broken.remove()
  })
})
