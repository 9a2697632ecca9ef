// Incidents whose page is Alertmanager's, by the built faci: when Alertmanager hangs, and when several are of one group.
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {afterEach, describe, expect, it} from 'vitest'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {pagerDutyServer, type PagerDutyServer} from '../support/servers/pagerduty.js'
import {type PagingAlertmanager, pagingAlertmanager} from '../support/servers/paging-alertmanager.js'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

interface Scene {
  readonly alertmanager: PagingAlertmanager
  readonly pagerDuty: PagerDutyServer
  /** What it printed on stdout. */
  readonly faci: (...argv: readonly string[]) => Promise<string>
  readonly here: string
  /** In a process of its own. */
  readonly built: (...argv: readonly string[]) => Promise<Outcome>
}

const pageOf = (json: string): string | undefined =>
  (JSON.parse(json) as {data: {incident: {page: {by: string} | null}}}).data.incident.page?.by

function claims(here: string): readonly string[] {
  const folder = join(here, '.faci', 'oncall', 'adopted')
  return readdirSync(folder, {recursive: true})
    .map((name) => join(folder, String(name)))
    .filter((name) => name.endsWith('.json'))
}

async function scene(firing: readonly string[], shares = 'true'): Promise<Scene> {
  const [alertmanager, pagerDuty] = await Promise.all([pagingAlertmanager(...firing), pagerDutyServer()])
  const here = mkdtempSync(join(tmpdir(), 'faci-shared-'))
  ends.push(alertmanager.close, pagerDuty.close, () => {
    rmSync(here, {recursive: true, force: true})
  })
  const pager = `{routingKey: 'env:KEY', apiUrl: '${pagerDuty.apiUrl}', alertmanager: ${shares}}`
  const config = `service: shop\ncompose: {file: c.yml}\nalertmanager: {url: '${alertmanager.url}'}\nnotices: {pagerduty: ${pager}}\n`
  writeFileSync(join(here, 'faci.yml'), config)
  const faci = async (...argv: readonly string[]): Promise<string> => {
    const {exitCode, stdout, stderr} = await runHosted(argv, here, {KEY: pagerDuty.routingKey})
    expect(exitCode, stderr).toBe(0)
    return stdout
  }
  const built: Scene['built'] = (...argv) => runBuilt(argv, here, {KEY: pagerDuty.routingKey})
  return {alertmanager, pagerDuty, faci, here, built}
}

const open = (title: string, alert: string): readonly string[] => [
  'incident',
  'open',
  '--title',
  title,
  '--alert',
  alert,
]

describe('an Alertmanager that hangs', () => {
  it('is asked all at once when an incident is opened, and each thing once', async () => {
    const {alertmanager, pagerDuty, faci} = await scene(['ApiDown'])
    alertmanager.hang()
    expect(await faci(...open('API down', 'ApiDown'))).toContain(
      'Page: of its own, because Alertmanager did not answer',
    )
    // All three are waiting at the same time: they take one deadline together, however fast the machine is.
    expect(alertmanager.mostAtOnce()).toBe(3)
    expect([...alertmanager.asked].sort()).toEqual(['/api/v2/alerts', '/api/v2/alerts/groups', '/api/v2/status'])
    expect(pagerDuty.pages).toMatchObject([{state: 'triggered'}])
  })

  it('makes no second incident of a command that is given again meanwhile', async () => {
    const {alertmanager, pagerDuty, faci} = await scene(['ApiDown'])
    alertmanager.hang()
    const again = async (): Promise<string> => {
      await pause(1200)
      return faci(...open('API down', 'ApiDown'))
    }
    await Promise.all([faci(...open('API down', 'ApiDown')), again()])
    expect(await faci('incident', 'list')).not.toContain('INC-2')
    expect(pagerDuty.pages).toHaveLength(1)
  })
})

describe('two incidents of one group of alerts', () => {
  it('are not both on its page, which ends with neither while the other alert fires', async () => {
    const {pagerDuty, faci} = await scene(['ApiDown', 'DbDown'])
    expect(await faci(...open('API down', 'ApiDown'))).toContain("Page: Alertmanager's (ApiDown, receiver pd)")
    expect(await faci(...open('Database down', 'DbDown'), '--new')).toContain(
      "Page: of its own, because INC-1 has Alertmanager's page of this group of alerts",
    )
    expect(pagerDuty.pages.map(({key}) => key.startsWith('faci-'))).toEqual([false, true])
    expect(await faci('incident', 'merge', 'INC-1', 'INC-2')).toContain('other alerts of its group still fire')
    expect(pagerDuty.pages.map(({state}) => state)).toEqual(['triggered', 'triggered'])
    await faci('incident', 'resolve', 'INC-2')
    expect(pagerDuty.pages.map(({state}) => state)).toEqual(['triggered', 'resolved'])
  })

  it('are given the page at most once when they are opened at once, and it ends with its only alert', async () => {
    const {pagerDuty, faci} = await scene(['ApiDown'])
    await Promise.all(['one', 'two', 'three'].map((title) => faci(...open(title, 'ApiDown'), '--new')))
    const own = pagerDuty.pages.filter(({key}) => key.startsWith('faci-'))
    expect([own.length, pagerDuty.pages.length]).toEqual([2, 3])
    for (const handle of ['INC-1', 'INC-2', 'INC-3']) await faci('incident', 'resolve', handle)
    expect(pagerDuty.pages.map(({state}) => state)).toEqual(['resolved', 'resolved', 'resolved'])
  })

  it('are given it at most once when one comes back while another is opened, by two processes', async () => {
    const {faci, here, built} = await scene(['ApiDown'])
    await faci(...open('one', 'ApiDown'))
    await faci('incident', 'resolve', 'INC-1')
    for (let round = 0; round < 3; round += 1) {
      // As if it had been given long ago.
      for (const file of claims(here)) {
        const claim = JSON.parse(readFileSync(file, 'utf8')) as object
        writeFileSync(file, JSON.stringify({...claim, at: '2026-11-01T00:00:00.000Z'}))
      }
      const both = [
        ['incident', 'reopen', 'INC-1'],
        [...open(`two ${String(round)}`, 'ApiDown'), '--new'],
      ]
      await Promise.all(both.map((argv) => built(...argv)))
      const handles = ['INC-1', `INC-${String(round + 2)}`]
      const pages = await Promise.all(
        handles.map(async (handle) => pageOf(await faci('incident', 'show', handle, '--json'))),
      )
      expect(pages.filter((by) => by === 'alertmanager')).toHaveLength(1)
      for (const handle of handles) await faci('incident', 'resolve', handle)
    }
  })
})
