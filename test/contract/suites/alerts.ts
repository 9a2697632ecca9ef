import {describe, expect, it} from 'vitest'
import type {Alerts} from '../../../src/ports/alerts.js'

/**
 * The contract of the Alerts port. The world has three alerts: a firing critical APIDown with runbook api-down, a firing
 * warning HighResponseTime (P1, high-latency), and a silenced critical Quiet without runbook; it may have others.
 */
export function alertsContract(name: string, make: () => Alerts): void {
  describe(`Alerts: ${name}`, () => {
    it('gives active alerts, critical before warning, with their runbook', async () => {
      const active = await make().active()
      const names = active.map((alert) => alert.name)
      expect(names.indexOf('APIDown')).toBeLessThan(names.indexOf('HighResponseTime'))
      expect(active).toContainEqual(
        expect.objectContaining({name: 'HighResponseTime', priority: 'P1', runbook: 'high-latency', state: 'firing'}),
      )
      expect(active.find((alert) => alert.name === 'APIDown')).toMatchObject({severity: 'critical', state: 'firing'})
    })

    it('gives the annotations, of which the runbook is one', async () => {
      for (const {annotations, runbook} of await make().active()) expect(annotations['runbook'] ?? null).toBe(runbook)
    })

    it('marks a silenced alert as suppressed, by whom', async () => {
      const quiet = (await make().active()).find((alert) => alert.name === 'Quiet')
      expect(quiet).toMatchObject({state: 'suppressed', runbook: null})
      expect(quiet?.silencedBy).toHaveLength(1)
    })

    it('knows the version', async () => {
      expect(await make().version()).toMatch(/^\d+\.\d+/)
    })
  })
}
