import {spawn} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {createAlertmanagerAlerts} from '../../src/adapters/alertmanager/alertmanager-alerts.js'
import {createAlertmanagerRouting} from '../../src/adapters/alertmanager/alertmanager-routing.js'
import {alertRoutingContract} from '../contract/suites/alert-routing.js'
import {alertsContract} from '../contract/suites/alerts.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {onContainer} from '../support/containers.js'
import {eventually} from '../support/eventually.js'
import {firstDay} from '../support/first-day.js'
import {ownStack} from '../support/own-stack.js'
import {workspace} from '../support/workspace.js'

const stack = await ownStack()
const RULES = join(repositoryRoot, 'service', 'prometheus', 'rules')
const here = workspace(stack, {prometheus: {url: stack.urls.prometheus, job: 'faciliauto-api', rules: RULES}})
const alertmanager = stack.urls.alertmanager
const soon = () => new Date(Date.now() + 120_000).toISOString()
const silences: string[] = []

async function post(path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`${alertmanager}/api/v2/${path}`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return answer.json().catch(() => null)
}

function synthetic(endsAt: string) {
  const alert = (labels: Record<string, string>, annotations: Record<string, string>) => ({labels, annotations, endsAt})
  return [
    alert(
      {alertname: 'HighResponseTime', severity: 'warning', priority: 'P1', instance: 'test'},
      {runbook: 'high-latency', summary: 'P95 latency > 1s'},
    ),
    alert(
      {alertname: 'APIDown', severity: 'critical', priority: 'P0'},
      {runbook: 'api-down', summary: 'API está offline'},
    ),
    alert({alertname: 'Quiet', severity: 'critical'}, {}),
  ]
}

beforeAll(async () => {
  // Nothing is pending of what other files did.
  await firstDay(stack)
  const matchers = [{name: 'alertname', value: 'Quiet', isRegex: false, isEqual: true}]
  const startsAt = new Date().toISOString()
  const silence = {matchers, startsAt, endsAt: soon(), createdBy: 'test', comment: 'contract test'}
  const {silenceID} = (await post('silences', silence)) as {silenceID: string}
  silences.push(silenceID)
  await post('alerts', synthetic(soon()))
  await eventually(async () => {
    const {stdout} = await here.faci(['alerts', 'list', '--json'])
    expect(stdout).toContain('"silencedBy": [\n')
  })
})
afterAll(async () => {
  await post('alerts', synthetic(new Date().toISOString()))
  for (const id of silences) await fetch(`${alertmanager}/api/v2/silence/${id}`, {method: 'DELETE'})
  here.remove()
})

alertsContract('a real Alertmanager', () =>
  createAlertmanagerAlerts({url: alertmanager, headers: {}, timeoutSeconds: 3}),
)

alertRoutingContract('a real Alertmanager', () =>
  createAlertmanagerRouting({url: alertmanager, headers: {}, timeoutSeconds: 3}),
)

describe('faci alerts list', () => {
  it('shows what fires with what to type, and leaves the watchdog out', async () => {
    const {stdout, exitCode} = await here.faci(['alerts', 'list'])
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/APIDown\s+P0 critical\s+firing\s+\S+\s*\S*\s+faci runbook api-down/)
    expect(stdout).toMatch(/Quiet\s+critical\s+silenced/)
    expect(stdout).not.toMatch(/Watchdog/)
  })

  it('is exit 4 when Alertmanager is gone', async () => {
    const {stderr, exitCode} = await here.faci(['alerts', 'list'], {env: {ALERTMANAGER_PORT: '1'}})
    expect(exitCode).toBe(4)
    expect(stderr).toMatch(/Alertmanager at .* cannot be reached/)
  })
})

