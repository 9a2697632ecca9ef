// What doctor says of pages that incidents adopt, of an Alertmanager that answers, and of one that does not.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, describe, expect, it} from 'vitest'
import {runHosted} from '../support/hosted-faci.js'
import {pagingAlertmanager} from '../support/servers/paging-alertmanager.js'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

interface Item {
  readonly name: string
  readonly state: string
  readonly detail: string
  readonly next: string | null
}

async function sharedPages(shares: string, hangs = false): Promise<Item | undefined> {
  const alertmanager = await pagingAlertmanager()
  const here = mkdtempSync(join(tmpdir(), 'faci-doctor-'))
  ends.push(alertmanager.close, () => {
    rmSync(here, {recursive: true, force: true})
  })
  if (hangs) alertmanager.hang()
  const pager = `{routingKey: 'env:KEY', apiUrl: 'http://127.0.0.1:9', alertmanager: ${shares}}`
  const config = `service: shop\ncompose: {file: c.yml}\nalertmanager: {url: '${alertmanager.url}'}\nnotices: {pagerduty: ${pager}}\n`
  writeFileSync(join(here, 'faci.yml'), config)
  const {stdout} = await runHosted(['doctor', '--json'], here, {KEY: 'a-routing-key-of-32-letters-1234'})
  const {data} = JSON.parse(stdout) as {data: {items: readonly Item[]}}
  return data.items.find(({name}) => name === 'shared pages')
}

describe('doctor, of pages that are shared with Alertmanager', () => {
  it.each([
    ['true', 'ok', /receiver pd, if the routing key is the same/, null],
    ['pd', 'ok', /receiver pd,/, null],
    ['gone', 'warning', /no receiver gone/, 'write alertmanager: pd under notices.pagerduty in faci.yml'],
    ['hook', 'warning', /hook has no pagerduty_configs/, 'write alertmanager: pd under notices.pagerduty in faci.yml'],
    ['old', 'warning', /old pages by service_key/, 'write alertmanager: pd under notices.pagerduty in faci.yml'],
  ])('of the receiver %s is %s', async (shares, state, detail, next) => {
    const item = await sharedPages(shares)
    expect(item).toMatchObject({state, next})
    expect(item?.detail).toMatch(detail)
  })

  it('does not know of an Alertmanager that does not answer, and says nothing where none are shared', async () => {
    expect(await sharedPages('pd', true)).toMatchObject({state: 'unknown'})
    expect(await sharedPages('false')).toBeUndefined()
  })
})
