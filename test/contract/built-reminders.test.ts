// Reminders of overdue updates as cron sends them, by whatever else it does.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {type ReceiverServer, receiverServer} from '../support/servers/receiver.js'
import {SLACK_TOKEN, type SlackServer, slackServer} from '../support/servers/slack.js'

let slack: SlackServer
let receiver: ReceiverServer
let here: string
let env: Readonly<Record<string, string>>

const ROTA = '{people: [{name: Ana, slack: U012AB3CD}], rotation: weekly, escalation: [{notify: current}]}'
const WAYS = '{opened: [], due: [webhook], escalated: [slack], other: []}'

function configure(oncall: string): void {
  writeFileSync(
    join(here, 'faci.yml'),
    `service: shop
compose: {file: c.yml}
notices:
  slack: {token: 'env:SECRET', channel: '#ops-incidents', apiUrl: '${slack.apiUrl}'}
  webhook: {url: 'env:HOOK', secret: 'env:KEY'}
  routes: {P0: ${WAYS}, P1: ${WAYS}}
incidents: {updates: {P0: 1h, P1: 1s}}
oncall: ${oncall}
`,
  )
}

const open = (title: string, severity: string) =>
  runHosted(['incident', 'open', '--title', title, '--severity', severity, '--new', '--quiet'], here, env)

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 6000 && !holds(); tries += 1) await wait(10)
  expect(holds()).toBe(true)
}

beforeEach(async () => {
  ;[slack, receiver] = await Promise.all([slackServer(), receiverServer()])
  here = mkdtempSync(join(tmpdir(), 'faci-reminders-'))
  env = {SECRET: SLACK_TOKEN, HOOK: receiver.url, KEY: 'whsec_YSBrZXkgb2YgdGhpcnR5LXR3byBieXRlcywgYXMgaXM='}
  configure(ROTA)
})
afterEach(async () => {
  rmSync(here, {recursive: true, force: true})
  await Promise.all([slack.close(), receiver.close()])
})

describe('a reminder over a channel that does not answer', () => {
  it('holds up no page of another incident, and does not take all the time that there is', async () => {
    for (const title of ['API 1', 'API 2', 'API 3', 'API 4']) await open(title, 'P1')
    await wait(1100)
    receiver.answerNext(...Array.from({length: 9}, () => () => undefined))
    const began = performance.now()
    const reminding = runBuilt(['oncall', 'escalate', '--json'], here, env)
    await until(() => receiver.calls.length === 1)
    await open('Shop down', 'P0')
    const paged = slack.posts.length
    const {stdout, exitCode} = await runBuilt(['oncall', 'escalate', '--json'], here, env)
    expect((JSON.parse(stdout) as {data: object}).data).toMatchObject({isBusy: false, incidents: [{}, {}, {}, {}, {}]})
    expect([exitCode, slack.posts.length - paged, receiver.calls.length]).toEqual([0, 1, 1])
    expect((await reminding).exitCode).toBe(9)
    expect(performance.now() - began).toBeLessThan(60_000)
    expect(receiver.calls.length).toBeLessThan(4)
  })
})

describe('a reminder that cannot be made', () => {
  it('by a rota that cannot be read silences no daily check, and is made all the same', async () => {
    await open('API 1', 'P1')
    await wait(1100)
    configure('oncall.yml')
    writeFileSync(join(here, 'oncall.yml'), 'people: [\n')
    const {stdout, stderr, exitCode} = await runBuilt(['check', 'daily', '--notify'], here, env)
    expect([exitCode, stdout]).toEqual([3, expect.stringMatching(/\? +on call/)])
    expect(stderr).not.toContain('reminded of')
    expect([slack.posts.length, receiver.calls.length]).toEqual([1, 1])
  })

  it('because the store is another file hides no report of what was paged', async () => {
    await open('API 1', 'P1')
    await wait(1100)
    writeFileSync(join(here, '.faci', 'oncall'), '')
    const {stdout, stderr, exitCode} = await runBuilt(['check', 'daily', '--notify'], here, env)
    expect([exitCode, stdout]).toEqual([3, expect.stringMatching(/API 1: an update was due/)])
    expect([stderr, slack.posts.length]).toEqual([expect.stringMatching(/could be reminded of: /), 1])
  })
})

it('a route by which stakeholders would be reminded is refused, for nobody would be', async () => {
  const email = `email: {smtp: 'env:SMTP', from: faci@example.com, to: [ops@example.com], lists: {stakeholders: [ceo@example.com]}}`
  writeFileSync(
    join(here, 'faci.yml'),
    `service: shop\ncompose: {file: c.yml}\nnotices: {${email}, routes: {P0: {due: ['email:stakeholders']}}}\noncall: ${ROTA}\n`,
  )
  const {exitCode, stderr} = await runHosted(['oncall', 'escalate'], here, {...env, SMTP: 'smtp://127.0.0.1:1'})
  expect([exitCode, stderr]).toEqual([6, expect.stringMatching(/sends `due` to email:stakeholders, but stakeholders/)])
})
