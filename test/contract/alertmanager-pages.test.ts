// The keys by which Alertmanager pages: as it sends them to PagerDuty, and as faci tells them from its configuration and its groups.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest'
import {createAlertmanagerRouting} from '../../src/adapters/alertmanager/alertmanager-routing.js'
import {re2jsPatterns} from '../../src/adapters/re2/re2js-patterns.js'
import {alertPages} from '../../src/domain/alerts/alert-page.js'
import {sha256} from '../../src/domain/text/digest.js'
import {eventually} from '../support/eventually.js'
import {runHosted} from '../support/hosted-faci.js'
import {type PagerDutyServer, pagerDutyServer} from '../support/servers/pagerduty.js'
import {type PackagedAlertmanager, packagedAlertmanager} from '../support/servers/real-alertmanager.js'

/** What differs between versions of Go's tables of characters is left out. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', '\\', '\n', '\t', '\u0007', '\u007f', '\u0085', '\u00a0', '\u200b', '\u2028', '\ufeff'),
      fc.constantFrom(
        '{',
        '}',
        ',',
        ' ',
        "'",
        '`',
        'é',
        'ß',
        '日',
        '本',
        '😀',
        '\u{1f468}\u200d\u{1f469}',
        '\u{10ffff}',
      ),
      fc.constantFrom('a', 'b', 'Z', '0', '\u0301', '\ue000', '\uff5e', '\ud7a3', '\u0378'),
    ),
    {maxLength: 8},
  )
  .map((parts) => parts.join(''))

/** Go folds what it writes as YAML at spaces, and at line breaks, in a way that not every reader follows. */
const unfolded = anyText.map((text) => text.replaceAll(/[ \n\u0085\u2028]/g, '_'))

const NAMES = ['a', 'a1', 'a_1', 'B', 'team', 'zone'] as const
/** At `{{` newer ones page nobody; the test below. */
const untemplated = anyText.map((text) => text.replaceAll('{{', '{'))
const labelled = fc.dictionary(fc.constantFrom(...NAMES), untemplated, {minKeys: 1, noNullPrototype: true})

const matcher = fc
  .record({label: fc.constantFrom(...NAMES), value: unfolded, kind: fc.constantFrom('=', '!=', '=~', '!~')})
  .map(({label, value, kind}) => {
    const literal = kind.endsWith('~') ? `${value.replaceAll(/[\\{}]/g, (one) => `\\${one}`)}|.*` : value
    const text = literal.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    return `${label}${kind}"${text}"`
  })

interface Written {
  readonly receiver?: string
  readonly group_by?: readonly string[]
  readonly matchers: readonly string[]
  readonly match?: Readonly<Record<string, string>>
  readonly match_re?: Readonly<Record<string, string>>
  readonly continue: boolean
  readonly routes: readonly Written[]
}

const {route} = fc.letrec<{route: Written}>((tie) => ({
  route: fc.record(
    {
      receiver: fc.constant('pd'),
      group_by: fc.oneof(
        fc.constant(['...']),
        fc.uniqueArray(fc.constantFrom('alertname', ...NAMES), {minLength: 1, maxLength: 4}),
      ),
      matchers: fc.array(matcher, {maxLength: 3}),
      match: fc.dictionary(fc.constantFrom(...NAMES), unfolded, {maxKeys: 1, noNullPrototype: true}),
      match_re: fc.constantFrom({}, {team: '.*'}, {zone: '(eu|.*)-?\\d*.*', a: '.*'}),
      continue: fc.boolean(),
      routes: fc.array(tie('route'), {maxLength: 2, depthIdentifier: 'r'}),
    },
    {requiredKeys: ['matchers', 'continue', 'routes']},
  ),
}))

/** YAML wants what is not printed escaped, and a character whole. */
function asYaml(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/gu,
    (one) => `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`,
  )
}

function configuration(routes: readonly Written[], server: PagerDutyServer): string {
  const pd = {name: 'pd', pagerduty_configs: [{routing_key: server.routingKey}]}
  return asYaml({
    global: {pagerduty_url: `${server.apiUrl}/v2/enqueue`},
    route: {receiver: 'pd', group_by: ['alertname', 'a', 'a1'], group_wait: '0s', group_interval: '10m', routes},
    receivers: [pd, {name: 'nobody'}],
  })
}

async function post(url: string, alerts: readonly Readonly<Record<string, string>>[]): Promise<void> {
  const body = JSON.stringify(alerts.map((labels) => ({labels, startsAt: new Date().toISOString()})))
  const headers = {'content-type': 'application/json'}
  const answer = await fetch(`${url}/api/v2/alerts`, {method: 'POST', headers, body})
  expect(answer.status, await answer.text()).toBe(200)
}

