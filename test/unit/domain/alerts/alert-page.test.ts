import {describe, expect, it} from 'vitest'
import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import type {AlertGroup} from '../../../../src/domain/alerts/alert-group.js'
import {alertPages, type AlertPages, pageEnd} from '../../../../src/domain/alerts/alert-page.js'
import {sha256} from '../../../../src/domain/text/digest.js'
import {FaciError} from '../../../../src/domain/errors.js'
import {findPage} from '../../../../src/usecases/incidents/find-page.js'
import {aRoute, aRouting, fakeAlertRouting} from '../../../support/fakes/alert-routing.js'

const AT = '2026-11-28T06:00:00.000Z'
const LATER = '2026-11-28T06:05:00.000Z'
const ACTIVE = {state: 'active', likeTemplate: false} as const
const receivers = [
  {name: 'ops', integrations: ['webhook'], pagerDuty: []},
  {name: 'db', integrations: ['pagerduty'], pagerDuty: ['routingKey']},
  {name: 'web', integrations: ['pagerduty', 'pagerduty'], pagerDuty: ['serviceKey', 'routingKey']},
  {name: 'old', integrations: ['pagerduty'], pagerDuty: ['serviceKey']},
] as const
const ROUTING = aRouting(
  ['db', 'web', 'old'].map((team) =>
    aRoute({
      receiver: team,
      matchers: [{label: `to_${team}`, operator: '=', value: 'yes'}],
      groupBy: ['alertname', 'host'],
      continue: true,
    }),
  ),
  {receivers},
)

function group(receiver: string, labels: Record<string, string>, startsAt = AT): AlertGroup {
  const {alertname = '', host} = labels
  return {
    receiver,
    labels: {alertname, ...(host === undefined ? {} : {host})},
    alerts: [{labels: {[`to_${receiver}`]: 'yes', ...labels}, startsAt, ...ACTIVE}],
  }
}

const look = (groups: readonly AlertGroup[], receiver: string | null = null, alerts = ['Down']): AlertPages =>
  alertPages(ROUTING, groups, {alerts, receiver}, re2jsPatterns)

describe('the pages of Alertmanager for an incident', () => {
  it.each<[string, AlertPages, string]>([
    ['that names no alert', look([group('db', {alertname: 'Down'})], null, []), 'noAlert'],
    ['whose alerts it does not have', look([group('db', {alertname: 'Other'})]), 'notFiring'],
    ['that it tells a webhook', look([group('ops', {alertname: 'Down'})]), 'notPaged'],
    ['that pages by another receiver', look([group('db', {alertname: 'Down'})], 'web'), 'otherReceiver'],
    ['that pages by a receiver that is not there', look([group('db', {alertname: 'Down'})], 'dba'), 'otherReceiver'],
    ['that it tells a webhook, where a pager is named', look([group('ops', {alertname: 'Down'})], 'dba'), 'notPaged'],
    ['that it pages for by the old API', look([group('old', {alertname: 'Down'})]), 'serviceKey'],
    [
      'that it pages two receivers for',
      look([group('db', {alertname: 'Down', to_web: 'yes'}), group('web', {alertname: 'Down', to_db: 'yes'})]),
      'severalReceivers',
    ],
    [
      'whose group is of no route that is known',
      look([{...group('db', {alertname: 'Down'}), alerts: [{labels: {alertname: 'Down'}, startsAt: AT, ...ACTIVE}]}]),
      'unreadable',
    ],
  ])('are none for one %s', (_, pages, why) => {
    expect(pages).toEqual({kind: 'none', why})
  })

  const stated = (state: 'active' | 'suppressed' | 'unprocessed', host = 'a'): AlertGroup => {
    const one = group('db', {alertname: 'Down', host})
    return {...one, alerts: one.alerts.map((alert) => ({...alert, state}))}
  }

  it('are of active alerts only: for what is silenced or inhibited it pages nobody', () => {
    expect(look([stated('suppressed')])).toEqual({kind: 'none', why: 'suppressed'})
    expect(look([stated('unprocessed')])).toEqual({kind: 'none', why: 'unreadable'})
    const told = look([stated('suppressed'), stated('active', 'b')])
    expect(told.kind === 'pages' && told.pages.map(({key}) => key)).toEqual([
      '{}/{to_db="yes"}:{alertname="Down", host="b"}',
    ])
  })

  it('are none by a route that is muted at times', () => {
    const root = {...ROUTING.root, routes: ROUTING.root.routes.map((one) => ({...one, timed: true}))}
    const by = (groups: readonly AlertGroup[]): AlertPages =>
      alertPages({...ROUTING, root}, groups, {alerts: ['Down'], receiver: null}, re2jsPatterns)
    expect(by([stated('active')])).toEqual({kind: 'none', why: 'timed'})
    expect(by([stated('suppressed')])).toEqual({kind: 'none', why: 'suppressed'})
  })

  it.each([
    ['0.28.1', 'pages'],
    ['0.29.0', 'none'],
    ['1.0.0', 'none'],
  ])('of %s are %s where something of the group reads as a template, of whichever alert', (version, kind) => {
    const one = group('db', {alertname: 'Down', host: 'a'})
    const other = {
      labels: {to_db: 'yes', alertname: 'Down', host: 'a', to: '{{'},
      startsAt: AT,
      ...ACTIVE,
      likeTemplate: true,
    }
    const groups = [{...one, alerts: [...one.alerts, other]}]
    const told = alertPages({...ROUTING, version}, groups, {alerts: ['Down'], receiver: null}, re2jsPatterns)
    expect(told).toMatchObject({kind, ...(kind === 'none' && {why: 'unrendered'})})
  })

  it('are those of the receiver that is named, the oldest first, each once', () => {
    const groups = [
      group('db', {alertname: 'Down', host: 'b'}, LATER),
      group('db', {alertname: 'Down', host: 'a'}),
      {...group('db', {alertname: 'Down', host: 'a'}, LATER)},
      group('web', {alertname: 'Down'}),
    ]
    const told = look(groups, 'db')
    expect(told.kind === 'pages' && told.pages.map(({key}) => key)).toEqual([
      '{}/{to_db="yes"}:{alertname="Down", host="a"}',
      '{}/{to_db="yes"}:{alertname="Down", host="b"}',
    ])
  })

  it('are of the labels that Alertmanager groups by, where its configuration does not tell', () => {
    const odd = {...group('db', {alertname: 'Down', host: 'a'}), labels: {}}
    expect(look([odd])).toMatchObject({pages: [{key: '{}/{to_db="yes"}:{}'}]})
  })
})

