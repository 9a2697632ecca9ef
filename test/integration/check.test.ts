import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import type {CheckDocument} from '../../src/render/json/documents.js'
import {onContainer} from '../support/containers.js'
import {eventually} from '../support/eventually.js'
import {type MixedLoad, mixedLoad} from '../support/mixed-load.js'
import {ownStack} from '../support/own-stack.js'
import {realCron, type RunningCron} from '../support/real-cron.js'
import {SLACK_TOKEN, type SlackServer, slackServer} from '../support/servers/slack.js'
import type {SlackPost} from '../support/servers/slack-conversations.js'
import {type Workspace, workspace} from '../support/workspace.js'
import {readXml, type XmlElement} from '../support/xml.js'

const stack = await ownStack()
const here = workspace(stack)
const TITLES = ['services', 'health checks', 'active alerts', 'trends', 'error budgets', 'dashboards']
/** The same, as the channel is told of them. */
const TOLD = ['serviços', 'verificações de saúde', 'alertas ativos', 'tendências', 'orçamentos de erros', 'dashboards']
const DOWN = 'http://127.0.0.1:1/health'

const cron = await realCron()
let running: RunningCron | undefined
let load: MixedLoad
let slack: SlackServer

/** As cron starts it there is no variable to look up: everything is in the file. */
const byCron = workspace(stack, {
  compose: {file: stack.env['COMPOSE_FILE'], project: stack.project},
  health: {api: {url: `${stack.urls.api}/health`}, payments: {url: DOWN}},
  prometheus: {url: stack.urls.prometheus, job: 'faciliauto-api'},
  alertmanager: {url: stack.urls.alertmanager},
})
const result = join(byCron.directory, 'result')
const wroteCode = (): boolean => existsSync(join(result, 'code')) && readFileSync(join(result, 'code'), 'utf8') !== ''

/** cron always sets HOME, LOGNAME and SHELL: `env -i` takes them away, and the crontab has PATH empty. */
function cronLine(): string {
  const faci = `${process.execPath} ${join(repositoryRoot, 'bin', 'run.js')}`
  const config = join(byCron.directory, 'faci.yml')
  const check = `/usr/bin/env -i ${faci} check daily --notify --output junit --config ${config}`
  // Once is enough: a second minute would find the code there.
  return `* * * * * root test -e ${result}/code || { ${check} > ${result}/out.xml 2> ${result}/err.txt; echo $? > ${result}/code; }`
}

function startCron(): RunningCron | undefined {
  const token = join(byCron.directory, 'token')
  writeFileSync(token, `${SLACK_TOKEN}\n`, {mode: 0o600})
  const text = readFileSync(join(byCron.directory, 'faci.yml'), 'utf8')
  const notices = {slack: {token: `file:${token}`, channel: '#ops-incidents', apiUrl: slack.apiUrl}}
  writeFileSync(
    join(byCron.directory, 'faci.yml'),
    text.replace(/^notices:\n(?: .*\n)+/m, `notices: ${JSON.stringify(notices)}\n`),
  )
  mkdirSync(result)
  const folder = join(byCron.directory, 'etc')
  mkdirSync(folder)
  return cron?.start(cronLine(), folder)
}

async function checked(at: Workspace = here, env: Readonly<Record<string, string>> = {}): Promise<CheckDocument> {
  return JSON.parse((await at.faci(['check', 'daily', '--output', 'json'], {env})).stdout) as CheckDocument
}

function itemOf({data}: CheckDocument, name: string) {
  const found = data.items.find((item) => item.name === name)
  if (found === undefined) throw new Error(`no item ${name}`)
  return found
}

/** Titles of the test cases that have such a child. */
function casesWith(tag: 'failure' | 'error', root: XmlElement): readonly (string | undefined)[] {
  const cases = root.children.flatMap((suite) => suite.children)
  return cases.filter(({children}) => children.some(({name}) => name === tag)).map(({attributes}) => attributes['name'])
}

const textOf = (post: SlackPost | undefined): string => JSON.stringify(post?.blocks)

const stop = (service: string) => onContainer(stack.project, service, (id) => ['stop', '--time', '1', id])
const start = (service: string) => onContainer(stack.project, service, (id) => ['start', id])

beforeAll(async () => {
  slack = await slackServer()
  load = mixedLoad(stack.urls.api)
  running = startCron()
  await eventually(async () => {
    expect(itemOf(await checked(), 'dashboards')).toMatchObject({verdict: 'ok'})
  }, 150)
})
afterAll(async () => {
  await running?.stop()
  await load.stop()
  await slack.close()
  here.remove()
  byCron.remove()
})

