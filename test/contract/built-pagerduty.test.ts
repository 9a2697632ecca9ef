// What PagerDuty gets from the built faci: one page a matter, which says what it is about, and no test that pages on.
import {appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {type PagerDutyServer, pagerDutyServer} from '../support/servers/pagerduty.js'
import {type ReceiverServer, receiverServer} from '../support/servers/receiver.js'

let pager: PagerDutyServer
let receiver: ReceiverServer
let here: string

const env = () => ({
  ...{KEY: pager.routingKey, HOOK: receiver.url},
  SECRET: 'whsec_YSBrZXkgb2YgdGhpcnR5LXR3byBieXRlcywgYXMgaXM=',
})
const faci = (...argv: readonly string[]) => runHosted(argv, here, env())

function configure(locale: string): void {
  writeFileSync(
    join(here, 'faci.yml'),
    `service: shop
locale: ${locale}
compose: {file: c.yml}
notices:
  pagerduty: {routingKey: 'env:KEY', apiUrl: '${pager.apiUrl}'}
  webhook: {url: 'env:HOOK', secret: 'env:SECRET'}
  routes: {P0: {other: [pagerduty, webhook]}, P1: {other: [pagerduty, webhook]}}
`,
  )
}

beforeEach(async () => {
  ;[pager, receiver] = await Promise.all([pagerDutyServer(), receiverServer()])
  here = mkdtempSync(join(tmpdir(), 'faci-pagerduty-'))
  configure('en')
})
afterEach(async () => {
  rmSync(here, {recursive: true, force: true})
  await Promise.all([pager.close(), receiver.close()])
})

describe('notify test', () => {
  it('resolves the alert that it opens, and says so', async () => {
    const {stdout, exitCode} = await faci('notify', 'test', '--channel', 'pagerduty')
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/took the test notice[^]*resolved right after/)])
    expect(pager.pages).toMatchObject([{state: 'resolved', triggers: 1}])
  })

  it('says what is still open where the end could not be sent', async () => {
    pager.trouble({kind: 'taken', then: {kind: 'status', status: 202}}, {kind: 'status', status: 500})
    const {stdout, exitCode} = await faci('notify', 'test', '--channel', 'pagerduty')
    expect([exitCode, stdout]).toEqual([
      4,
      expect.stringMatching(/may still be open in pagerduty: PagerDuty answered HTTP 500 → resolve it there/),
    ])
    expect(pager.pages).toMatchObject([{state: 'triggered'}])
  })

  it('closes what may have arrived although nothing was answered', async () => {
    pager.trouble({kind: 'taken', then: {kind: 'reset'}})
    const {stdout, exitCode} = await faci('notify', 'test', '--channel', 'pagerduty', '--json')
    expect(exitCode).toBe(4)
    expect((JSON.parse(stdout) as {data: object}).data).toMatchObject({
      ...{state: 'failed', closing: {state: 'delivered', reason: null}},
    })
    expect(pager.pages).toMatchObject([{state: 'resolved'}])
  })

  it('closes nothing in a channel that keeps nothing open', async () => {
    const {stdout} = await faci('notify', 'test', '--channel', 'webhook', '--json')
    expect((JSON.parse(stdout) as {data: object}).data).toMatchObject({state: 'delivered', closing: null})
    expect(receiver.calls).toHaveLength(1)
  })
})

it('the summary of a page has the handle of its incident once', async () => {
  await faci('incident', 'open', '--title', 'API down', '--severity', 'P0')
  await faci('incident', 'open', '--title', 'API slow', '--severity', 'P0', '--new')
  const summaries = pager.requests.map(({payload}) => (payload as {summary: string} | undefined)?.summary)
  expect(summaries).toEqual(['INC-1 API down', 'INC-2 API slow'])
})

describe.each([
  {locale: 'en', says: 'It was merged into INC-1 \\*\\*API\\*\\* down. Follow it there.'},
  {locale: 'pt-BR', says: 'Foi incorporado a INC-1 \\*\\*API\\*\\* down. Acompanhe por lá.'},
])('a merge in $locale', ({locale, says}) => {
  it('names the other incident, whose title is no markup', async () => {
    configure(locale)
    await faci('incident', 'open', '--title', '**API** down', '--severity', 'P0')
    await faci('incident', 'open', '--title', 'queue stuck', '--severity', 'P1', '--new')
    await faci('incident', 'merge', 'INC-2', 'INC-1')
    const last = JSON.parse(receiver.calls.at(-1)?.body ?? '') as object
    expect(JSON.stringify(last)).toContain(JSON.stringify(says).slice(1, -1))
    expect(pager.pages.map(({state}) => state)).toEqual(['triggered', 'resolved'])
  })
})

