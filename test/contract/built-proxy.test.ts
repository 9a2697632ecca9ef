import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {type MailServer, mailServer} from '../support/servers/mail.js'
import {pagerDutyServer, type PagerDutyServer} from '../support/servers/pagerduty.js'
import {exampleCertificate, PROXY_PASSWORD, proxyServer, type ProxyServer, tlsFront} from '../support/servers/proxy.js'
import {receiverServer, type ReceiverServer} from '../support/servers/receiver.js'
import {SLACK_TOKEN, slackServer, type SlackServer} from '../support/servers/slack.js'

const here = mkdtempSync(join(tmpdir(), 'faci-proxy-'))
const KEY = `whsec_${Buffer.from('a key of thirty-two bytes, as is').toString('base64')}`
let receiver: ReceiverServer
let slack: SlackServer
let pagerduty: PagerDutyServer
let mail: MailServer
let proxy: ProxyServer
const fronts: {readonly close: () => void}[] = []

beforeAll(async () => {
  ;[receiver, slack, pagerduty, mail] = await Promise.all([
    receiverServer(),
    slackServer(),
    pagerDutyServer(),
    mailServer({secure: false, hideSTARTTLS: true}),
  ])
  const certificate = exampleCertificate()
  writeFileSync(join(here, 'ca.pem'), certificate.cert)
  const front = async (url: string): Promise<number> => {
    const made = await tlsFront(Number(new URL(url).port), certificate)
    fronts.push(made)
    return made.port
  }
  proxy = await proxyServer({
    'hooks.example.test:443': await front(receiver.url),
    'slack.example.test:443': await front(slack.apiUrl),
    'pager.example.test:443': await front(pagerduty.apiUrl),
    'pager.example.test:80': Number(new URL(pagerduty.apiUrl).port),
    'mail.example.test:25': mail.port,
  })
})

afterAll(async () => {
  rmSync(here, {recursive: true, force: true})
  for (const front of fronts) front.close()
  await Promise.all([receiver, slack, pagerduty, mail, proxy].map((one) => one.close()))
})

const OUTSIDE = (url: string, host: string): string => `https://${host}${new URL(url).pathname}`

const CHANNELS: Readonly<Record<string, () => string>> = {
  webhook: () => `webhook: {url: 'env:HOOK', secret: 'env:KEY'}`,
  slack: () =>
    `slack: {token: 'env:TOKEN', channel: '#ops-incidents', apiUrl: '${OUTSIDE(slack.apiUrl, 'slack.example.test')}'}`,
  'slack webhook': () => `slack: {webhook: 'env:SLACK_HOOK'}`,
  pagerduty: () => `pagerduty: {routingKey: 'env:ROUTING', apiUrl: 'https://pager.example.test'}`,
  'pagerduty without TLS': () => `pagerduty: {routingKey: 'env:ROUTING', apiUrl: 'http://pager.example.test'}`,
  email: () => `email: {smtp: 'env:SMTP', from: ops@x.test, to: [ana@x.test]}`,
}

let count = 0
/** `run`: where nothing has to be believed that Node does not know, the host of other commands will do. */
function notify(
  channel: string,
  environment: Record<string, string>,
  run: typeof runBuilt | typeof runHosted = runHosted,
): ReturnType<typeof runBuilt> {
  count += 1
  const directory = join(here, `service-${String(count)}`)
  mkdirSync(directory)
  const text = `service: shop\ncompose: {file: c.yml}\nnotices:\n  ${CHANNELS[channel]?.() ?? ''}\n`
  writeFileSync(join(directory, 'faci.yml'), text)
  return run(['notify', '--title', 'Hi', '--message', `the proxy has ${PROXY_PASSWORD}`], directory, {
    ...{HOOK: 'https://hooks.example.test/faci', KEY, TOKEN: SLACK_TOKEN, ROUTING: pagerduty.routingKey},
    ...{SLACK_HOOK: OUTSIDE(slack.webhookUrl, 'slack.example.test'), SMTP: 'smtp://mail.example.test:25?tls=never'},
    NODE_EXTRA_CA_CERTS: join(here, 'ca.pem'),
    ...environment,
  })
}

