import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Condition} from '../../../../src/domain/runbook/runbook.js'
import {fakeHttp} from '../../../support/fakes/http.js'
import {lookAtConditions} from '../../../../src/usecases/runbook/look-at-resolved.js'

const endpoints = [{name: 'api', url: 'http://api.internal/health', timeoutSeconds: 1}]
const conditions: readonly Condition[] = [
  {kind: 'health', name: 'api'},
  {kind: 'http', url: 'http://api.internal/stats', expect: {kind: 'statusClass', hundreds: 2, text: '2xx'}},
]

async function statesWhen(code: 'unreachable' | 'timedOut' | 'noRoute'): Promise<readonly string[]> {
  const http = {send: () => Promise.reject(new FaciError(code, 'no answer'))}
  const readings = await lookAtConditions(
    {http, prober: {...fakeHttp(() => 200), ...http}, metrics: null},
    {conditions, endpoints, values: {}},
  )
  return readings.map(({state}) => state)
}

describe('resolved, when nobody answers', () => {
  it('does not hold: that is what being down looks like', async () => {
    expect(await statesWhen('unreachable')).toEqual(['false', 'false'])
    expect(await statesWhen('timedOut')).toEqual(['false', 'false'])
  })

  it('cannot be seen from a machine that has no network, or does not know the name', async () => {
    expect(await statesWhen('noRoute')).toEqual(['unknown', 'unknown'])
  })
})
