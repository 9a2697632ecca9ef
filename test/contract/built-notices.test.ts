import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'
import {SLACK_TOKEN, type SlackServer, slackServer} from '../support/servers/slack.js'

const here = mkdtempSync(join(tmpdir(), 'faci-built-notices-'))
let slack: SlackServer

beforeAll(async () => {
  slack = await slackServer()
})

afterAll(async () => {
  rmSync(here, {recursive: true, force: true})
  await slack.close()
})

// Slack's SDKs are imported only when there is something to send: in the bundle each is a file of its own.
describe('the built faci', () => {
  it.each([
    ['a bot token', () => `{token: 'env:SECRET', channel: '#ops-incidents', apiUrl: '${slack.apiUrl}'}`],
    ['a webhook', () => `{webhook: 'env:SECRET'}`],
  ])('reaches Slack with %s', async (kind, notices) => {
    const text = `service: shop\ncompose: {file: docker-compose.yml}\nnotices:\n  slack: ${notices()}\n`
    writeFileSync(join(here, 'faci.yml'), text)
    const secret = kind === 'a webhook' ? slack.webhookUrl : SLACK_TOKEN
    const {stdout, exitCode} = await runBuilt(['notify', '--title', 'Hi', '--message', 'x'], here, {SECRET: secret})
    expect({stdout, exitCode}).toEqual({stdout: '✔ Hi delivered to slack\n', exitCode: 0})
  })
})

/** A folder of its own whose Slack is the server, or somewhere else. */
function service(name: string, apiUrl = slack.apiUrl, more = ''): string {
  const directory = join(here, name)
  mkdirSync(directory)
  const channel = `{token: 'env:SECRET', channel: '#ops-incidents', apiUrl: '${apiUrl}'}`
  const text = `service: shop\ncompose: {file: docker-compose.yml}\n${more}notices:\n  slack: ${channel}\n`
  writeFileSync(join(directory, 'faci.yml'), text)
  return directory
}

/** Refused by the kernel; port 9 is one that fetch itself does not ask. */
const AWAY = 'http://127.0.0.1:2/api/'
const ENV = {SECRET: SLACK_TOKEN}
const titles = (): readonly string[] => slack.posts.map(({text}) => text)