describe('faci alerts show', () => {
  it('shows a firing one with its rule, what became of it, and what to type: exit 3', async () => {
    const {stdout, exitCode} = await here.faci(['alerts', 'show', 'APIDown'])
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/^▲ APIDown P0 critical firing/)
    expect(stdout).toMatch(/runbook +faci runbook api-down/)
    expect(stdout).toMatch(/when +max by \(job\) \(up\{job="faciliauto-api"\}\) == 0 or absent/)
    expect(stdout).toMatch(/fires +for 1m, evaluated every 5s/)
    expect(stdout).toMatch(/receivers +webhook/)
  })

  it('shows who silenced one', async () => {
    const {stdout, exitCode} = await here.faci(['alerts', 'show', 'Quiet'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/silence +\S+ by test until .+: contract test/)
  })

  it('shows one that is defined and inactive: exit 0; an unknown one is exit 2', async () => {
    const inactive = await here.faci(['alerts', 'show', 'LowCacheHitRate'])
    expect(inactive.exitCode, inactive.stderr).toBe(0)
    expect(inactive.stdout).toMatch(/^● LowCacheHitRate P2 info inactive/)
    const unknown = await here.faci(['alerts', 'show', 'LowCacheHitRat'])
    expect(unknown.exitCode).toBe(2)
    expect(unknown.stderr).toContain('faci alerts show LowCacheHitRate')
  })
})

describe('faci alerts noise', () => {
  it('counts from the real Prometheus, says how little it has, and what Alertmanager sent', async () => {
    await eventually(async () => {
      const {stdout, stderr, exitCode} = await here.faci(['alerts', 'noise', '--json'])
      expect(exitCode, stderr).toBe(0)
      const {data, warnings} = JSON.parse(stdout) as {data: Record<string, unknown>; warnings: readonly string[]}
      expect(data).toMatchObject({windowSeconds: 604_800, quiet: expect.arrayContaining(['HighErrorRate']) as unknown})
      expect(data['coveredSeconds']).toBeGreaterThan(0)
      expect(warnings).toEqual([expect.stringMatching(/^Prometheus has only \d+.* of the 7d/)])
      expect(data['notifications']).not.toBeNull()
    }, 60)
  })
})

describe('faci alerts lint --live', () => {
  it('finds every metric of the shipped rules, and says how often each alert would have fired', async () => {
    await eventually(async () => {
      const {stdout, exitCode} = await here.faci(['alerts', 'lint', '--live'])
      expect(exitCode, stdout).toBe(0)
      expect(stdout).toMatch(/HighMemoryUsage +never/)
      expect(stdout).toMatch(/✔ 7 alerts and 82 recording rules, no problems found/)
    }, 60)
  })

  it('tells a metric that is not there, and what would have fired all the time', async () => {
    const labels = 'labels: {severity: info}, annotations: {summary: s, description: d, runbook: api-down}'
    const rule = (name: string, expr: string) => `{alert: ${name}, expr: '${expr}', for: 0s, ${labels}}`
    const rules = [rule('Always', 'max(up{job="faciliauto-api"}) == 1'), rule('Never', 'no_such_metric > 1')]
    writeFileSync(join(here.directory, 'rules.yml'), `groups: [{name: g, rules: [${rules.join(', ')}]}]`)
    const own = workspace(stack, {prometheus: {url: stack.urls.prometheus, rules: join(here.directory, 'rules.yml')}})
    await eventually(async () => {
      const {stdout, exitCode} = await own.faci(['alerts', 'lint', '--live'])
      expect(exitCode).toBe(3)
      expect(stdout).toMatch(/error +metric +Prometheus has no series of `no_such_metric` now/)
      expect(stdout).toMatch(/Always +1× +\d+m/)
      expect(stdout).toMatch(/Never +never/)
    }, 90)
    own.remove()
  })
})

/** What the webhook was sent, by the names of the alerts. */
async function notified(): Promise<readonly string[]> {
  const log = await onContainer(stack.project, 'webhook', (id) => ['logs', id])
  const lines = log.split('\n').filter((line) => line.includes('"notification"'))
  return lines.flatMap((line) => {
    const {notification} = JSON.parse(line) as {notification: {alerts: readonly {labels: Record<string, string>}[]}}
    return notification.alerts.map(({labels}) => labels['alertname'] ?? '')
  })
}

function urgent(...names: readonly string[]): readonly object[] {
  return names.map((alertname) => ({
    labels: {alertname, severity: 'critical', priority: 'P0', job: alertname},
    endsAt: soon(),
  }))
}

