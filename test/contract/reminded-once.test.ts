// A reminder that an update is overdue, of the two commands that cron calls, whose minutes may be the same.
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
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
  return bodies.filter((body) => JSON.stringify(body).includes('An update was due by'))
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
  await wait(1100)
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
    expect(escalated.stdout).toMatch(/update overdue since .*tried to remind .*\(webhook pending: .*503/)
  })

  it('that nobody got is said by the check, whose worse news decide the exit code', async () => {
    receiver.answerNext(down)
    const {exitCode, stdout} = await faci(...CHECK)
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/update overdue since .*tried to remind .*\(webhook pending: .*503.*faci notify flush --now/)
  })

  it('is the only post that speaks of it, which the check says was delivered, also on the next day', async () => {
    const mentions = () => receiver.calls.filter(({body}) => body.includes('INC-1')).length
    const {exitCode, stdout} = await faci(...CHECK)
    expect([exitCode, stdout]).toEqual([
      3,
      expect.stringMatching(/update overdue since .*, reminded .*\(webhook delivered\)/),
    ])
    expect([reminders().length, mentions()]).toEqual([1, 1])
    const again = await faci(...CHECK)
    expect([again.exitCode, mentions()]).toEqual([3, 1])
    expect(again.stdout).toContain('an update was due')
    expect(again.stdout).not.toContain(', reminded')
  })

  it('leaves what else is wrong to the notice of the check, which does not repeat it', async () => {
    writeFileSync(
      join(here, 'faci.yml'),
      `${readFileSync(join(here, 'faci.yml'), 'utf8')}health: {api: {url: 'http://127.0.0.1:1/health'}}\n`,
    )
    await faci(...CHECK)
    expect([reminders().length, receiver.calls.length]).toEqual([1, 2])
    const posted = receiver.calls.map(({body}) => body).find((body) => body.includes('Daily check'))
    expect(posted).toContain('api')
    expect(posted).not.toContain('INC-1')
  })

  it('that is routed nowhere is in the notice of the check', async () => {
    const config = readFileSync(join(here, 'faci.yml'), 'utf8')
    writeFileSync(join(here, 'faci.yml'), config.replace('notices: {', 'notices: {routes: {P0: {due: []}}, '))
    const {stdout} = await faci(...CHECK)
    expect(stdout).toContain('told webhook')
    expect([reminders().length, receiver.calls.length]).toEqual([0, 1])
    expect(receiver.calls[0]?.body).toContain('INC-1 API down: an update was due')
  })

  it('is foreseen by a dry run, which writes and sends nothing', async () => {
    const {stdout, exitCode} = await faci(...ESCALATE, '--dry-run')
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(
        /INC-1 .*update overdue since .*, would remind \S+ \(webhook\)[^]*nobody was paged or reminded/,
      ),
    ])
    expect([receiver.calls.length, existsSync(join(here, '.faci', 'oncall', 'reminders'))]).toEqual([0, false])
    const {data} = JSON.parse((await faci(...ESCALATE, '--dry-run', '--json')).stdout) as {data: object}
    expect(data).toMatchObject({foreseen: [{handle: 'INC-1', channels: ['webhook']}], isReminding: false})
    await faci(...ESCALATE)
    expect((await faci(...ESCALATE, '--dry-run')).stdout).not.toContain('would remind')
  })

  it('waits while another process has the right to remind, and both a dry run and a call say so', async () => {
    receiver.answerNext(() => undefined)
    const holder = runBuilt(ESCALATE, here, env())
    for (let tries = 0; tries < 500 && receiver.calls.length === 0; tries += 1) await wait(20)
    const dry = await faci(...ESCALATE, '--dry-run')
    expect(dry.stdout).toMatch(/would remind .*[^]*Another process is reminding people right now: these reminders wait/)
    const busy = await faci(...ESCALATE)
    expect([busy.exitCode, busy.stdout]).toEqual([0, expect.stringContaining('Another process is reminding people')])
    expect((await holder).exitCode).toBe(9)
    receiver.answerNext(down, down)
    expect((await faci(...ESCALATE)).exitCode).toBe(9)
  }, 40_000)
})
