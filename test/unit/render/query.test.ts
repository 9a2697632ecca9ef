import {describe, expect, it} from 'vitest'
import {instantAnswer} from '../../../src/adapters/prometheus/response.js'
import type {Labels} from '../../../src/domain/promql/sample.js'
import {queryCsv, queryText} from '../../../src/render/signals/query.js'
import {PLAIN} from '../../../src/render/text/style.js'
import {fakeClock} from '../../support/fakes/clock.js'
import {fakeMetrics} from '../../support/fakes/metrics.js'
import {withWrittenLabels} from '../../../src/domain/signals/query-report.js'
import {shownDocument} from '../../../src/domain/text/shown-document.js'
import {runQuery} from '../../../src/usecases/signals/run-query.js'

const ANSWER = {status: 200, headers: {}}
const STRING = {resultType: 'string', result: [1, 'x, y']}
const MANY = 200_000
const clock = fakeClock('2026-11-23T06:00:00Z')
const labelled = (index: number): Labels => ({id: String(index)})

describe('faci query', () => {
  it('prints the first of 200,000 series and how many there are, and one of as many points: nothing spreads them into a call', async () => {
    const samples = Array.from({length: MANY}, (_, index) => ({labels: labelled(index), value: index}))
    const points = samples.map(({value}) => ({at: value, value}))
    const metrics = fakeMetrics({many: samples}, {long: [{labels: {}, points}]})
    const instant = {expression: 'many', rangeSeconds: null, stepSeconds: null}
    const text = queryText(await runQuery({metrics, clock}, instant), PLAIN, false)
    const lines = text.split('\n')
    expect([lines.length, lines.at(-1)]).toEqual([10_002, '… (cut: 200000 rows)'])
    const range = {expression: 'long', rangeSeconds: 3600, stepSeconds: null}
    expect(queryText(await runQuery({metrics, clock}, range), PLAIN, true)).toMatch(/ 0 +199999 +199999 +\{\}$/)
  })

  it('prints a string as it is, not as a number that it is none', async () => {
    const metrics = {
      ...fakeMetrics({}),
      query: () => Promise.resolve(instantAnswer({...ANSWER, body: {status: 'success', data: STRING}})),
    }
    const result = await runQuery({metrics, clock}, {expression: '"x, y"', rangeSeconds: null, stepSeconds: null})
    expect(result).toMatchObject({verdict: 'ok', data: {kind: 'string', text: 'x, y'}})
    expect(queryText(result, PLAIN, false)).toBe('x, y')
    expect(queryCsv(result)).toBe('series,time,value\n,,"x, y"')
  })

  it.each([40, 60, 80, 120])('leaves room for the labels beside the picture, on a screen of %i', async (width) => {
    const labels = {__name__: 'http_requests_total', endpoint: '/cars', instance: 'api:8000', status: '200'}
    const points = Array.from({length: 240}, (_, index) => ({
      at: index * 15,
      value: index < 80 ? NaN : 1000.25 + index,
    }))
    const metrics = fakeMetrics({}, {up: [{labels, points}]})
    const result = await runQuery({metrics, clock}, {expression: 'up', rangeSeconds: 3600, stepSeconds: null})
    const lines = queryText(result, {...PLAIN, edge: true, width}, true).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
    const [title = '', first = ''] = lines
    expect(first.slice(title.indexOf('SERIES'))).toMatch(/^http_requests/)
    expect(first).toMatch(/[▁-█]{6,}/)
    expect(lines.slice(2).join('')).not.toMatch(/[▁-█]/)
  })

  it('writes labels as PromQL does, one row a series: what stands in one is told from what is written around it', async () => {
    const labels = {
      __name__: 'weird',
      path: 'a\nb"c\\d',
      ansi: '\u001B[31mred',
      secret: 'hunter2',
      'http.method': 'GET',
    }
    const metrics = fakeMetrics({
      weird: [
        {labels, value: 1},
        {labels: {__name__: 'a.b'}, value: 2},
      ],
    })
    const result = await runQuery({metrics, clock}, {expression: 'weird', rangeSeconds: null, stepSeconds: null})
    const mask = (text: string): string => text.replaceAll('hunter2', '***')
    const shown = shownDocument({...result, data: withWrittenLabels(result.data, mask)}, mask)
    const written = String.raw`weird{path="a\nb\"c\\d", ansi="\x1b[31mred", secret="***", "http.method"="GET"}`
    expect(queryText(shown, PLAIN, false).split('\n')).toEqual(['VALUE  SERIES', `    1  ${written}`, '    2  {"a.b"}'])
    expect(queryCsv(shown)).toBe(`series,time,value\n"${written.replaceAll('"', '""')}",,1\n"{""a.b""}",,2`)
  })
})
