import {describe, expect, it} from 'vitest'
import type {DiagnoseBlock} from '../../../../src/domain/runbook/runbook.js'
import type {QueryLimits} from '../../../../src/ports/metrics.js'
import {runQueryBlock} from '../../../../src/usecases/runbook/query-block.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeHttp} from '../../../support/fakes/http.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'

const BLOCK: DiagnoseBlock & {language: 'promql'} = {
  ...{role: 'diagnose', language: 'promql', id: 'p95', line: 1, body: 'p95', attributes: 'diagnose capture=p95'},
  ...{timeoutSeconds: 60, outputs: [], placeholders: [], capture: 'p95', expect: null, retries: 0, backoffSeconds: 1},
}
const sample = [{labels: {}, value: 0.4}]
const {signal} = new AbortController()

function deps(metrics: ReturnType<typeof fakeMetrics>) {
  return {clock: fakeClock(), http: fakeHttp(() => 200), metrics}
}

describe('a promql block', () => {
  it('keeps its value', async () => {
    const result = await runQueryBlock(deps(fakeMetrics({p95: sample})), {
      ...{block: BLOCK, values: {}, timeoutSeconds: 60, signal},
    })
    expect(result).toMatchObject({outcome: 'ok', captured: {p95: '0.4'}})
  })

  it.each([
    [0, ''],
    [50, /^(?:1 {2}\{n="\d+"\}\n?){50}$/],
    [53, /n="49"\}\n… \+3$/],
  ])('of %i samples has an output without a word of its own', async (count, output) => {
    const samples = Array.from({length: count}, (_, index) => ({labels: {n: String(index)}, value: 1}))
    const result = await runQueryBlock(deps(fakeMetrics({p95: samples})), {
      ...{block: {...BLOCK, capture: null}, values: {}, timeoutSeconds: 60, signal},
    })
    expect(result).toMatchObject({outcome: 'ok', detail: null})
    if (typeof output === 'string') expect(result.output).toBe(output)
    else expect(result.output).toMatch(output)
  })

  it('keeps nothing of an unreliable answer, and is unknown', async () => {
    const partial = fakeMetrics({p95: sample}, {}, ['partial data'])
    const result = await runQueryBlock(deps(partial), {block: BLOCK, values: {}, timeoutSeconds: 60, signal})
    expect(result).toMatchObject({
      outcome: 'unknown',
      detail: {why: 'unreliable', warning: 'partial data'},
      captured: {},
    })
  })

  it('asks with its own timeout, and can be interrupted', async () => {
    const limits: (QueryLimits | undefined)[] = []
    const metrics = fakeMetrics({p95: sample})
    const spied = {
      ...metrics,
      query: (expression: string, given?: QueryLimits) => {
        limits.push(given)
        return metrics.query(expression)
      },
    }
    await runQueryBlock(deps(spied), {block: BLOCK, values: {}, timeoutSeconds: 42, signal})
    expect(limits).toEqual([{timeoutSeconds: 42, signal}])
  })
})
