import {describe, expect, it} from 'vitest'
import type {Receiver} from '../../../../src/domain/alerts/routing.js'
import {sharedPages} from '../../../../src/domain/doctor/shared-pages.js'
import {setupFactText} from '../../../../src/render/words/en/doctor.js'
import {aRoute, aRouting} from '../../../support/fakes/alert-routing.js'

const receiver = (name: string, ...pagerDuty: Receiver['pagerDuty']): Receiver => ({name, integrations: [], pagerDuty})
const OPS = receiver('ops')
const PAGER = receiver('pager', 'routingKey')
const OTHER = receiver('other', 'serviceKey', 'routingKey')
const OLD = receiver('old', 'serviceKey')
const ROUTES = [PAGER, OTHER, OLD].map(({name}) => aRoute({receiver: name}))

function said(receivers: readonly Receiver[], named: string | null, routes = ROUTES): readonly (string | null)[] {
  const {state, fact} = sharedPages(aRouting(routes, {receivers}), named)
  const {detail, next} = setupFactText(fact)
  return [state, detail, next]
}

const ALONE = ': incidents page on their own, beside Alertmanager'
const CONFIGS = 'write pagerduty_configs: [{routing_key: …}]'

describe('pages that are shared with Alertmanager', () => {
  it.each([
    [[OPS, PAGER], 'pager', 'receiver pager'],
    [[PAGER, OPS], null, 'receiver pager'],
    [[PAGER, OLD, OTHER], null, 'receivers pager, other'],
    [[OTHER], 'other', 'receiver other'],
  ])('are fine with %j where %s is named, and the key is nothing that was seen', (receivers, named, told) => {
    const key = ', if the routing key is the same: Alertmanager keeps it secret'
    expect(said(receivers, named)).toEqual(['ok', `incidents adopt the pages of Alertmanager's ${told}${key}`, null])
  })

  it.each([
    [
      'gone',
      [OPS, PAGER],
      'Alertmanager has loaded no receiver gone',
      'write alertmanager: pager under notices.pagerduty in faci.yml',
    ],
    [
      'gone',
      [OPS],
      'Alertmanager has loaded no receiver gone',
      `${CONFIGS} in a receiver gone of Alertmanager's configuration`,
    ],
    [
      'ops',
      [OPS],
      "Alertmanager's receiver ops has no pagerduty_configs",
      `${CONFIGS} in a receiver ops of Alertmanager's configuration`,
    ],
    [
      'old',
      [OPS, OLD],
      "Alertmanager's receiver old pages by service_key, the older API of PagerDuty",
      `${CONFIGS} in place of service_key in Alertmanager's configuration`,
    ],
    [
      null,
      [OPS],
      'Alertmanager has no receiver with pagerduty_configs',
      `${CONFIGS} in a receiver of Alertmanager's configuration`,
    ],
    [
      null,
      [OPS, OLD],
      "Alertmanager's receiver old pages by service_key, the older API of PagerDuty",
      `${CONFIGS} in place of service_key in Alertmanager's configuration`,
    ],
  ])('are warned of with %s of %j, with what to write', (named, receivers, detail, next) => {
    expect(said(receivers, named)).toEqual(['warning', `${detail}${ALONE}`, next])
  })

  it('are warned of where no route leads to the receiver', () => {
    expect(said([OPS, PAGER], 'pager', [])).toEqual([
      'warning',
      `no route of Alertmanager leads to its receiver pager${ALONE}`,
      "write a route with receiver: pager in Alertmanager's configuration",
    ])
  })
})
