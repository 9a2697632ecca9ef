import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
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
