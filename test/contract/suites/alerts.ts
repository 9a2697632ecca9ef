import {describe, expect, it} from 'vitest'
import type {Alert} from '../../../src/domain/alerts/alert.js'
import type {SilenceWish} from '../../../src/domain/alerts/silence.js'
import type {Alerts} from '../../../src/ports/alerts.js'

function later(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString()
}

function slowSilence(seconds: number): SilenceWish {
  const matchers = [
    {label: 'alertname', operator: '=', value: 'HighResponseTime'},
    {label: 'severity', operator: '=~', value: 'warn.*|"x"'},
    {label: 'replica', operator: '!=', value: '7'},
    {label: 'team', operator: '!~', value: 'b.+'},
  ] as const
  return {id: null, matchers, startsAt: later(0), endsAt: later(seconds), createdBy: 'ana', comment: 'deploy'}
}

async function slow(alerts: Alerts): Promise<Alert | undefined> {
  return (await alerts.active()).find(({name}) => name === 'HighResponseTime')
}

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

    it('makes a silence, which quietens what it covers until it is ended', async () => {
      const alerts = make()
      const wish = slowSilence(600)
      const id = await alerts.silence(wish)
      const {matchers, endsAt, createdBy, comment} = wish
      const all = expect.arrayContaining([...matchers]) as unknown
      const made = {id, state: 'active', endsAt, createdBy, comment, matchers: all}
      expect(await alerts.silences()).toContainEqual(expect.objectContaining(made) as unknown)
      expect(await slow(alerts)).toMatchObject({state: 'suppressed', silencedBy: [id]})
      await alerts.expireSilence(id)
      expect((await alerts.silences()).map((silence) => silence.id)).not.toContain(id)
      expect(await slow(alerts)).toMatchObject({state: 'firing', silencedBy: []})
    })

    it('makes a silence longer, and it stays the same one', async () => {
      const alerts = make()
      const wish = slowSilence(60)
      const id = await alerts.silence(wish)
      const made = (await alerts.silences()).find((silence) => silence.id === id)
      const endsAt = later(1200)
      expect(await alerts.silence({...wish, startsAt: made?.startsAt ?? '', id, endsAt})).toBe(id)
      expect((await alerts.silences()).filter((silence) => silence.id === id)).toMatchObject([{endsAt}])
      await alerts.expireSilence(id)
    })

    it('gives silences, the soonest to end first', async () => {
      const alerts = make()
      const ids = [await alerts.silence(slowSilence(900)), await alerts.silence(slowSilence(300))]
      const order = (await alerts.silences()).map(({id}) => id).filter((id) => ids.includes(id))
      expect(order).toEqual([...ids].reverse())
      for (const id of ids) await alerts.expireSilence(id)
    })

    it('has nothing to end where there is no such silence', async () => {
      const nobody = '6f1b5f3e-0c55-4b3b-9d52-5a0d7a3c9b11'
      await expect(make().expireSilence(nobody)).rejects.toMatchObject({code: 'notFound'})
    })

    it('refuses a silence of everything', async () => {
      const matchers = [{label: 'alertname', operator: '=~', value: '.*'}] as const
      await expect(make().silence({...slowSilence(60), matchers})).rejects.toMatchObject({code: 'usage'})
    })

    it('knows the version', async () => {
      expect(await make().version()).toMatch(/^\d+\.\d+/)
    })
  })
}
