// Pages as cron sends them: from many processes at once, and from one that is killed.
import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {plainEnvironment, runBuilt} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {SLACK_TOKEN, type SlackServer, slackServer} from '../support/servers/slack.js'

let slack: SlackServer
let here: string

beforeAll(async () => {
  slack = await slackServer()
})
afterAll(() => slack.close())

beforeEach(async () => {
  here = mkdtempSync(join(tmpdir(), 'faci-escalation-'))
  writeFileSync(
    join(here, 'faci.yml'),
    `service: shop
compose: {file: c.yml}
notices: {slack: {token: 'env:SECRET', channel: '#ops-incidents', apiUrl: '${slack.apiUrl}'}}
oncall:
  people: [{name: Ana, slack: U012AB3CD}]
  rotation: weekly
  escalation: [{notify: current, within: 1h}, {notify: everyone}]
`,
  )
  await runHosted(['incident', 'open', '--title', 'API <!channel>', '--severity', 'P0', '--quiet'], here)
})
afterEach(() => {
  rmSync(here, {recursive: true, force: true})
})

const ENV = {SECRET: SLACK_TOKEN}
const ESCALATE = ['oncall', 'escalate', '--json']
const mentioned = (): number => slack.posts.filter((post) => JSON.stringify(post).includes('<@U012AB3CD>')).length

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 6000 && !holds(); tries += 1) await wait(10)
  expect(holds()).toBe(true)
}

function claims(): readonly string[] {
  const pages = join(here, '.faci', 'oncall', 'pages')
  return existsSync(pages) ? readdirSync(pages, {recursive: true}).map(String) : []
}

describe('a page', () => {
  it('is sent once by eight who call at once, mentions the person and nobody else', async () => {
    const before = mentioned()
    const all = await Promise.all(Array.from({length: 8}, () => runBuilt(ESCALATE, here, ENV)))
    expect(all.map(({exitCode}) => exitCode)).toEqual(all.map(() => 0))
    expect(mentioned() - before).toBe(1)
    // The headline is plain text, in which nothing is a mention.
    expect(slack.posts.at(-1)?.text).toContain('&lt;!channel&gt;')
    await runHosted(['incident', 'ack', '--quiet'], here)
    const {stdout} = await runHosted(ESCALATE, here, ENV)
    expect((JSON.parse(stdout) as {data: {incidents: unknown[]}}).data.incidents).toEqual([])
  })

  it('of a process that was killed when it had claimed it is sent by the next, once', async () => {
    const before = mentioned()
    const child: ChildProcess = spawn(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), ...ESCALATE], {
      ...{cwd: here, env: plainEnvironment(here, ENV), stdio: 'ignore'},
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await until(() => claims().some((name) => name.endsWith('0.0.json')))
    child.kill('SIGKILL')
    await ended
    for (let call = 0; call < 3; call += 1) await runBuilt(ESCALATE, here, ENV)
    expect(mentioned() - before).toBe(1)
    expect(claims().some((name) => name.endsWith('0.0.done'))).toBe(true)
  })

  it('cannot be promised where no channel is set up', async () => {
    writeFileSync(
      join(here, 'faci.yml'),
      'service: shop\ncompose: {file: c.yml}\noncall: {people: [{name: Ana}], rotation: weekly, escalation: [{notify: current}]}\n',
    )
    const {stdout, exitCode} = await runHosted(['oncall', 'escalate'], here)
    expect(exitCode).toBe(4)
    expect(stdout).toMatch(/Nobody can be paged: faci.yml has no channel/)
  })
})

describe('a shift that is taken', () => {
  it('by four at once is lost by none: each has it written, or is told that the rota has changed', async () => {
    const rota =
      'oncall: {people: [{name: Ana}, {name: Bia}, {name: Caio}, {name: Davi}, {name: Eva}], layers: [{rotation: weekly, people: [Ana]}]}'
    writeFileSync(join(here, 'faci.yml'), `service: shop\ncompose: {file: c.yml}\n${rota}\n`)
    const people = ['Bia', 'Caio', 'Davi', 'Eva']
    const take = (person: string) =>
      runBuilt(['oncall', 'take', '--for', '9h', '--person', person, '--yes', '--json'], here)
    const all = await Promise.all(people.map(take))
    // Whoever planned on a rota that another one has changed meanwhile writes nothing, and is told so.
    const taken = all.filter(({exitCode}) => exitCode === 0)
    expect(all.every(({exitCode}) => exitCode === 0 || exitCode === 5)).toBe(true)
    expect(taken.length).toBeGreaterThan(0)
    const written = readdirSync(join(here, '.faci', 'oncall', 'overrides')).filter((name) => name.endsWith('.jsonl'))
    expect(written).toHaveLength(taken.length)
    const now = JSON.parse((await runHosted(['oncall', '--json'], here)).stdout) as {data: {now: {person: string}}}
    expect(people).toContain(now.data.now.person)
    const told = taken.map(({stdout}) => (JSON.parse(stdout) as {data: {nowOnCall: string}}).data.nowOnCall)
    expect(told).toContain(now.data.now.person)
    const undone = await runHosted(['oncall', 'undo', 'last', '--yes'], here)
    expect(undone.exitCode).toBe(0)
  })
})