async function silence(url: string, alertname: string): Promise<void> {
  const matchers = [{name: 'alertname', value: alertname, isRegex: false, isEqual: true}]
  const times = {startsAt: new Date().toISOString(), endsAt: new Date(Date.now() + 3_600_000).toISOString()}
  const body = JSON.stringify({matchers, ...times, createdBy: 'ana', comment: 'known'})
  const headers = {'content-type': 'application/json'}
  const answer = await fetch(`${url}/api/v2/silences`, {method: 'POST', headers, body})
  expect(answer.status, await answer.text()).toBe(200)
}

async function had(suite: Parameters<typeof packagedAlertmanager>[0]): Promise<readonly PackagedAlertmanager[]> {
  try {
    return [await packagedAlertmanager(suite)]
  } catch (error) {
    process.stderr.write(`SKIPPED: tests of a packaged Alertmanager: ${error instanceof Error ? error.message : ''}\n`)
    return []
  }
}

const own = await had(null)
const versions = [...own, ...(await had('trixie')), ...(await had('forky'))]
const stops: (() => unknown)[] = []
let server: PagerDutyServer
beforeAll(async () => {
  server = await pagerDutyServer()
})
afterAll(() => server.close())
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

describe.skipIf(versions.length === 0)('the key of a page', () => {
  it.each(versions)('is the one that Alertmanager $version sends PagerDuty', async ({start}) => {
    const [routes = []] = fc.sample(fc.array(route, {minLength: 2, maxLength: 5}), 1)
    const {url, stop} = await start(configuration(routes, server))
    stops.push(stop)
    const alerts = fc
      .sample(labelled, 60)
      .map((labels, index) => ({...labels, alertname: `Alert${String(index % 20)}`, job: String(index)}))
    server.requests.splice(0)
    await post(url, alerts)
    const port = createAlertmanagerRouting({url, headers: {}, timeoutSeconds: 10})
    const search = {alerts: Array.from({length: 20}, (_, index) => `Alert${String(index)}`), receiver: null}
    await eventually(async () => {
      const [routing, groups] = await Promise.all([port.routing(), port.groups()])
      const told = alertPages(routing, groups, search, re2jsPatterns)
      const keys = told.kind === 'pages' ? told.pages.map(({key}) => sha256(key)).sort() : told
      const sent = [...new Set(server.requests.map((event) => String(event['dedup_key'])))].sort()
      expect(keys, JSON.stringify({routes, alerts})).toEqual(sent)
      // On a busy machine one of the sixty may come late.
    }, 120)
  })
})

describe.skipIf(versions.length === 0)('an alert with {{ in it', () => {
  it.each(versions)('has a page by Alertmanager $version as far as that makes one', async ({start}) => {
    const {url, stop} = await start(configuration([], server))
    stops.push(stop)
    server.requests.splice(0)
    await post(url, [{alertname: 'Braces', a: '{{'}])
    await post(url, [{alertname: 'Plain'}])
    const port = createAlertmanagerRouting({url, headers: {}, timeoutSeconds: 10})
    await eventually(async () => {
      const [routing, groups] = await Promise.all([port.routing(), port.groups()])
      const told = (alert: string) => alertPages(routing, groups, {alerts: [alert], receiver: null}, re2jsPatterns)
      expect(told('Plain').kind).toBe('pages')
      // Those that failed are counted, those that came are there.
      const {pagerduty} = await port.notifications()
      const sent = server.requests.length
      expect([sent + (pagerduty?.failed ?? 0) >= 2, told('Braces')]).toMatchObject([
        true,
        sent === 2 ? {kind: 'pages'} : {kind: 'none', why: 'unrendered'},
      ])
    }, 60)
  })
})

const NESTED = `
route:
  receiver: nobody
  group_by: [alertname]
  routes:
    - matchers: ['team=~"db|cache"', 'zone!="\\"eu\\\\1"']
      receiver: pd
      group_wait: 1h
      group_by: ['...']
      routes: [{match: {kind: "a\\nb"}, match_re: {host: 'h\\d+'}}]
`

const MUTED = `
route:
  receiver: pd
  group_by: [alertname]
  group_wait: 1h
  routes: [{matchers: [alertname="Night"], mute_time_intervals: [always]}]
time_intervals: [{name: always, time_intervals: [{times: [{start_time: '00:00', end_time: '24:00'}]}]}]
inhibit_rules: [{source_matchers: [alertname="Source"], target_matchers: [alertname="Inhibited"], equal: [host]}]
receivers: [{name: pd, pagerduty_configs: [{routing_key: R0123456789ABCDEF0123456789ABCDE}]}]
`