describe('whose page an incident is', () => {
  const patterns = () => Promise.resolve(re2jsPatterns)
  const search = {alerts: ['Down'], receiver: null}

  it("is Alertmanager's by the hash of its key, which counts the others", async () => {
    const groups = [group('db', {alertname: 'Down', host: 'a'}), group('db', {alertname: 'Down', host: 'b'}, LATER)]
    expect(await findPage({routing: fakeAlertRouting(ROUTING, {groups}), patterns}, search)).toEqual({
      ...{by: 'alertmanager', receiver: 'db', alert: 'Down', others: 1},
      key: sha256('{}/{to_db="yes"}:{alertname="Down", host="a"}'),
    })
  })

  it.each([
    ['unreachable', 'unanswered'],
    ['timedOut', 'unanswered'],
    ['badAnswer', 'unreadable'],
    ['usage', 'unreadable'],
  ] as const)("is faci's where Alertmanager is %s", async (code, why) => {
    const routing = {
      ...fakeAlertRouting(ROUTING),
      groups: () => Promise.reject(new FaciError(code, 'x')),
    }
    expect(await findPage({routing, patterns}, search)).toEqual({by: 'faci', why})
  })

  it('is asked of nobody where no alert is named, and a bug or Ctrl-C stays one', async () => {
    const routing = {...fakeAlertRouting(ROUTING), routing: () => Promise.reject(new Error('bug'))}
    expect(await findPage({routing, patterns}, {...search, alerts: []})).toEqual({by: 'faci', why: 'noAlert'})
    await expect(findPage({routing, patterns}, search)).rejects.toThrow('bug')
  })
})

describe('the end of a page of Alertmanager', () => {
  const KEY = sha256('{}/{to_db="yes"}:{alertname="Down", host="a"}')
  const byHost = aRouting(
    [aRoute({receiver: 'db', matchers: [{label: 'to_db', operator: '=', value: 'yes'}], groupBy: ['host']})],
    {receivers},
  )
  const hostKey = sha256('{}/{to_db="yes"}:{host="a"}')
  const alert = (alertname: string, state: 'active' | 'suppressed' = 'active', to = 'yes') => ({
    ...{labels: {alertname, host: 'a', to_db: to}, startsAt: AT, state, likeTemplate: false},
  })
  const ofHost = (...alerts: AlertGroup['alerts']): AlertGroup => ({receiver: 'db', labels: {host: 'a'}, alerts})
  const end = (groups: readonly AlertGroup[], key = hostKey, receiver = 'db') =>
    pageEnd(byHost, groups, {key, receiver, alerts: ['Down']}, re2jsPatterns)

  it('is that of its incident where nothing else fires, or is in another group', () => {
    expect(end([])).toBe('ends')
    expect(end([ofHost(alert('Down'))])).toBe('ends')
    expect(end([ofHost(alert('Down'), alert('Other', 'suppressed'))])).toBe('ends')
    const elsewhere = {...ofHost(alert('Other')), labels: {host: 'b'}}
    const b = {...elsewhere, alerts: [{...alert('Other'), labels: {alertname: 'Other', host: 'b', to_db: 'yes'}}]}
    expect(end([b])).toBe('ends')
    expect(end([ofHost(alert('Other'))], KEY)).toBe('ends')
    expect(end([ofHost(alert('Other'))], hostKey, 'web')).toBe('ends')
  })

  it('is not while another alert of the same group fires', () => {
    expect(end([ofHost(alert('Down'), alert('Other'))])).toBe('others')
    expect(end([ofHost(alert('Other'))])).toBe('others')
  })

  it('is not known where the group of another alert cannot be told, unless one is known to be on it', () => {
    const strange = ofHost(alert('Other', 'active', 'no'))
    expect(end([strange])).toBe('unknown')
    expect(end([strange, ofHost(alert('Third'))])).toBe('others')
  })
})