describe('what waits for Slack', () => {
  it('waits on without a token, and is sent once there is one', async () => {
    const directory = service('no-token', AWAY)
    const first = await runBuilt(['notify', '--title', 'Disk full'], directory, ENV)
    expect(first.exitCode).toBe(9)
    expect(first.stdout).toMatch(/Disk full waits for slack: Slack can't be reached[^]*faci notify flush/)
    const without = await runBuilt(['notify', 'flush', '--now'], directory)
    expect(without.exitCode).toBe(9)
    expect(without.stdout).toMatch(/Disk full waits for slack: env:SECRET has no value/)
    expect(without.stderr).toBe('')
    const config = readFileSync(join(directory, 'faci.yml'), 'utf8')
    writeFileSync(join(directory, 'faci.yml'), config.replace(AWAY, slack.apiUrl))
    const early = await runBuilt(['notify', 'flush'], directory, ENV)
    expect([early.exitCode, early.stdout]).toEqual([
      9,
      expect.stringMatching(/next try after \d{4}-\d\d-\d\d \d\d:\d\d:\d\d (UTC|[+-]\d)/),
    ])
    expect((await runBuilt(['notify', 'flush', '--now'], directory, ENV)).exitCode).toBe(0)
    expect(titles().filter((text) => text.includes('Disk full'))).toHaveLength(1)
  })

  it('is delivered whatever else lies in the outbox, which is counted, shown and dropped', async () => {
    const directory = service('bad-files', AWAY)
    await runBuilt(['notify', '--title', 'Still here'], directory, ENV)
    const outbox = join(directory, '.faci', 'outbox')
    writeFileSync(
      join(outbox, '01M8HAHY2BH1W03ARAWN62TAM1.json'),
      '{"notice":{"id":"x"},"attempts":[],"status":"pending"}',
    )
    writeFileSync(join(outbox, '01M8HAHY2BH1W03ARAWN62TAM2.json'), '')
    mkdirSync(join(outbox, '01M8HAHY2BH1W03ARAWN62TAM3.json'))
    const config = readFileSync(join(directory, 'faci.yml'), 'utf8')
    writeFileSync(join(directory, 'faci.yml'), config.replace(AWAY, slack.apiUrl))
    const flushed = await runBuilt(['notify', 'flush', '--now'], directory, ENV)
    expect(flushed.exitCode).toBe(9)
    expect(flushed.stdout).toMatch(/^✔ Still here delivered to slack$/m)
    expect(flushed.stdout.match(/cannot be read/g)).toHaveLength(3)
    expect((await runBuilt(['doctor'], directory, ENV)).stdout).toMatch(/outbox +▲ warning +3 unreadable/)
    for (const name of readdirSync(join(outbox, 'corrupt')))
      expect((await runBuilt(['notify', 'drop', name], directory)).exitCode).toBe(0)
    expect(await runBuilt(['notify', 'flush'], directory, ENV)).toMatchObject({
      stdout: '✔ Nothing to deliver\n',
      exitCode: 0,
    })
  })

  it('is not said of what could be neither sent nor kept, and what is sent needs no store', async () => {
    const directory = service('no-store')
    writeFileSync(join(directory, '.faci'), 'a file in the way')
    const sent = await runBuilt(['notify', '--title', 'Sent all the same'], directory, ENV)
    expect([sent.exitCode, sent.stdout]).toEqual([0, expect.stringContaining('no record was kept')])
    const config = readFileSync(join(directory, 'faci.yml'), 'utf8')
    writeFileSync(join(directory, 'faci.yml'), config.replace(slack.apiUrl, AWAY))
    const lost = await runBuilt(['notify', '--title', 'Lost'], directory, ENV)
    expect([lost.exitCode, lost.stdout]).toEqual([4, expect.stringMatching(/Lost neither sent to slack nor kept/)])
    expect(lost.stdout).not.toMatch(/waits|flush/)
  })

  it('is no bug when Slack asks for patience until the end of the world', async () => {
    const directory = service('patience')
    slack.trouble({kind: 'rateLimited', seconds: '99999999999999999'})
    const {stdout, exitCode} = await runBuilt(['notify', '--title', 'Later'], directory, ENV)
    expect([exitCode, stdout]).toEqual([9, expect.stringContaining('Slack asks to slow down')])
    expect((await runBuilt(['notify', 'flush'], directory, ENV)).stdout).toContain('next try after')
  })
})

describe('faci notify test and doctor', () => {
  it('ask Slack', async () => {
    const directory = service('asked')
    const before = slack.posts.length
    const {stdout, exitCode} = await runBuilt(['notify', 'test'], directory, ENV)
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^✔ slack took the test notice: Slack knows the token/),
    ])
    expect(slack.posts).toHaveLength(before + 1)
    expect((await runBuilt(['doctor'], directory, ENV)).stdout).toMatch(/notices +✔ ok +Slack knows the token/)
  })

  it.each([
    ['a token that Slack does not know', {SECRET: 'xoxb-0-0-wrong'}, 3, /refused the test notice: .*invalid_auth/],
    ['no token', {}, 3, /refused the test notice: env:SECRET has no value/],
  ])('tell %s', async (name, env, code, words) => {
    const {stdout, exitCode} = await runBuilt(
      ['notify', 'test'],
      service(`test-${String(code)}-${name.replaceAll(' ', '-')}`),
      env,
    )
    expect([exitCode, stdout]).toEqual([code, expect.stringMatching(words)])
  })
})

describe('check daily --notify', () => {
  it('waits without a token instead of taking the mail of cron for Slack, and is told once there is one', async () => {
    const directory = service('daily', slack.apiUrl, "health: {api: {url: 'http://127.0.0.1:1/health'}}\n")
    const before = slack.posts.length
    const first = await runBuilt(['check', 'daily', '--notify'], directory)
    expect([first.exitCode, first.stdout]).toEqual([
      3,
      expect.stringMatching(/it waits for slack \(env:SECRET has no value\)/),
    ])
    await runBuilt(['check', 'daily', '--notify'], directory, ENV)
    await runBuilt(['check', 'daily', '--notify'], directory, ENV)
    expect(slack.posts).toHaveLength(before + 1)
  })
})
