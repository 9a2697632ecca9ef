import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Webhook} from 'standardwebhooks'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'
import {type ReceiverServer, receiverServer} from '../support/servers/receiver.js'

const here = mkdtempSync(join(tmpdir(), 'faci-built-webhook-'))
const KEY = Buffer.from('a key of thirty-two bytes, as is').toString('base64')
let receiver: ReceiverServer

beforeAll(async () => {
  receiver = await receiverServer()
  const webhook = `{url: 'env:HOOK', secret: 'env:KEY'}`
  writeFileSync(join(here, 'faci.yml'), `service: shop\ncompose: {file: c.yml}\nnotices:\n  webhook: ${webhook}\n`)
})

afterAll(async () => {
  rmSync(here, {recursive: true, force: true})
  await receiver.close()
})

describe('the built faci', () => {
  it('calls a webhook, which knows a notice that was sent twice by its id, and is told no secret', async () => {
    const env = {HOOK: receiver.url, KEY: `whsec_${KEY}`}
    receiver.answerNext((response) => response.writeHead(500).end())
    const message = `calls ${receiver.url} with whsec_${KEY}`
    const first = await runBuilt(['notify', '--title', 'Hi', '--message', message], here, env)
    expect([first.exitCode, first.stdout]).toEqual([
      9,
      expect.stringMatching(/waits for webhook: .* answered HTTP 500/),
    ])
    expect((await runBuilt(['notify', 'flush', '--now'], here, env)).exitCode).toBe(0)
    const [one, two] = receiver.calls
    expect([two?.body, two?.headers['webhook-id']]).toEqual([one?.body, one?.headers['webhook-id']])
    expect(() => new Webhook(KEY).verify(two?.body ?? '', two?.headers ?? {})).not.toThrow()
    expect(two?.body).not.toMatch(/k3y-in-the-path|whsec_YSBr/)
  })
})