describe('behind a proxy', () => {
  it.each([
    ['webhook', 'HTTPS_PROXY', 'hooks.example.test:443'],
    ['slack', 'https_proxy', 'slack.example.test:443'],
    ['slack webhook', 'HTTPS_PROXY', 'slack.example.test:443'],
    ['pagerduty', 'ALL_PROXY', 'pager.example.test:443'],
    ['pagerduty without TLS', 'HTTP_PROXY', 'pager.example.test:80'],
    ['email', 'ALL_PROXY', 'mail.example.test:25'],
  ])('%s is reached by %s, with a private authority', async (channel, variable, target) => {
    const before = proxy.targets.length
    const {stdout, stderr, exitCode} = await notify(channel, {[variable]: proxy.url}, runBuilt)
    expect({exitCode, stderr, stdout}).toMatchObject({exitCode: 0, stderr: ''})
    expect(stdout).toMatch(/^✔ Hi (delivered to|queued by)/)
    expect(proxy.targets.slice(before).every((one) => one === target)).toBe(true)
    expect(proxy.targets.length).toBeGreaterThan(before)
  })

  it('sends the password of the proxy to nobody else', () => {
    expect(receiver.calls.at(-1)?.body).toContain('the proxy has ')
    const sent = JSON.stringify([receiver.calls, slack.posts, mail.mails.map(({raw}) => raw)])
    expect(sent).not.toContain(PROXY_PASSWORD)
    expect(sent.toLowerCase()).not.toContain('proxy-authorization')
  })

  it.each(Object.keys(CHANNELS))('%s that the proxy refuses is said to be refused by it', async (channel) => {
    const {stdout, stderr, exitCode} = await notify(channel, {ALL_PROXY: proxy.bareUrl})
    expect([exitCode, stderr]).toEqual([9, ''])
    expect(stdout).toMatch(
      /the proxy http:\/\/127\.0\.0\.1:\d+ refused to connect to .* \(407\): check user and password/,
    )
  })

  it.each([
    [
      'a host that it cannot reach',
      502,
      /the proxy http:\S+ refused to connect to hooks\.example\.test \(502\)/,
      'webhook',
    ],
    ['a proxy that hangs up', 'dies', /the proxy http:\S+ can't be reached \(ECONNRESET\)/, 'webhook'],
    ['one that dies in the middle', 'dies later', /hooks\.example\.test can't be reached \(ECONNRESET\)/, 'webhook'],
    ['one that never answers', 'silent', /the proxy http:\S+ did not answer in time/, 'email'],
  ] as const)('tells %s', async (_, trouble, said, channel) => {
    proxy.troubleNext(trouble)
    const {stdout, exitCode} = await notify(channel, {ALL_PROXY: proxy.url})
    expect([exitCode, stdout]).toEqual([9, expect.stringMatching(said)])
    expect(stdout).not.toContain('p4ss')
  })

  it('says that nothing listens at the address of the proxy, and that it is none', async () => {
    const away = await notify('webhook', {HTTPS_PROXY: 'http://127.0.0.1:2'})
    expect([away.exitCode, away.stdout]).toEqual([
      9,
      expect.stringMatching(/proxy http:\S+:2 can't be reached \(ECONNREFUSED\)/),
    ])
    const socks = await notify('pagerduty', {HTTPS_PROXY: 'socks5://127.0.0.1:2'})
    expect([socks.exitCode, socks.stdout]).toEqual([9, expect.stringContaining('HTTPS_PROXY is no address of a proxy')])
  })

  it('reaches what is on this host, and what NO_PROXY names, directly', async () => {
    const before = proxy.targets.length
    const local = await notify('webhook', {HOOK: receiver.url, HTTP_PROXY: proxy.url, ALL_PROXY: proxy.url})
    expect(local.exitCode).toBe(0)
    const direct = await notify('webhook', {HTTPS_PROXY: proxy.url, NO_PROXY: 'example.test'})
    expect(direct.stdout).toMatch(/hooks\.example\.test can't be reached \((ENOTFOUND|EAI_AGAIN)\)/)
    expect(proxy.targets).toHaveLength(before)
  })
})
