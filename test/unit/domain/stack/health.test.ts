import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {
  endpointVerdict,
  judgeAnswer,
  judgeExit,
  type Judgement,
  latencySummary,
  type Probe,
} from '../../../../src/domain/stack/health.js'
import type {HealthExpectation} from '../../../../src/domain/stack/expected-answer.js'
import {worstState} from '../../../../src/domain/verdict.js'

const probe = (latencySeconds: number | null, outcome: Probe['outcome'] = 'healthy'): Probe => ({
  outcome,
  status: 200,
  latencySeconds,
  reason: null,
})

function judged(status: number, body: string): Judgement {
  return judgeAnswer({status, headers: {}, body})
}

describe('latencySummary', () => {
  it('lies between the fastest and the slowest', () => {
    fc.assert(
      fc.property(fc.array(fc.double({min: 0, max: 100, noNaN: true}), {minLength: 1}), (values) => {
        const summary = latencySummary(values.map((value) => probe(value)))
        expect(summary?.minSeconds).toBe(Math.min(...values))
        expect(summary?.maxSeconds).toBe(Math.max(...values))
        expect(summary?.medianSeconds).toBeGreaterThanOrEqual(Math.min(...values))
        expect(summary?.medianSeconds).toBeLessThanOrEqual(Math.max(...values))
      }),
    )
  })

  it('has half of the values on each side', () => {
    expect(latencySummary([3, 1, 2].map((value) => probe(value)))?.medianSeconds).toBe(2)
    expect(latencySummary([4, 1, 2, 3].map((value) => probe(value)))?.medianSeconds).toBe(2.5)
  })

  it('is null without an answer', () => {
    expect(latencySummary([probe(null, 'unreachable')])).toBeNull()
  })
})