const silence = (name: string, ...more: readonly string[]) => [
  ...['alerts', 'silence', name, '--for', '2h', '--comment', 'an integration test', ...more],
]

describe('faci alerts silence and unsilence', () => {
  it('keep an alert from the webhook until it is ended, and only that one', async () => {
    const made = await here.faci(silence('HushedAlert', '--yes'))
    expect(made.exitCode, made.stderr).toBe(0)
    expect(made.stdout).toContain('it matches no active alert')
    await post('alerts', urgent('HushedAlert', 'LoudAlert'))
    await eventually(async () => expect(await notified()).toContain('LoudAlert'), 60)
    expect(await notified()).not.toContain('HushedAlert')

    const {stdout} = await here.faci(['alerts', 'list', '--silences'])
    expect(stdout).toMatch(/alertname="HushedAlert" +1 +1h \d+m +ana +an integration test/)
    const ended = await here.faci(['alerts', 'unsilence', 'HushedAlert', '--yes'])
    expect(ended.exitCode, ended.stderr).toBe(0)
    await eventually(async () => expect(await notified()).toContain('HushedAlert'), 60)
    expect((await here.faci(['alerts', 'list', '--silences'])).stdout).not.toContain('HushedAlert')
  })

  it('change nothing without consent, and print the command that would be accepted', async () => {
    const {stdout, stderr, exitCode} = await here.faci(silence('APIDown'))
    expect(exitCode).toBe(5)
    expect(stderr).toMatch(/COVERS NOW[^]*APIDown/)
    expect(stdout).toContain("faci alerts silence APIDown --for 2h --comment 'an integration test' --yes")
    expect((await here.faci(['alerts', 'list', '--silences'])).stdout).not.toContain('APIDown')
  })

  it('an unknown silence is exit 2, with what was meant', async () => {
    const {stderr, exitCode} = await here.faci(['alerts', 'unsilence', 'Quite', '--yes'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('did you mean `Quiet`?')
  })
})

/** A runbook that silences, then waits for `seconds`, and never comes to anything. */
function hushingRunbook(name: string, seconds: number): void {
  const blocks = ['```sh {mitigate id=hush}', `faci ${silence(name).join(' ').replace('an integration test', 'hush')}`]
  const wait = ['faci alerts list --silences', `sleep ${seconds}`, '```']
  const front = [
    '---',
    'title: Hush',
    'resolved: {within: 1s, hold: 0s, every: 1s, all: [{promql: vector(1), expect: ">= 2"}]}',
  ]
  const text = [...front, '---', '## Hush', ...blocks, ...wait, ''].join('\n')
  writeFileSync(join(here.directory, 'runbooks', 'hush.md'), text)
}

interface ListedSilence {
  readonly comment: string
  readonly endsAt: string
}

async function silencesOf(comment: RegExp): Promise<readonly ListedSilence[]> {
  const {stdout} = await here.faci(['alerts', 'list', '--silences', '--json'])
  const {data} = JSON.parse(stdout) as {data: {silences: readonly ListedSilence[]}}
  return data.silences.filter((one) => comment.test(one.comment))
}

describe('a silence made in a run', () => {
  it('is there while the run is, and ends with it', async () => {
    hushingRunbook('Leased', 1)
    const {stderr, exitCode} = await here.faci(['runbook', 'hush', '--yes'])
    expect(exitCode, stderr).toBe(3)
    expect(stderr).toMatch(/alertname="Leased" +\d+ +[45]m[^\n]* +ana +hush \[faci run 01/)
    expect(stderr).toContain('The silence of this run has ended')
    expect(await silencesOf(/^hush /)).toEqual([])
  })

  it('is gone within five minutes when the run dies', async () => {
    hushingRunbook('Orphaned', 60)
    const run = spawn(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), 'runbook', 'hush', '--yes'], {
      cwd: here.directory,
      env: {...process.env, ...stack.env, FACI_OPERATOR: 'ana'},
      stdio: 'ignore',
    })
    await eventually(async () => expect(await silencesOf(/^hush /)).toHaveLength(1), 60)
    run.kill('SIGKILL')
    const [left] = await silencesOf(/^hush /)
    const seconds = (Date.parse(left?.endsAt ?? '') - Date.now()) / 1000
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(300)
    await here.faci(['alerts', 'unsilence', 'Orphaned', '--yes'])
  })

  it('is refused in a block that may only look', async () => {
    hushingRunbook('Looking', 1)
    here.editRunbook('hush', (text) => text.replace('{mitigate id=hush}', '{diagnose id=hush}'))
    const {stderr} = await here.faci(['runbook', 'hush', '--diagnose'])
    expect(stderr).toContain('this block is read-only')
    expect(await silencesOf(/^hush /)).toEqual([])
  })
})

interface TestDocument {
  readonly verdict: string
  readonly data: {
    readonly plan: {readonly testId: string}
    readonly integrations: readonly {readonly integration: string; readonly expected: number; readonly sent: number}[]
  }
}

/** How often the webhook was told of the alerts of a test, by route and state. */
async function toldOf(testId: string): Promise<readonly string[]> {
  const log = await onContainer(stack.project, 'webhook', (id) => ['logs', id])
  const lines = log.split('\n').filter((line) => line.includes(testId))
  return lines.flatMap((line) => {
    const {notification} = JSON.parse(line) as {
      notification: {alerts: readonly {status: string; labels: Record<string, string>}[]}
    }
    return notification.alerts.map(({status, labels}) => `${labels['faci_route'] ?? ''} ${status}`)
  })
}

describe('faci alerts test', () => {
  it('in a dry run shows an alert for each route, and sends none', async () => {
    const {stdout, exitCode} = await here.faci(['alerts', 'test', '--dry-run'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/send 4 synthetic alerts/)
    expect(stdout).toMatch(/alertname="Watchdog" +watchdog +webhook +0s +alertname=Watchdog/)
    expect((await here.faci(['alerts', 'list', '--all'])).stdout).not.toContain('FaciTest')
  })

  it('without consent sends nothing: exit 5', async () => {
    const {stdout, exitCode} = await here.faci(['alerts', 'test'])
    expect(exitCode).toBe(5)
    expect(stdout).toContain('faci alerts test --yes')
  })

  it('sends one through each route to the webhook, says so, and resolves it', async () => {
    const {stdout, stderr, exitCode} = await here.faci(['alerts', 'test', '--yes', '--json'])
    expect(exitCode, stderr).toBe(0)
    const {verdict, data} = JSON.parse(stdout) as TestDocument
    expect(verdict).toBe('ok')
    expect(data.integrations).toMatchObject([{integration: 'webhook', expected: 4}])
    await eventually(async () => {
      const told = await toldOf(data.plan.testId)
      for (const route of ['1', '2', '3', '4']) expect(told).toContain(`${route} firing`)
    }, 60)
    const {stdout: listed} = await here.faci(['alerts', 'list', '--all', '--json'])
    expect(listed).not.toContain(data.plan.testId)
  }, 240_000)

  it('is exit 4 when nothing was heard in time, and 3 when a receiver fails', async () => {
    const silent = await here.faci(['alerts', 'test', '--yes', '--wait', '1s'])
    expect(silent.exitCode, silent.stdout).toBe(4)
    await onContainer(stack.project, 'webhook', (id) => ['stop', '--time', '1', id])
    const failed = await here
      .faci(['alerts', 'test', '--yes', '--wait', '15s'])
      .finally(() => onContainer(stack.project, 'webhook', (id) => ['start', id]))
    expect(failed.stdout).toMatch(/webhook +4 +✖/)
    expect(failed.exitCode).toBe(3)
  }, 240_000)
})

// The last: Prometheus sends again what Alertmanager missed at its start only after a minute.
describe('faci alerts show Watchdog', () => {
  it('shows what it is that always fires, with its value', async () => {
    await eventually(async () => {
      const {stdout, exitCode} = await here.faci(['alerts', 'show', 'Watchdog', '--json'])
      expect(exitCode).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({
        data: {instances: [{state: 'firing', value: 1, receivers: ['watchdog']}]},
      })
    }, 90)
  })
})
