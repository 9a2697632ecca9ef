import {type LoadedRouting, type Receiver, routePaths} from '../alerts/routing.js'
import type {SetupFinding} from './setup-report.js'

/** What is wrong with a receiver whose pages are to be shared; null: nothing that can be seen. */
function faultOf({pagerDuty, name}: Receiver, routed: ReadonlySet<string>) {
  if (pagerDuty.length === 0) return 'notPagerDuty'
  if (!pagerDuty.includes('routingKey')) return 'serviceKey'
  return routed.has(name) ? null : 'unrouted'
}

const WORST_LAST = ['unrouted', 'serviceKey', 'notPagerDuty'] as const

/**
 * Whether Alertmanager has a receiver whose pages an incident can adopt: the named one, or any where none is named. By which routing key it
 * pages Alertmanager tells nobody.
 */
export function sharedPages({root, receivers}: LoadedRouting, named: string | null): SetupFinding {
  const routed = new Set(routePaths(root).map(({route}) => route.receiver))
  const able = receivers.filter((one) => faultOf(one, routed) === null).map(({name}) => name)
  const warning = (fault: 'missing' | (typeof WORST_LAST)[number], receiver: string | null): SetupFinding => ({
    state: 'warning',
    fact: {why: 'pagesNotShared', fault, receiver, able},
  })
  const meant = receivers.filter(({name}) => named === null || name === named)
  const faults = meant.map((one) => ({name: one.name, fault: faultOf(one, routed)}))
  const fine = faults.filter(({fault}) => fault === null).map(({name}) => name)
  if (fine.length > 0) return {state: 'ok', fact: {why: 'pagesShared', receivers: fine}}
  if (named !== null && meant.length === 0) return warning('missing', named)
  for (const fault of WORST_LAST) {
    const met = faults.find((one) => one.fault === fault)
    if (met !== undefined) return warning(fault, named ?? (fault === 'notPagerDuty' ? null : met.name))
  }
  return warning('notPagerDuty', null)
}
