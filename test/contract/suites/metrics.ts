import {describe, expect, it} from 'vitest'
import type {Metrics} from '../../../src/ports/metrics.js'

/** The contract of the Metrics port. `vector(7)` is 7, at any time; samples are kept for `retentionSeconds`. */
export function metricsContract(name: string, make: () => Metrics, retentionSeconds: number): void {
  describe(`Metrics: ${name}`, () => {
    it('gives the sample of an instant query', async () => {
      const answer = await make().query('vector(7)')
      expect(answer.samples).toEqual([{labels: {}, value: 7}])
      expect(answer.warnings).toEqual([])
    })

    it('gives nothing, without an error, when nothing matches', async () => {
      expect((await make().query('no_such_metric')).samples).toEqual([])
    })

    it('calls a wrong expression a usage error that says what it misses', async () => {
      await expect(make().query('sum(')).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringMatching(/1:\d+: parse error|unexpected token "".*want "\("/) as string,
      })
    })

    it('gives a range', async () => {
      const {series} = await make().queryRange('vector(7)', {start: 1_700_000_000, end: 1_700_000_060, stepSeconds: 15})
      expect(series[0]?.points[0]?.value).toBe(7)
    })

    it('refuses more points than Prometheus gives', async () => {
      const range = {start: 0, end: 1_000_000, stepSeconds: 1}
      await expect(make().queryRange('vector(7)', range)).rejects.toMatchObject({code: 'usage'})
    })

    it('knows how long samples are kept', async () => {
      expect(await make().retention()).toBe(retentionSeconds)
    })

    it('knows no type of a metric that is not scraped', async () => {
      expect(await make().type('no_such_metric')).toBe('unknown')
    })

    it('knows the version, or that it is not said', async () => {
      expect(await make().version()).toMatch(/^\d+\.\d+|^unknown$/)
    })
  })
}
