import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runHosted} from '../support/hosted-faci.js'
import {type ReceiverServer, receiverServer} from '../support/servers/receiver.js'

const here = mkdtempSync(join(tmpdir(), 'faci-hold-'))
const KEY = `whsec_${Buffer.from('a key of thirty-two bytes, as is').toString('base64')}`
const HOUR = 3_600_000
let receiver: ReceiverServer

beforeAll(async () => {
  receiver = await receiverServer()
})

afterAll(async () => {
  rmSync(here, {recursive: true, force: true})
  await receiver.close()
})

const clock = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString().slice(11, 16)

function service(name: string, more: string): string {
  const directory = join(here, name)
  mkdirSync(directory)
  const notices = `  webhook: {url: 'env:HOOK', secret: 'env:KEY'}\n  ${more}\n`
  writeFileSync(join(directory, 'faci.yml'), `service: shop\ncompose: {file: c.yml}\nnotices:\n${notices}`)
  return directory
}

const faci = (directory: string, ...argv: string[]): ReturnType<typeof runHosted> =>
  runHosted(argv, directory, {HOOK: receiver.url, KEY})

/** As if what is held had waited long enough. */
function letTimePass(directory: string): void {
  const outbox = join(directory, '.faci', 'outbox')
  for (const name of readdirSync(outbox).filter((one) => one.endsWith('.json'))) {
    const text = readFileSync(join(outbox, name), 'utf8')
    writeFileSync(join(outbox, name), text.replace(/"until": "[^"]*"/, '"until": "2026-01-01T00:00:00.000Z"'))
  }
}

const bodies = (): readonly {readonly title: string; readonly body: string}[] =>
  receiver.calls.map(({body}) => JSON.parse(body) as {title: string; body: string})

describe('quiet hours', () => {
  it('hold P2 back without a failure, send what became P1, and end with one notice of what is over', async () => {
    const directory = service('quiet', `quiet: {hours: ['${clock(-1)}', '${clock(1)}']}`)
    const opened = await faci(directory, 'incident', 'open', '--title', 'Slow', '--severity', 'P2')
    expect([opened.exitCode, opened.stdout]).toEqual([
      0,
      expect.stringMatching(/Slow for webhook: held until .* \(quiet hours\)/),
    ])
    expect((await faci(directory, 'incident', 'resolve', 'last')).exitCode).toBe(0)
    await faci(directory, 'incident', 'open', '--title', 'Slower', '--severity', 'P2')
    const early = await faci(directory, 'notify', 'flush')
    expect([early.exitCode, early.stdout.match(/held until/g)]).toEqual([0, expect.objectContaining({length: 3})])
    expect((await faci(directory, 'status')).stdout).toMatch(/3 notices held until/)
    expect(receiver.calls).toEqual([])
    await faci(directory, 'incident', 'update', 'last', '--severity', 'P1', '--message', 'worse')
    expect(bodies().map(({title}) => title)).toEqual(['INC-2 Slower', 'INC-2 Slower'])
    letTimePass(directory)
    expect(await faci(directory, 'notify', 'flush')).toMatchObject({
      exitCode: 0,
      stdout: '✔ INC-1 Slow delivered to webhook\n',
    })
    expect(bodies()[2]?.body).toMatch(
      /2 notices were held back during quiet hours:.*In progress: INC-1 Slow\n.*Resolved: INC-1 Slow/s,
    )
    expect((await faci(directory, 'notify', 'flush')).stdout).toBe('✔ Nothing to deliver\n')
  })
})

describe('a limit', () => {
  it('sends what is beyond it as one notice', async () => {
    const directory = service('limit', 'limit: {P2: 1/1h}')
    const before = receiver.calls.length
    for (const title of ['A', 'B', 'C']) await faci(directory, 'incident', 'open', '--title', title, '--severity', 'P2')
    expect(receiver.calls).toHaveLength(before + 1)
    letTimePass(directory)
    await faci(directory, 'notify', 'flush')
    expect(bodies().slice(before + 1)).toMatchObject([
      {title: 'And 2 more notices', body: expect.stringContaining('INC-3 C') as unknown},
    ])
  })
})
