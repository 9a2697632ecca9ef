import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {onContainer} from '../support/containers.js'
import {ownStack} from '../support/own-stack.js'
import {SLACK_TOKEN, slackServer} from '../support/servers/slack.js'
import {workspace} from '../support/workspace.js'

const stack = await ownStack()
const here = workspace(stack)
const requestId = `log-test-${process.pid}`

async function faults(change: object): Promise<void> {
  const text = JSON.stringify(change)
  await onContainer(stack.project, 'api', (id) => ['exec', id, 'node', '/app/faultctl.cjs', 'set', text])
}

beforeAll(async () => {
  await fetch(`${stack.urls.api}/cars?brand=Fiat`, {headers: {'X-Request-Id': requestId}})
  await faults({errors: {ratio: 1, endpoints: ['/stats']}, latency: {'/cars': {ms: 1100, ratio: 1}}})
  await fetch(`${stack.urls.api}/stats`)
  await fetch(`${stack.urls.api}/cars`)
  await onContainer(stack.project, 'api', (id) => ['exec', id, 'node', '/app/faultctl.cjs', 'reset'])
})
afterAll(() => {
  here.remove()
})

describe('faci logs', () => {
  it('finds the errors of the real container, with their exception', async () => {
    const {stdout, exitCode} = await here.faci(['logs', 'api', '--errors', '--since', '5m', '--tail', '5'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/ERROR +api-1 +GET \/stats 500/)
    expect(stdout).toMatch(/InjectedFault/)
  })

  it('finds one request by its id', async () => {
    const {stdout} = await here.faci(['logs', 'api', '--request-id', requestId, '--output', 'raw'])
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.every((line) => line['request_id'] === requestId)).toBe(true)
    expect(lines).toContainEqual(expect.objectContaining({endpoint: '/cars', status: 200}))
  })

  it('finds slow requests, by endpoint and status', async () => {
    const slow = await here.faci(['logs', 'api', '--slow', '1s', '--since', '5m'])
    expect(slow.stdout).toMatch(/GET \/cars 200 \d+\.\d+ s/)
    // Every line of it, whatever else was slow on this machine.
    expect(slow.stdout.trim().split('\n')).toEqual(slow.stdout.match(/^.* [1-9]\d*(\.\d+)? s  \S+$/gm))
    const failed = await here.faci(['logs', 'api', '--status', '5xx', '--endpoint', '/stats', '--since', '5m'])
    expect(failed.stdout).toMatch(/GET \/stats 500/)
    expect(failed.stdout).not.toMatch(/\/cars/)
  })

  it('sums up by level, endpoint and status', async () => {
    const {stdout} = await here.faci(['logs', 'api', '--summary', '--since', '5m', '--json'])
    const text = JSON.stringify(JSON.parse(stdout))
    expect(text).toMatch(/"faci.log-summary\/v1"/)
    expect(text).toMatch(/\/cars/)
  })

  it('exports to a file', async () => {
    const file = join(here.directory, 'api_logs.txt')
    const {exitCode} = await here.faci(['logs', 'api', '--tail', '20', '--export', file])
    expect(exitCode).toBe(0)
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(20)
  })

  it('suggests the service that was meant, and refuses a broken pattern', async () => {
    const wrong = await here.faci(['logs', 'apo'])
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toMatch(/api/)
    expect((await here.faci(['logs', 'api', '--grep', '('])).exitCode).toBe(2)
  })

  it('suggests the endpoint that was meant; one without errors is no mistake', async () => {
    const wrong = await here.faci(['logs', 'api', '--endpoint', '/carz'])
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toMatch(/there are .*\/cars/)
    expect(wrong.stderr).toMatch(/→ faci logs api --endpoint \/cars$/)
    // What no other test file makes fail.
    const calm = await here.faci(['logs', 'api', '--endpoint', '/metrics', '--errors'])
    expect(calm.exitCode).toBe(0)
    expect(calm.stderr).toMatch(/no log entry matches/)
  })

  it('is exit 4 without an engine', async () => {
    const {stderr, exitCode} = await here.faci(['logs', 'api'], {env: {DOCKER_HOST: 'tcp://127.0.0.1:1'}})
    expect(exitCode).toBe(4)
    expect(stderr).toMatch(/docker info/)
  })
})

describe('faci stats', () => {
  it('measures the real containers against their limits', async () => {
    const {stdout, exitCode} = await here.faci(['stats', 'api', '--json'])
    expect(exitCode).toBe(0)
    const document = JSON.stringify(JSON.parse(stdout))
    expect(document).toMatch(/"faci.stats\/v1"/)
    expect(document).toMatch(/"memory":\{"bytes":\d{7,}/)
  })
})

describe('faci notify', () => {
  it('posts to Slack, previews without posting, and refuses a channel that is not configured', async () => {
    const slack = await slackServer()
    const env = {SLACK_BOT_TOKEN: SLACK_TOKEN, SLACK_API_URL: slack.apiUrl}
    const words = ['--title', 'Manutenção', '--message', 'Às 23h, por **dez** minutos']
    const preview = await here.faci(['notify', ...words, '--preview'], {env})
    expect(preview.exitCode).toBe(0)
    expect(preview.stdout + preview.stderr).toMatch(/Manutenção/)
    expect(slack.posts).toHaveLength(0)
    const posted = await here.faci(['notify', ...words, '--severity', 'warning'], {env})
    expect(posted.exitCode, posted.stderr).toBe(0)
    expect(slack.posts).toHaveLength(1)
    expect(JSON.stringify(slack.posts[0]?.blocks)).toMatch(/Manutenção/)
    const wrong = await here.faci(['notify', ...words, '--channel', 'slak'], {env})
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toMatch(/slack/)
    await slack.close()
  })

  it('without a token shows the notice and keeps it', async () => {
    const {stdout, stderr, exitCode} = await here.faci(['notify', '--title', 'Sem conta', '--message', 'teste'])
    expect(exitCode).toBe(0)
    expect(stdout + stderr).toMatch(/Sem conta/)
  })

  it('a revoked token: exit 9, the notice waits', async () => {
    const slack = await slackServer()
    const env = {SLACK_BOT_TOKEN: 'xoxb-000000000000-revoked-token', SLACK_API_URL: slack.apiUrl}
    const {stdout, stderr, exitCode} = await here.faci(['notify', '--title', 'T', '--message', 'm'], {env})
    expect(exitCode).toBe(9)
    expect(stdout + stderr).toMatch(/invalid_auth/)
    expect(stdout + stderr).not.toMatch(/revoked-token/)
    expect(slack.posts).toHaveLength(0)
    await slack.close()
  })
})
