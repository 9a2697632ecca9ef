import {re2jsPatterns} from '../../src/adapters/re2/re2js-patterns.js'
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {createAlertmanagerRouting} from '../../src/adapters/alertmanager/alertmanager-routing.js'
import {readRouting} from '../../src/formats/alertmanager/read-routing.js'
import {routeName, routePaths, routesFor, type Routing} from '../../src/domain/alerts/routing.js'
import {syntheticLabels} from '../../src/domain/alerts/synthetic-labels.js'
import {aRouting, fakeAlertRouting} from '../support/fakes/alert-routing.js'
import {badDay} from './suites/bad-day.js'
import {alertRoutingContract} from './suites/alert-routing.js'
import {availableTool, runTool} from './rules/available-tool.js'
import {serviceFolder} from './rules/rule-files.js'

// A real Alertmanager is held to the same contract on the real stack: test/integration/alerts.test.ts.
alertRoutingContract('the fake', () => fakeAlertRouting(aRouting()))

const amtool = await availableTool('amtool')
const here = mkdtempSync(join(tmpdir(), 'faci-routing-'))
const SHIPPED = join(serviceFolder, 'alertmanager')

afterAll(() => {
  rmSync(here, {recursive: true, force: true})
})

/** Old and new matchers, inheritance, `continue`, patterns, routes that shadow others. */
const ODD = `
route:
  receiver: ops
  group_wait: 45s
  group_by: ['alertname', 'cluster']
  routes:
    - match: {team: db}
      match_re: {severity: critical|page}
      receiver: db
      continue: true
      routes:
        - matchers: ['env!~"dev|test"', 'alertname=~"Db.+"']
          group_wait: 5s
    - matchers: [severity!="none"]
      receiver: chat
      routes: [{matchers: ['team=db']}, {matchers: ['team="db"', 'x=y']}]
    - matchers: ['zone=~"eu-[0-9]+"']
      mute_time_intervals: [nights]
receivers:
  - {name: ops, email_configs: [{to: a@example.com}]}
  - {name: db, pagerduty_configs: [{routing_key: x}], slack_configs: [{channel: '#a'}, {channel: '#b'}]}
  - {name: chat, webhook_configs: [{url: 'http://127.0.0.1:9'}]}
inhibit_rules:
  - {source_matchers: [severity=critical], target_matchers: [severity=warning], equal: [namespace, alertname]}
time_intervals: [{name: nights, time_intervals: [{times: [{start_time: '22:00', end_time: '24:00'}]}]}]
global: {smtp_smarthost: 'localhost:25', smtp_from: a@example.com, slack_api_url: 'http://127.0.0.1:9'}
`

interface Configuration {
  readonly name: string
  readonly file: string
  readonly routing: Routing
}

function configurations(): readonly Configuration[] {
  writeFileSync(join(here, 'odd.yml'), ODD)
  const shipped = readdirSync(SHIPPED).filter((name) => name.endsWith('.yml'))
  const files = [...shipped.map((name) => join(SHIPPED, name)), join(here, 'odd.yml')]
  return files.map((file) => ({
    name: file.split('/').at(-1) ?? '',
    file,
    routing: readRouting(readFileSync(file, 'utf8')),
  }))
}

describe('a configuration of Alertmanager', () => {
  it('is read with what routes inherit, and with what each receiver tells', () => {
    const {root, receivers, inhibitionLabels} = readRouting(ODD)
    const paths = routePaths(root)
    expect(paths.map((path) => [routeName(path), path.route.receiver, path.route.groupWaitSeconds])).toEqual([
      ['default', 'ops', 45],
      ['team="db" severity=~"critical|page"', 'db', 45],
      ['team="db" severity=~"critical|page" env!~"dev|test" alertname=~"Db.+"', 'db', 5],
      ['severity!="none"', 'chat', 45],
      ['severity!="none" team="db"', 'chat', 45],
      ['severity!="none" team="db" x="y"', 'chat', 45],
      ['zone=~"eu-[0-9]+"', 'ops', 45],
    ])
    expect(paths.map(({route}) => route.timed)).toEqual([false, false, false, false, false, false, true])
    expect(receivers.map(({integrations}) => integrations)).toEqual([
      ['email'],
      ['pagerduty', 'slack', 'slack'],
      ['webhook'],
    ])
    expect(inhibitionLabels).toEqual(['namespace', 'alertname'])
  })

  it.each(['x: y', 'route: 7', 'route: {routes: 3}', '[]'])('that is none is badAnswer: %s', (text) => {
    expect(() => readRouting(text)).toThrow(expect.objectContaining({code: 'badAnswer'}))
  })
})

describe.skipIf(amtool === undefined)('the alert for each route', () => {
  it.each(configurations())(
    'takes it, as amtool says: $name',
    async ({file, routing}) => {
      const paths = routePaths(routing.root)
      const untaken: string[] = []
      for (const [index, path] of paths.entries()) {
        const labels = syntheticLabels(routing, path, {testId: 'X', index}, re2jsPatterns)
        if (labels === null) {
          untaken.push(routeName(path))
          continue
        }
        const words = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
        const {stdout, exitCode, output} = await runTool(
          amtool,
          ['config', 'routes', 'test', '--config.file', file, ...words],
          here,
        )
        expect(exitCode, output).toBe(0)
        const receivers = routesFor(routing.root, labels, re2jsPatterns).map(({receiver}) => receiver)
        expect(stdout.trim().split(',')).toEqual(receivers)
        expect(receivers).toContain(path.route.receiver)
      }
      expect(untaken).toEqual(file.endsWith('odd.yml') ? ['severity!="none" team="db" x="y"'] : [])
    },
    120_000,
  )
})

badDay('Alertmanager', (server) => {
  const {routing, notifications} = createAlertmanagerRouting({...server, headers: {}})
  return [routing, notifications]
})