describe('faci check daily', () => {
  it('has a line and a verdict for each item of the list', async () => {
    // What has just been started is believed after a few seconds.
    await eventually(async () => {
      const {stdout, stderr, exitCode} = await here.faci(['check', 'daily'])
      const [head = '', ...lines] = stdout.split('\n')
      expect(stderr).toBe('')
      expect(head).toMatch(/^faciliauto: daily check {2}\d{4}-/)
      expect(lines.slice(0, 6).map((line) => /^[✔✖?] +(\S+(?: \S+)?)/.exec(line)?.[1])).toEqual(TITLES)
      expect(lines[0]).toMatch(/^✔ +services +(\d+) of \1 healthy$/)
      expect(lines[1]).toMatch(/^✔ +health checks +1 of 1 healthy$/)
      expect(lines[5]).toMatch(/^✔ +dashboards +all \d+ panels on 3 dashboards have data$/)
      // A stack that is minutes old has not the thirty days that an error budget is of.
      expect(lines[4]).toMatch(/^\? +error budgets +.*unreliable/)
      expect([3, 4]).toContain(exitCode)
    }, 100)
  }, 240_000)

  it('has the Prometheus items unknown without Prometheus, each with the reason once, and the others as ever', async () => {
    const {stdout, exitCode} = await here.faci(['check', 'daily', '--json'], {env: {PROMETHEUS_PORT: '1'}})
    const document = JSON.parse(stdout) as CheckDocument
    for (const name of ['trends', 'budget', 'dashboards']) {
      const {verdict, summary, details} = itemOf(document, name)
      expect({verdict, details}).toEqual({verdict: 'unknown', details: []})
      expect(summary).toMatch(/^Prometheus at .* cannot be reached: connection refused$/)
    }
    expect(itemOf(document, 'health')).toMatchObject({verdict: 'ok'})
    // Alertmanager alone does not know what fires: without Prometheus nothing is called well.
    expect(itemOf(document, 'alerts').verdict).not.toBe('ok')
    expect(exitCode).toBe(document.data.items.some(({verdict}) => verdict === 'bad') ? 3 : 4)
  })
})

describe('by real cron, with no PATH, no HOME, no terminal', () => {
  it.skipIf(cron === undefined)('checks, tells the channel, and leaves a clean report', async () => {
    await eventually(() => {
      expect(wroteCode()).toBe(true)
    }, 70)
    const [xml, stderr, code] = ['out.xml', 'err.txt', 'code'].map((name) => readFileSync(join(result, name), 'utf8'))
    expect({stderr, code}).toEqual({stderr: '', code: '3\n'})
    expect(xml).not.toMatch(/\u001B|\r/)
    const root = readXml(xml ?? '')
    expect(casesWith('failure', root)).toContain('health checks')
    expect(root.children.flatMap((suite) => suite.children).map(({attributes}) => attributes['name'])).toEqual(TITLES)
    expect(readFileSync(join(byCron.storeDirectory, 'checks', 'daily.txt'), 'utf8')).toMatch(
      /^health bad: payments down$/m,
    )
    expect(slack.posts).toHaveLength(1)
    const text = textOf(slack.posts[0])
    expect(text).toContain('payments fora do ar')
    const wrong = [...casesWith('failure', root), ...casesWith('error', root)]
    for (const [index, title] of TITLES.entries())
      expect(text.includes(`*${TOLD[index] ?? ''}*`), title).toBe(wrong.includes(title))
    await running?.stop()
  })
})

describe('when something breaks', () => {
  // What the golden signals and the alerts make of it comes and goes; whether an endpoint answers does not.
  let watched: Workspace
  const told = async (): Promise<readonly string[]> => {
    const before = slack.posts.length
    const {stdout, stderr} = await watched.faci(['check', 'daily', '--notify'], {
      env: {SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: SLACK_TOKEN},
    })
    expect(stderr).toBe('')
    expect(/^told slack$/m.test(stdout)).toBe(slack.posts.length > before)
    return slack.posts.slice(before).map(textOf)
  }

  beforeAll(async () => {
    const alertmanager = {url: `${stack.urls.alertmanager}/-/healthy`}
    watched = workspace(stack, {
      health: {
        api: {url: `${stack.urls.api}/health`},
        alertmanager,
        payments: {url: `${stack.urls.prometheus}/-/healthy`},
      },
      ...{prometheus: undefined, alertmanager: undefined, slos: undefined},
    })
    expect(await told()).toEqual([])
    await stop('api')
  })
  afterAll(async () => {
    await Promise.all([start('api'), start('alertmanager')])
    await eventually(async () => {
      expect(await told()).toEqual([])
      expect((await watched.faci(['check', 'daily'])).exitCode).toBe(0)
    }, 60)
    watched.remove()
  })

  it('has the health check bad, exit 3, and in JUnit just the failures that the JSON has', async () => {
    const {stdout, exitCode} = await here.faci(['check', 'daily'])
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/^✖ +health checks +api is (down|degraded)$/m)
    // Again where a busy machine let the engine miss its deadline.
    await eventually(async () => {
      // Without these each item stays what it is: an alert or a trend would change between the two.
      const env = {PROMETHEUS_PORT: '1', ALERTMANAGER_PORT: '1'}
      const [junit, {data}] = await Promise.all([
        here.faci(['check', 'daily', '--output', 'junit'], {env}),
        checked(here, env),
      ])
      const root = readXml(junit.stdout)
      expect(junit.exitCode).toBe(3)
      const titles = (verdict: string) => data.items.filter((item) => item.verdict === verdict).map(({title}) => title)
      expect(titles('bad')).toEqual(TITLES.slice(0, 2))
      expect(titles('unknown')).toEqual(TITLES.slice(2))
      expect(casesWith('failure', root)).toEqual(titles('bad'))
      expect(casesWith('error', root)).toEqual(titles('unknown'))
      expect(root.attributes).toMatchObject({tests: '6', failures: '2'})
    })
  }, 240_000)

  it('tells the channel what is wrong, once, and again when something else is', async () => {
    const [first = '', ...others] = await told()
    expect(others).toEqual([])
    expect(first).toMatch(/api (fora do ar|degradado)/)
    expect(first).not.toMatch(/alertmanager|payments/)
    expect(await told()).toEqual([])
    await stop('alertmanager')
    const [second = ''] = await told()
    expect(second).toMatch(/api .*alertmanager fora do ar/)
    expect(second).not.toMatch(/payments/)
    expect(await told()).toEqual([])
  })
})
