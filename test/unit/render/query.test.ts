import {describe, expect, it} from 'vitest'
import type {Labels} from '../../../src/domain/signals/sample.js'
import {queryText} from '../../../src/render/text/query.js'
import {PLAIN} from '../../../src/render/text/style.js'
import {fakeClock} from '../../support/fakes/clock.js'
import {fakeMetrics} from '../../support/fakes/metrics.js'
import {runQuery} from '../../../src/usecases/signals/run-query.js'

const MANY = 200_000
const clock = fakeClock('2026-11-23T06:00:00Z')
const labelled = (index: number): Labels => ({id: String(index)})

describe('faci query', () => {
  it('prints 200,000 series, and one of as many points: nothing spreads them into a call', async () => {
    const samples = Array.from({length: MANY}, (_, index) => ({labels: labelled(index), value: index}))
    const points = samples.map(({value}) => ({at: value, value}))
    const metrics = fakeMetrics({many: samples}, {long: [{labels: {}, points}]})
    const instant = {expression: 'many', rangeSeconds: null, stepSeconds: null}
    const text = queryText(await runQuery({metrics, clock}, instant), PLAIN, false)
    expect(text.split('\n')).toHaveLength(MANY + 1)
    const range = {expression: 'long', rangeSeconds: 3600, stepSeconds: null}
    expect(queryText(await runQuery({metrics, clock}, range), PLAIN, true)).toMatch(/ 0 +199999 +199999 +\{\}$/)
  })
})
