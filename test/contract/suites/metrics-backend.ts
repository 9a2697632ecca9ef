import {describe, expect, it} from 'vitest'
import type {PrometheusOptions} from '../../../src/adapters/prometheus/prometheus-client.js'
import {createPrometheusMetrics} from '../../../src/adapters/prometheus/prometheus-metrics.js'
import type {Metrics} from '../../../src/ports/metrics.js'
import type {Backend} from '../../support/backends/backend.js'

/** From 2.48 on Prometheus does; until 3 among its warnings. */
function remarksOnQueries(name: string): boolean {
  const [, major = '0', minor = '0'] = /^Prometheus (\d+)\.(\d+)/.exec(name) ?? []
  return Number(major) * 1000 + Number(minor) >= 2048
}

/** What every real backend does alike through the adapter, and where one differs, how. */
export function backendContract(
  {name, kind}: Backend,
  url: () => string,
  options: Omit<PrometheusOptions, 'url'>,
): void {
  const isPrometheus = kind === 'prometheus'
  const metrics = (): Metrics => createPrometheusMetrics({...options, url: url()})

  describe(name, () => {
    it('sends infinities as they are', async () => {
      expect((await metrics().query('vector(1) / 0')).samples[0]?.value).toBe(Infinity)
      expect((await metrics().query('vector(-1) / 0')).samples[0]?.value).toBe(-Infinity)
    })

    it(isPrometheus ? 'sends NaN as it is' : 'leaves NaN out', async () => {
      const {samples} = await metrics().query('vector(0) / 0')
      expect(samples).toEqual(isPrometheus ? [{labels: {}, value: NaN}] : [])
    })

    it('evaluates when it is told to, now too', async () => {
      const now = Math.floor(Date.now() / 1000)
      for (const at of [1_709_640_000, now - 5, now]) {
        expect((await metrics().query('time()', {at})).samples).toEqual([{labels: {}, value: at}])
      }
    })

    it('gives every point of a range at its time, aligned to the step or not', async () => {
      const range = {start: 1_709_553_607, end: 1_709_553_607 + 15 * 99, stepSeconds: 15}
      const {series} = await metrics().queryRange('time()', range)
      const times = Array.from({length: 100}, (_, index) => range.start + 15 * index)
      expect(series).toEqual([{labels: {}, points: times.map((at) => ({at, value: at}))}])
    })

    it('gives 11,000 points', async () => {
      const range = {start: 1_709_553_600, end: 1_709_553_600 + 10_999, stepSeconds: 1}
      expect((await metrics().queryRange('vector(7)', range)).series[0]?.points).toHaveLength(11_000)
    })

    it('answers a number', async () => {
      const answer = await createPrometheusMetrics({...options, url: `${url()}/`}).query('42')
      expect(answer).toMatchObject({kind: isPrometheus ? 'scalar' : 'vector', samples: [{value: 42}]})
    })

    it('calls a range vector a usage error that says what to write', async () => {
      await expect(metrics().query('up[5m]')).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringContaining('rate(…[5m])') as string,
      })
    })

    it.each(['nofunc(up)', 'sum by (x) rate(up)', 'up{', 'histogram_quantile(0.5)', 'up{job=~"("}'])(
      'calls %s a usage error, in a range too, without the query in its words',
      async (expression) => {
        const wrong = {code: 'usage', message: expect.not.stringContaining('when executing query') as string}
        await expect(metrics().query(expression)).rejects.toMatchObject(wrong)
        const range = {start: 1_709_553_600, end: 1_709_557_200, stepSeconds: 60}
        await expect(metrics().queryRange(expression, range)).rejects.toMatchObject(wrong)
      },
    )

    it('calls series that cannot be matched no fault of the syntax', async () => {
      const twice = 'http_requests_total * on (job) http_requests_total'
      await expect(metrics().query(twice, {at: 1_709_640_000})).rejects.toMatchObject({
        code: 'badAnswer',
        message: expect.stringMatching(/duplicate (?:time )?series/) as string,
      })
    })

    it('may remark on a query without doubting its answer', async () => {
      const answer = await metrics().query('rate(cars_without_image[5m])', {at: 1_709_640_000})
      expect(answer).toMatchObject({samples: [{value: 0}, {value: 0}], warnings: []})
      const remarks = remarksOnQueries(name) ? [expect.stringContaining('might not be a counter')] : []
      expect(answer.notes).toEqual(remarks)
    })

    it('is not taken for one at another path', async () => {
      const elsewhere = createPrometheusMetrics({...options, url: url().replace('/base/path', '')})
      await expect(elsewhere.query('up')).rejects.toMatchObject({
        code: 'badAnswer',
        suggestions: [expect.stringContaining('prometheus.url')],
      })
    })
  })
}