describe.skipIf(versions.length === 0)('an alert for which nobody is paged', () => {
  it.each(versions)('has no page by Alertmanager $version', async ({start}) => {
    const {url, stop} = await start(MUTED)
    stops.push(stop)
    await silence(url, 'Silenced')
    await post(
      url,
      ['Silenced', 'Inhibited', 'Source', 'Night'].map((alertname) => ({alertname, host: 'h'})),
    )
    const port = createAlertmanagerRouting({url, headers: {}, timeoutSeconds: 10})
    await eventually(async () => {
      const [routing, groups] = await Promise.all([port.routing(), port.groups()])
      expect(groups.length).toBe(4)
      const told = (alert: string) => alertPages(routing, groups, {alerts: [alert], receiver: null}, re2jsPatterns)
      expect(told('Source')).toMatchObject({kind: 'pages', pages: [{alert: 'Source'}]})
      expect(told('Silenced')).toEqual({kind: 'none', why: 'suppressed'})
      expect(told('Inhibited')).toEqual({kind: 'none', why: 'suppressed'})
      // Alertmanager calls it active until its first notification is due; old ones always do.
      expect(told('Night')).toEqual({kind: 'none', why: 'timed'})
    }, 60)
  })
})

describe.skipIf(own.length === 0)('an incident of an alert that Alertmanager pages for', () => {
  it('is on its page: one page there, whoever was first, and acknowledged by faci', async () => {
    const [alertmanager] = own
    const receivers = `receivers: [{name: nobody}, {name: pd, pagerduty_configs: [{routing_key: ${server.routingKey}}]}]`
    const config = (wait: string): string =>
      `global: {pagerduty_url: '${server.apiUrl}/v2/enqueue'}\n${receivers}${NESTED.replace('1h', wait)}`
    const labels = {alertname: 'DbDown', team: 'db', kind: 'a\nb', host: 'h1', note: 'café "x" \\ \t😀'}
    const here = mkdtempSync(join(tmpdir(), 'faci-page-'))
    stops.push(() => {
      rmSync(here, {recursive: true, force: true})
    })
    const started = await alertmanager?.start(config('0s'))
    if (started === undefined) throw new Error('there is none')
    stops.push(started.stop)
    writeFileSync(
      join(here, 'faci.yml'),
      `service: shop
compose: {file: c.yml}
alertmanager: {url: '${started.url}'}
notices:
  pagerduty:
    {routingKey: 'env:KEY', apiUrl: '${server.apiUrl}', alertmanager: true, clientUrl: 'https://wiki.example.com/{incident}'}
`,
    )
    const before = server.pages.length
    await post(started.url, [labels])
    await eventually(() => {
      expect(server.pages.length).toBe(before + 1)
    })
    const env = {KEY: server.routingKey}
    const opened = await runHosted(
      ['incident', 'open', '--title', 'Database down', '--alert', 'DbDown', '--json'],
      here,
      env,
    )
    expect(opened.exitCode, opened.stderr).toBe(0)
    const {incident} = (JSON.parse(opened.stdout) as {data: {incident: {page: {key: string}}}}).data
    expect(incident.page).toMatchObject({by: 'alertmanager', receiver: 'pd', alert: 'DbDown', others: 0})
    expect(server.pages.slice(before)).toMatchObject([{key: incident.page.key, state: 'triggered', triggers: 2}])
    expect(server.requests.at(-1)).toMatchObject({client: 'faci', client_url: 'https://wiki.example.com/INC-1'})

    // The key stays when Alertmanager is away.
    started.stop()
    expect((await runHosted(['incident', 'ack'], here, env)).exitCode).toBe(0)
    expect(server.pages.slice(before)).toMatchObject([{key: incident.page.key, state: 'acknowledged'}])
    const updated = await runHosted(['incident', 'update', '--message', 'restoring'], here, env)
    expect(updated.stdout).toContain("the page is Alertmanager's")
    expect(server.pages.slice(before)).toMatchObject([{triggers: 2}])
    const shown = await runHosted(['incident', 'show'], here, env)
    expect(shown.stdout).toContain("Page: Alertmanager's (DbDown, receiver pd)")
    const resolved = await runHosted(['incident', 'resolve'], here, env)
    expect(resolved.stdout).toContain('does not say whether other alerts of its group still fire')
    expect(server.pages.slice(before)).toMatchObject([{state: 'acknowledged'}])

    const later = await runHosted(['incident', 'open', '--new', '--title', 'x', '--alert', 'DbDown'], here, env)
    expect(later.exitCode, later.stderr).toBe(0)
    expect(later.stdout).toContain('Page: of its own, because Alertmanager did not answer')
    expect(server.pages.at(-1)?.key).toMatch(/^faci-/)
  })
})
