// A notice that waited is said to have come once it has: the timeline shows what became of it.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Outcome} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {type Answer, type ReceiverServer, receiverServer} from '../support/servers/receiver.js'

let here: string
let receiver: ReceiverServer
beforeEach(async () => {
  here = mkdtempSync(join(tmpdir(), 'faci-delivered-later-'))
  receiver = await receiverServer()
  const notices = `notices: {webhook: {url: 'env:HOOK', secret: 'env:KEY'}}`
  const rota = 'oncall: {people: [{name: Ana}], rotation: weekly, escalation: [{notify: current}]}'
  writeFileSync(join(here, 'faci.yml'), `service: shop\ncompose: {file: c.yml}\n${notices}\n${rota}\n`)
})
afterEach(async () => {
  rmSync(here, {recursive: true, force: true})
  await receiver.close()
})

const KEY = `whsec_${Buffer.from('a key of thirty-two bytes, as is').toString('base64')}`
const faci = (...argv: readonly string[]): Promise<Outcome> => runHosted(argv, here, {HOOK: receiver.url, KEY})
const down: Answer = (response) => response.writeHead(503).end()

interface Shown {
  readonly data: {readonly timeline: readonly {readonly kind: string; readonly text: string}[]}
}

async function notices(): Promise<readonly string[]> {
  const {stdout} = await faci('incident', 'show', '1', '--json')
  const {timeline} = (JSON.parse(stdout) as Shown).data
  const kinds = ['incident.announced', 'incident.escalated']
  return timeline.filter(({kind}) => kinds.includes(kind)).map(({text}) => text)
}

describe('what a timeline says of a notice', () => {
  it('is that it waits, and once it has come that it was delivered later', async () => {
    receiver.answerNext(down, down)
    const opened = await faci('incident', 'open', '--title', 'API down', '--severity', 'P0')
    expect([opened.exitCode, receiver.calls.length]).toEqual([9, 1])
    const escalated = await faci('oncall', 'escalate')
    expect(escalated.exitCode).toBe(9)
    expect(escalated.stdout).toMatch(/step 1: tried to page Ana \(webhook pending: .+\)/)
    expect(await notices()).toEqual([
      'Notice (opened): webhook not delivered yet',
      'Escalation step 1: paged Ana (webhook not delivered yet)',
    ])
    expect((await faci('notify', 'flush', '--now')).exitCode).toBe(0)
    const after = ['Notice (opened): webhook delivered later', 'Escalation step 1: paged Ana (webhook delivered later)']
    expect(await notices()).toEqual(after)
    const {stdout} = await faci('incident', 'timeline')
    expect(after.map((text) => stdout.includes(text))).toEqual([true, true])
  })

  it('is that somebody gave it up, and that nobody knows once there is no record of it', async () => {
    receiver.answerNext(down, down)
    await faci('incident', 'open', '--title', 'API down', '--severity', 'P0')
    const {stdout} = await faci('notify', 'flush', '--now', '--json')
    const [waiting] = (JSON.parse(stdout) as {data: {waiting: readonly {id: string}[]}}).data.waiting
    expect((await faci('notify', 'drop', waiting?.id ?? '')).exitCode).toBe(0)
    expect(await notices()).toEqual(['Notice (opened): webhook given up'])
    await rm(join(here, '.faci', 'outbox'), {recursive: true})
    expect(await notices()).toEqual(['Notice (opened): webhook not known whether it was delivered'])
  })
})
