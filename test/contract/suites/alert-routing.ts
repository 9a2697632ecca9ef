import {describe, expect, it} from 'vitest'
import type {AlertRouting} from '../../../src/ports/alert-routing.js'
import {eventually} from '../../support/eventually.js'

/** The contract of the AlertRouting port, on an Alertmanager whose default route tells a webhook that answers. */
export function alertRoutingContract(name: string, make: () => AlertRouting): void {
  describe(`AlertRouting: ${name}`, () => {
    it('gives the default route, and what its receiver tells', async () => {
      const {root, receivers} = await make().routing()
      expect(root.matchers).toEqual([])
      expect(receivers.find((one) => one.name === root.receiver)?.integrations).toEqual(['webhook'])
    })

    it('counts what is sent once it is sent', async () => {
      const routing = make()
      const sentSoFar = async (): Promise<number> => (await routing.notifications())['webhook']?.sent ?? NaN
      const before = await sentSoFar()
      expect(before).toBeGreaterThanOrEqual(0)
      const now = Date.now()
      const labels = {alertname: 'RoutingContract', priority: 'P0', job: String(now)}
      const times = {startsAt: new Date(now).toISOString(), endsAt: new Date(now + 60_000).toISOString()}
      await routing.send([{labels, annotations: {summary: 'x'}, ...times}])
      await eventually(async () => expect(await sentSoFar()).toBeGreaterThan(before), 60)
      expect((await routing.notifications())['webhook']?.failed).toBe(0)
    })
  })
}