describe('verdicts', () => {
  it('an endpoint that answers sometimes is degraded, never healthy', () => {
    expect(endpointVerdict([probe(1), probe(null, 'unreachable')])).toBe('degraded')
    expect(endpointVerdict([probe(null, 'unreachable')])).toBe('down')
    expect(endpointVerdict([])).toBe('unknown')
  })

  it('one that does not know how it is, is neither healthy nor down', () => {
    expect(endpointVerdict([probe(1, 'unknown')])).toBe('unknown')
    expect(endpointVerdict([probe(1), probe(1, 'unknown')])).toBe('unknown')
    expect(endpointVerdict([probe(1, 'unknown'), probe(1, 'failing')])).toBe('degraded')
  })

  it('reads the answer', () => {
    expect(judged(200, '{"status":"healthy"}')).toEqual({outcome: 'healthy', reason: null})
    expect(judged(200, '{"uptime":3,"status":"degraded"}').outcome).toBe('degraded')
    expect(judged(204, '')).toEqual({outcome: 'healthy', reason: null})
    expect(judged(200, '<!doctype html><title>Sign in</title>').outcome).toBe('healthy')
    expect(judged(200, '{"status":"DOWN","components":{"db":{"status":"DOWN"}}}')).toEqual({
      outcome: 'failing',
      reason: {why: 'bodySays', status: 200, word: 'DOWN', parts: ['db']},
    })
    expect(judged(503, '{"status":"unhealthy"}')).toEqual({
      outcome: 'failing',
      reason: {why: 'httpStatus', status: 503, says: 'unhealthy'},
    })
    expect(judged(503, '{"status":"UP"}').outcome).toBe('failing')
  })

  it.each([
    ['/login', '/login'],
    ['https://user:hunter2@idp.example/login?token=abc#x', 'https://idp.example/login'],
    ['//user@idp.example/', '//idp.example/'],
    ['?next=/health', null],
    [undefined, null],
  ])('a redirect to %j leads to %j, which is not followed', (location, to) => {
    const headers: Readonly<Record<string, string>> = location === undefined ? {} : {location}
    const reason = {why: 'redirects', status: 302, to}
    expect(judgeAnswer({status: 302, headers, body: '{"status":"UP"}'})).toEqual({outcome: 'failing', reason})
  })

  const expecting = (expect: Partial<HealthExpectation>): HealthExpectation => ({
    ...{statuses: null, body: null, headers: {}},
    ...expect,
  })
  const JSON_TYPE = {'content-type': 'application/json; charset=utf-8'}
  const answer = (status: number, body = '', headers: Readonly<Record<string, string>> = {}) => ({
    status,
    headers,
    body,
  })

  it.each([
    ['a status', expecting({statuses: [401]}), answer(401, '{"status":"error"}')],
    ['one of several', expecting({statuses: [200, 302]}), answer(302, '', {location: '/'})],
    ['a header', expecting({headers: {'content-type': 'application/json'}}), answer(200, '', JSON_TYPE)],
    ['a text, which then says all', expecting({body: '"db":"up"'}), answer(200, '{"status":"DOWN","db":"up"}')],
  ])('is healthy with %s that is expected', (_, expected, reply) => {
    expect(judgeAnswer(reply, expected)).toEqual({outcome: 'healthy', reason: null})
  })

  const unexpected = (what: string, expected: string, got: string | null) => ({
    ...{why: 'unexpected', what, status: 200, expected, got},
  })

  it.each([
    ['another status', expecting({statuses: [204, 401]}), answer(200), unexpected('status', '204, 401', '200')],
    ['a failure', expecting({statuses: [204]}), answer(503, 'DOWN'), {why: 'httpStatus', status: 503, says: 'DOWN'}],
    [
      ...(['a redirect', expecting({statuses: [204]}), answer(302, '', {location: '/login'})] as const),
      {why: 'redirects', status: 302, to: '/login'},
    ],
    [
      ...(['no such header', expecting({headers: {'x-role': 'leader'}}), answer(200)] as const),
      unexpected('header', 'x-role: leader', null),
    ],
    [
      ...([
        'another header',
        expecting({headers: {'x-role': 'leader'}}),
        answer(200, '', {'x-role': 'follower'}),
      ] as const),
      unexpected('header', 'x-role: leader', 'follower'),
    ],
    ['another body', expecting({body: 'ready'}), answer(200, 'OK'), unexpected('body', 'ready', null)],
    [
      ...([
        'a body that says DOWN',
        expecting({headers: {'content-type': 'json'}}),
        answer(200, 'DOWN', JSON_TYPE),
      ] as const),
      {why: 'bodySays', status: 200, word: 'DOWN', parts: []},
    ],
  ])('is failing with %s', (_, expected, reply, reason) => {
    expect(judgeAnswer(reply, expected)).toEqual({outcome: 'failing', reason})
  })

  const UNREAD = {why: 'unreadBody', status: 200, encoding: 'zstd'}
  const zstd = {status: 200, headers: {'content-encoding': 'zstd'}, body: '(\uFFFD/\uFFFD\x04'}

  it('does not know of a body that it cannot decode, whatever is expected of it', () => {
    expect(judgeAnswer(zstd)).toEqual({outcome: 'unknown', reason: UNREAD})
    expect(judgeAnswer(zstd, expecting({body: 'ready'}))).toEqual({outcome: 'unknown', reason: UNREAD})
    expect(judgeAnswer(zstd, expecting({headers: {'x-role': 'leader'}})).outcome).toBe('failing')
    expect(judgeAnswer({...zstd, status: 503}).outcome).toBe('failing')
    expect(judgeAnswer({...zstd, status: 401}, expecting({statuses: [401]})).outcome).toBe('healthy')
  })

  it('reads a body that is text, whatever its header calls it', () => {
    expect(judgeAnswer({...zstd, body: 'OK'}).outcome).toBe('healthy')
    expect(judgeAnswer({...zstd, headers: {'content-encoding': 'UTF-8'}, body: 'DOWN'}).outcome).toBe('failing')
    expect(judgeAnswer({...zstd, body: ''}).outcome).toBe('healthy')
  })

  it('takes a command by its exit code, and the last line that it said', () => {
    expect(judgeExit({exitCode: 0, output: 'DOWN'})).toEqual({outcome: 'healthy', reason: null})
    expect(judgeExit({exitCode: 1, output: ''}).reason).toEqual({why: 'probeExited', exitCode: 1, said: ''})
    const {outcome, reason} = judgeExit({exitCode: 3, output: 'one\ntwo\n\n'})
    expect([outcome, reason]).toEqual(['failing', {why: 'probeExited', exitCode: 3, said: 'two'}])
  })

  it('a verdict from missing data is never healthy', () => {
    expect(worstState([])).toBe('unknown')
    expect(worstState(['healthy', 'unknown'])).toBe('unknown')
    expect(worstState(['unknown', 'degraded', 'healthy'])).toBe('degraded')
    expect(worstState(['unknown', 'down'])).toBe('down')
  })
})
