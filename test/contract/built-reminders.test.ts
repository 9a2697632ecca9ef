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
  for (let tries = 0; tries < 500 && !holds(); tries += 1) await wait(10)
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
    expect(performance.now() - began).toBeLessThan(30_000)
    expect(receiver.calls.length).toBeLessThan(4)
  }, 60_000)
})
