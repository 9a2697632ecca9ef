import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {type ReceiverServer, receiverServer} from '../support/servers/receiver.js'
import {SLACK_TOKEN, type SlackServer, slackServer} from '../support/servers/slack.js'

const here = mkdtempSync(join(tmpdir(), 'faci-fallback-'))
/** Refused by the kernel. */
const AWAY = 'http://127.0.0.1:2/api/'
const KEY = `whsec_${Buffer.from('a key of thirty-two bytes, as is').toString('base64')}`
let receiver: ReceiverServer
let slack: SlackServer

beforeAll(async () => {
  ;[receiver, slack] = await Promise.all([receiverServer(), slackServer()])
})

afterAll(async () => {
  rmSync(here, {recursive: true, force: true})
  await Promise.all([receiver.close(), slack.close()])
})

const environment = (): Record<string, string> => ({SECRET: SLACK_TOKEN, HOOK: receiver.url, KEY})

function configure(apiUrl: string, more: string): void {
  const channels = `  slack: {token: 'env:SECRET', channel: '#ops-incidents', apiUrl: '${apiUrl}'}\n  webhook: {url: 'env:HOOK', secret: 'env:KEY'}\n`
  writeFileSync(join(here, 'faci.yml'), `service: shop\ncompose: {file: c.yml}\nnotices:\n${channels}${more}`)
}

const titles = (): readonly string[] => receiver.calls.map(({body}) => String(Reflect.get(JSON.parse(body), 'title')))

describe('what Slack does not take', () => {
  it('goes to the fallback channel once, though two flush at the same time, and to Slack when it is back', async () => {
    configure(AWAY, '  fallback: webhook\n  fallbackAfter: 1h\n')
    const early = await runHosted(['notify', '--title', 'Disk full'], here, environment())
    expect([early.exitCode, early.stdout]).toEqual([9, expect.not.stringContaining('instead')])
    configure(AWAY, '  fallback: webhook\n  fallbackAfter: 1ms\n')
    const both = [1, 2].map(() => runBuilt(['notify', 'flush'], here, environment()))
    expect((await Promise.all(both)).map(({exitCode}) => exitCode)).toEqual([9, 9])
    expect(titles()).toEqual(['Disk full'])
    const {body} = receiver.calls[0] ?? {body: '{}'}
    expect(body).toMatch(/Sent here because slack has not accepted it since \d\d .* UTC/)
    const again = await runHosted(['notify', 'flush', '--now'], here, environment())
    expect([again.exitCode, again.stdout]).toEqual([
      9,
      expect.stringContaining('(ECONNREFUSED); sent to webhook instead'),
    ])
    expect((await runHosted(['status', '--json'], here, environment())).stdout).toContain('"onFallback": 1')
    configure(slack.apiUrl, '  fallback: webhook\n')
    const back = await runHosted(['notify', 'flush', '--now'], here, environment())
    expect([back.exitCode, back.stdout]).toEqual([0, '✔ Disk full delivered to slack\n'])
    expect(titles()).toEqual(['Disk full'])
  })

  it('goes there at once when Slack refuses it', async () => {
    configure(slack.apiUrl, '  fallback: webhook\n')
    const refused = await runHosted(['notify', '--title', 'No token'], here, {
      ...environment(),
      SECRET: 'xoxb-0-0-wrong',
    })
    expect([refused.exitCode, refused.stdout]).toEqual([
      9,
      expect.stringMatching(/invalid_auth.*; sent to webhook instead/),
    ])
    expect(titles().at(-1)).toBe('No token')
    expect(readdirSync(join(here, '.faci', 'outbox')).filter((name) => /^01.*\.json$/.test(name))).toEqual([
      expect.stringMatching(/^01\w+\.json$/),
    ])
  })

  it('is told nobody twice who has a notice of an incident of their own', async () => {
    const before = receiver.calls.length
    configure(AWAY, '  fallback: webhook\n  fallbackAfter: 1ms\n  routes: {P0: [slack, webhook], P1: [slack]}\n')
    const open = async (title: string, severity: string) =>
      runHosted(['incident', 'open', '--title', title, '--severity', severity], here, environment())
    const both = await open('Two channels', 'P0')
    expect([both.exitCode, both.stdout]).toEqual([9, expect.not.stringContaining('fallback')])
    await runHosted(['notify', 'flush', '--now'], here, environment())
    expect(receiver.calls).toHaveLength(before + 1)
    expect((await open('One channel', 'P1')).stdout).toContain('sent to webhook instead')
    expect(receiver.calls).toHaveLength(before + 2)
  })

  it('says that the fallback has not taken it either', async () => {
    configure(AWAY, '  fallback: webhook\n  fallbackAfter: 1ms\n')
    receiver.answerNext((response) => response.writeHead(500).end())
    const {stdout, exitCode} = await runHosted(['notify', '--title', 'Both'], here, environment())
    expect([exitCode, stdout]).toEqual([9, expect.stringContaining('the fallback webhook has not taken it either')])
  })

  it('needs a channel that is set up', async () => {
    configure(AWAY, '  fallback: webhok\n')
    const {stderr, exitCode} = await runHosted(['notify', 'flush'], here, environment())
    expect([exitCode, stderr]).toEqual([6, expect.stringMatching(/faci\.yml:6:.*not set up under notices.*webhook/s)])
  })
})