describe('oncall test', () => {
  const rota = 'oncall: {people: [{name: Ana}, {name: Bia}], rotation: weekly, escalation: [{notify: everyone}]}\n'

  it('tells each step on stderr while it waits, and stdout is the report', async () => {
    appendFileSync(join(here, 'faci.yml'), rota)
    const running = runBuilt(['oncall', 'test', '--wait', '60s'], here, env())
    let id = ''
    const tests = join(here, '.faci', 'oncall', 'tests')
    for (let tries = 0; tries < 500 && id === ''; tries += 1) {
      await wait(20)
      id = existsSync(tests) ? (readdirSync(tests)[0] ?? '') : ''
    }
    for (const person of ['Ana', 'Bia']) await faci('oncall', 'test', '--ack', id, '--person', person)
    const {stdout, stderr, exitCode} = await running
    expect(exitCode).toBe(0)
    const steps = [
      ...[`Test ${id}: paging Ana, Bia`, 'Ana: webhook delivered', 'Bia: pagerduty delivered', 'Waiting until '],
      ...[`faci oncall test --ack ${id}`, '✔ Ana acknowledged after ', 'waiting for Bia', 'that is everybody'],
      'End of the test: pagerduty delivered',
    ]
    for (const step of steps) expect(stderr).toContain(step)
    expect(stdout).not.toContain('Waiting until')
    expect(pager.pages).toMatchObject([{state: 'resolved'}])
  })

  it('is one document with --json', async () => {
    appendFileSync(join(here, 'faci.yml'), rota)
    const {stdout, stderr, exitCode} = await faci('oncall', 'test', '--wait', '1s', '--json')
    expect([exitCode, stderr]).toEqual([3, ''])
    const {data} = JSON.parse(stdout) as {data: object}
    expect(data).toMatchObject({closings: [{channel: 'pagerduty', status: 'delivered'}]})
  })
})

describe('a page whose beginning was refused', () => {
  const REFUSED = {kind: 'status', status: 400, body: '{"status":"invalid event","errors":["x"]}'} as const

  it('is not ended before it begins: what follows waits for it, and PagerDuty hears both in order', async () => {
    pager.trouble(REFUSED, REFUSED)
    const opened = await faci('incident', 'open', '--title', 'API down', '--severity', 'P0')
    expect([opened.exitCode, opened.stdout]).toEqual([9, expect.stringContaining('rejected by pagerduty')])
    const resolved = await faci('incident', 'resolve')
    expect(resolved.stdout).toMatch(/waits for pagerduty: an earlier notice of the same thread has to arrive first/)
    expect([resolved.exitCode, pager.pages, pager.dropped]).toEqual([9, [], []])
    expect((await faci('notify', 'flush')).exitCode).toBe(0)
    expect([pager.pages, pager.dropped]).toMatchObject([[{state: 'resolved', triggers: 1}], []])
  })

  it('is not ended before it begins when the incident was reopened either', async () => {
    await faci('incident', 'open', '--title', 'API down', '--severity', 'P0')
    await faci('incident', 'resolve')
    pager.trouble(REFUSED, REFUSED)
    expect((await faci('incident', 'reopen', 'last')).exitCode).toBe(9)
    const resolved = await faci('incident', 'resolve')
    expect([resolved.exitCode, pager.pages, pager.dropped]).toMatchObject([9, [{state: 'resolved'}], []])
    expect((await faci('notify', 'flush')).exitCode).toBe(0)
    const both = [
      {state: 'resolved', triggers: 1},
      {state: 'resolved', triggers: 1},
    ]
    expect([pager.pages, pager.dropped]).toMatchObject([both, []])
  })

  it('is begun with what follows, where it is taken by then', async () => {
    pager.trouble(REFUSED)
    await faci('incident', 'open', '--title', 'API down', '--severity', 'P0')
    const {exitCode, stdout} = await faci('incident', 'ack')
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('queued by PagerDuty')])
    expect([pager.pages, pager.dropped]).toMatchObject([[{state: 'acknowledged', triggers: 1}], []])
    expect((await faci('notify', 'flush')).stdout).toContain('Nothing to deliver')
  })

  it('holds up nobody who is to be paged: an escalation pages all the same', async () => {
    appendFileSync(
      join(here, 'faci.yml'),
      'oncall: {people: [{name: Ana}], rotation: weekly, escalation: [{notify: current, within: 1m}, {notify: everyone}]}\n',
    )
    pager.trouble(REFUSED, REFUSED)
    await faci('incident', 'open', '--title', 'API down', '--severity', 'P0', '--detected-at', '10m ago')
    await faci('oncall', 'escalate')
    expect(pager.pages).toMatchObject([{state: 'triggered'}])
  })

  it('holds up no end of a page that is there: a refused acknowledgement stays behind', async () => {
    await faci('incident', 'open', '--title', 'API down', '--severity', 'P0')
    pager.trouble(REFUSED)
    expect((await faci('incident', 'ack')).exitCode).toBe(9)
    expect((await faci('incident', 'resolve')).stdout).toContain('queued by PagerDuty')
    expect(pager.pages).toMatchObject([{state: 'resolved'}])
  })
})
