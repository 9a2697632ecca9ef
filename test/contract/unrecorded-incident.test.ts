// An incident on a disk that cannot be written: people are told, and whoever typed knows what was not kept.
import {spawn} from 'node:child_process'
import {appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {plainEnvironment} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {onlyWithMounts} from '../support/only-as-root.js'
import {type PagerDutyServer, pagerDutyServer} from '../support/servers/pagerduty.js'
import {type ReceiverServer, receiverServer} from '../support/servers/receiver.js'

const canMount = onlyWithMounts('incidents on a full disk and a read-only one were')

const FACI = `${process.execPath} ${join(repositoryRoot, 'bin', 'run.js')}`
const FULL = 'mount -t tmpfs -o size=64k,mode=755 tmpfs .faci && cat /dev/zero > .faci/filling 2>/dev/null; '
const READ_ONLY = 'mount --bind .faci .faci && mount -o remount,ro,bind .faci && '

let pager: PagerDutyServer
let receiver: ReceiverServer
let here: string
let env: Readonly<Record<string, string>>

beforeEach(async () => {
  ;[pager, receiver] = await Promise.all([pagerDutyServer(), receiverServer()])
  here = mkdtempSync(join(tmpdir(), 'faci-unrecorded-'))
  mkdirSync(join(here, '.faci'))
  env = {KEY: pager.routingKey, HOOK: receiver.url, SECRET: 'whsec_YSBrZXkgb2YgdGhpcnR5LXR3byBieXRlcywgYXMgaXM='}
  writeFileSync(
    join(here, 'faci.yml'),
    `service: shop
compose: {file: c.yml}
notices:
  pagerduty: {routingKey: 'env:KEY', apiUrl: '${pager.apiUrl}'}
  webhook: {url: 'env:HOOK', secret: 'env:SECRET'}
  routes: {P0: {opened: [pagerduty, webhook]}}
`,
  )
})
afterEach(async () => {
  rmSync(here, {recursive: true, force: true})
  await Promise.all([pager.close(), receiver.close()])
})

async function mounted(disk: string, command: string) {
  const child = spawn('unshare', ['-m', 'sh', '-c', `${disk}${command}`], {
    ...{cwd: here, stdio: ['ignore', 'pipe', 'pipe'] as const},
    env: {...plainEnvironment(here, env), FACI, NO_COLOR: '1'},
  })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return {stdout, stderr, exitCode: await exit}
}

const OPEN = `$FACI incident open --title "checkout's down" --severity P0 --service api`

describe.runIf(canMount)('an incident that cannot be recorded', () => {
  it.each([
    {disk: 'full', how: FULL, why: /ENOSPC/},
    {disk: 'read-only', how: READ_ONLY, why: /EROFS/},
  ])('on a $disk disk is told all the same, exit 4, with what to type', async ({how, why}) => {
    const {stdout, stderr, exitCode} = await mounted(how, OPEN)
    expect([exitCode, stdout]).toEqual([4, ''])
    expect(stderr).toMatch(why)
    expect(stderr).toContain('No incident was recorded; people were told all the same: pagerduty, webhook')
    expect(stderr).toContain('key is not kept: acknowledge and resolve it in PagerDuty')
    expect(stderr).toMatch(/df -h /)
    expect(stderr).toMatch(
      /faci incident open --title 'checkout'\\''s down' --severity P0 --service api --detected-at 20[^ ]+Z --quiet\n/,
    )
    expect(pager.pages).toMatchObject([{state: 'triggered', triggers: 1, severity: 'critical'}])
    expect(receiver.calls).toHaveLength(1)
    expect(JSON.parse(receiver.calls[0]?.body ?? '')).toMatchObject({
      ...{title: "checkout's down", incident: null, state: 'started'},
      body: expect.stringContaining('No incident could be recorded') as string,
    })
  })

  it('says who was not told, and tells nobody who is not to be told', async () => {
    receiver.answerNext((response) => response.writeHead(503).end())
    const {stderr, exitCode} = await mounted(FULL, OPEN)
    expect([exitCode, stderr]).toEqual([
      4,
      expect.stringMatching(/told all the same: pagerduty\n[^]*nothing retries it: webhook/),
    ])
    const quiet = await mounted(FULL, `${OPEN} --quiet --json`)
    expect([quiet.exitCode, pager.pages.length, receiver.calls.length]).toEqual([4, 1, 1])
    expect(quiet.stdout).not.toContain('told all the same')
  })
})

const COPIED_FULL =
  'cp -r .faci kept && mount -t tmpfs -o size=512k,mode=755 tmpfs .faci && cp -r kept/. .faci && cat /dev/zero > .faci/filling 2>/dev/null; '

describe.runIf(canMount)('what is typed for an incident that is there', () => {
  const TYPED = [
    'ack',
    `note "it's DNS" --at '2026-01-02 03:04 UTC'`,
    "note 'seen' --incident INC-1",
    "update INC-1 --impact 'slow' --detected-at=2026-01-02",
    'mitigate',
  ]
  const LATER = [
    /: faci incident ack INC-1 --at 20[^ ]+Z\n/,
    /: faci incident note --incident INC-1 'it'\\''s DNS' --at 2026-01-02T03:04:00\.000Z\n/,
    /: faci incident note --at 20[^ ]+Z seen --incident INC-1\n/,
    /: faci incident update INC-1 --impact slow --detected-at=2026-01-02T00:00:00\.000Z\n/,
    /: faci incident mitigate INC-1 --at 20[^ ]+Z\n/,
  ]
  it.each([
    {disk: 'full', how: COPIED_FULL},
    {disk: 'read-only', how: READ_ONLY},
  ])('says on a $disk disk that it was not kept, and what to type once it can be', async ({how}) => {
    await runHosted(['incident', 'open', '--title', 'API down', '--severity', 'P0', '--quiet'], here, env)
    const {stderr} = await mounted(how, TYPED.map((typed) => `$FACI incident ${typed}`).join('; '))
    expect(stderr.match(/This was not recorded in INC-1, and nobody was told of it/g), stderr).toHaveLength(5)
    for (const later of LATER) expect(stderr).toMatch(later)
  })
})

describe.runIf(canMount)('whatever else enters something', () => {
  const TYPED = {
    "incident actions INC-1 --add 'alert on disk' --due 2099-01-02 --owner ANA":
      /✖ Can't use the store[^]* This was not recorded in INC-1\n[^]*: faci incident actions INC-1 --add 'alert on disk' --due 2099-01-02T23:59:59\.000Z --owner ANA\n/,
    'incident merge INC-2 INC-1 --quiet':
      /They were not merged, and nobody was told\n[^]*: faci incident merge INC-2 INC-1 --quiet\n/,
    'incident handover --to bia':
      /INC-2 was not handed over, and nobody was told\n[^]*: faci incident handover --to bia\n/,
    "incident open --title 'Search is slow' --started-at '2026-01-02 03:04' --quiet":
      /No incident was recorded, and nobody was told\n[^]*: faci incident open --title 'Search is slow' --severity P1 --started-at 2026-01-02T03:04:00\.000Z --detected-at 20[^ ]+Z --quiet\n/,
    'oncall take --for 2h --person bia --yes':
      /Nothing was written: the rota is as before\n[^]*: faci oncall take --person Bia --for 2h\n/,
    'oncall swap ana bia --yes': /Nothing was written: the rota is as before\n[^]*: faci oncall swap Ana Bia\n/,
  }
  it.each([
    {disk: 'full', how: COPIED_FULL},
    {disk: 'read-only', how: READ_ONLY},
  ])('says on a $disk disk what was not done, and what to type later', async ({how}) => {
    const rota = 'oncall: {people: [{name: Ana}, {name: Bia}], rotation: daily, handoff: "09:00"}\n'
    appendFileSync(join(here, 'faci.yml'), rota)
    for (const title of ['API down', 'Redis'])
      await runHosted(['incident', 'open', '--title', title, '--severity', 'P0', '--quiet'], here, env)
    const each = Object.keys(TYPED).map((typed) => `$FACI ${typed}; echo "exit $?"`)
    const {stdout, stderr} = await mounted(how, each.join('; '))
    expect(stdout.match(/exit \d/g), stderr).toEqual(each.map(() => 'exit 4'))
    for (const later of Object.values(TYPED)) expect(stderr).toMatch(later)
  })
})

it('whoever was told of it by its record is not told again', async () => {
  const {exitCode} = await runHosted(['incident', 'open', '--title', 'API down', '--severity', 'P0'], here, env)
  expect([exitCode, pager.pages.length, receiver.calls.length]).toEqual([0, 1, 1])
})
