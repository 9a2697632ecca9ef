// A reminder that an update is overdue, of the two commands that cron calls, whose minutes may be the same.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Webhook} from 'standardwebhooks'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {type Answer, type ReceiverServer, receiverServer} from '../support/servers/receiver.js'

const KEY = `whsec_${Buffer.from('a key of thirty-two bytes, as is').toString('base64')}`
const down: Answer = (response) => response.writeHead(503).end()
const CHECK = ['check', 'daily', '--notify']
const ESCALATE = ['oncall', 'escalate']

let here: string
let receiver: ReceiverServer
const env = (): Readonly<Record<string, string>> => ({HOOK: receiver.url, KEY})
const faci = (...argv: readonly string[]): Promise<Outcome> => runHosted(argv, here, env())

/** Calls are signed as they must be; one of anybody else throws. The daily check speaks of the update in another way. */
function reminders(): readonly unknown[] {
  const bodies = receiver.calls.map(({body, headers}) => new Webhook(KEY).verify(body, headers))
  return bodies.filter((body) => JSON.stringify(body).includes("faci incident update INC-1 --message '…'"))
}

beforeEach(async () => {
  here = mkdtempSync(join(tmpdir(), 'faci-reminded-once-'))
  receiver = await receiverServer()
  const notices = `notices: {webhook: {url: 'env:HOOK', secret: 'env:KEY'}}`
  const rota = 'oncall: {people: [{name: Ana}], rotation: weekly, escalation: [{notify: current}]}'
  const updates = 'incidents: {updates: {P0: 1s}}'
  writeFileSync(join(here, 'faci.yml'), `service: shop\ncompose: {file: c.yml}\n${notices}\n${rota}\n${updates}\n`)
  await faci('incident', 'open', '--title', 'API down', '--severity', 'P0', '--quiet')
  await faci('incident', 'ack', '--quiet')
  await new Promise((resolve) => setTimeout(resolve, 1100))
})
afterEach(async () => {
  rmSync(here, {recursive: true, force: true})
  await receiver.close()
})

describe('a reminder of an overdue update', () => {
  it('is delivered once by two processes of the two commands at once', async () => {
    const both = [ESCALATE, CHECK, ESCALATE, CHECK].map((argv) => runBuilt(argv, here, env()))
    for (const {stderr} of await Promise.all(both)) expect(stderr).not.toContain('not delivered')
    expect(reminders()).toHaveLength(1)
  })

  it('that nobody got is said by either command, with the reason', async () => {
    receiver.answerNext(down)
    const escalated = await faci(...ESCALATE)
    expect(escalated.exitCode).toBe(9)
    expect(escalated.stdout).toMatch(/update overdue since .*reminded .*\(webhook pending: .*503/)
  })

  it('that nobody got is said by the check, whose worse news decide the exit code', async () => {
    receiver.answerNext(down)
    const {exitCode, stderr} = await faci(...CHECK)
    expect(exitCode).toBe(3)
    expect(stderr).toMatch(
      /the reminder that an update of INC-1 is overdue is not delivered yet \(webhook pending: .*503/,
    )
  })
})
