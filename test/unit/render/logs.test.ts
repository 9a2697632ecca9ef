import {describe, expect, it} from 'vitest'
import {matcherOf} from '../../../src/domain/logs/log-filter.js'
import {parseEntry} from '../../../src/domain/logs/parse-entry.js'
import {screenTimes} from '../../../src/domain/time/screen-times.js'
import {jsonLogs, prettyLogs, rawLogs} from '../../../src/render/logs/logs.js'
import {logSummaryText} from '../../../src/render/logs/log-summary.js'
import {PLAIN} from '../../../src/render/text/style.js'
import {logSummaryDocuments} from '../../support/documents/logs.js'

const parse = (text: string) => parseEntry({stamp: null, text}, {service: 'api', replica: 1})
const pretty = prettyLogs({...PLAIN, times: screenTimes('America/Sao_Paulo')})

const REQUEST = JSON.stringify({
  timestamp: '2026-11-23T06:00:00.123Z',
  level: 'ERROR',
  message: 'Request failed',
  request_id: 'req-1',
  method: 'GET',
  endpoint: '/cars/:id',
  path: '/cars/7',
  status: 500,
  duration_ms: 1250,
  exception: 'Error: boom\n    at x',
})

describe('logSummaryText', () => {
  it('has the errors of all endpoints in the last row', async () => {
    for (const summary of await logSummaryDocuments()) {
      const {endpoints, duration} = summary.data.summary
      if (duration === null) continue
      const failed = endpoints.reduce((sum, {serverErrors}) => sum + serverErrors, 0)
      expect(logSummaryText(summary, PLAIN).split('\n').at(-1)).toMatch(
        new RegExp(`^all +${String(duration.count)} +${String(failed)} `),
      )
    }
    expect.hasAssertions()
  })
})

describe('prettyLogs on 80 columns', () => {
  const times = screenTimes('America/Sao_Paulo')
  const id = '4b8a1c2d-0f1e-4b54-9922-5130aabbccdd'
  const request = {level: 'DEBUG', method: 'GET', path: '/health', status: 200, duration_ms: 1.25, request_id: id}
  const lines = ['2026-11-23T02:59:59.999Z', '2026-11-23T03:00:00.123Z', '2026-11-23T03:00:01.000Z'].map((timestamp) =>
    parse(JSON.stringify({...request, timestamp, message: 'GET /health 200'})),
  )

  it('says each day once, and has a request in a row', () => {
    expect(
      lines
        .map(prettyLogs({...PLAIN, times, edge: true, width: 80}))
        .join('\n')
        .split('\n'),
    ).toEqual([
      '── 2026-11-22 -03 ──',
      '23:59:59.999  DEBUG  api-1  GET /health 200 1.3 ms  4b8a1c2d',
      '── 2026-11-23 -03 ──',
      '00:00:00.123  DEBUG  api-1  GET /health 200 1.3 ms  4b8a1c2d',
      '00:00:01.000  DEBUG  api-1  GET /health 200 1.3 ms  4b8a1c2d',
    ])
  })

  it('finds a request by what is shown of its id', () => {
    const found = (requestId: string) => lines.filter(matcherOf({requestId})).length
    expect([id, '4b8a1c2d', '4b8a1c2', '4b8a'].map(found)).toEqual([3, 3, 0, 0])
  })

  it.each([120, 200])('has everything on a line of %d columns, and on a pipe', (width) => {
    for (const edge of [true, false]) {
      const [line] = lines.map(prettyLogs({...PLAIN, times, edge, width: edge ? width : 80}))
      expect(line).toBe(`11-22 23:59:59.999-03  DEBUG  api-1  GET /health 200 1.3 ms  ${id}`)
    }
  })
})

describe('prettyLogs', () => {
  it('shows time, level, service, request, message and id on a line, the exception below', () => {
    expect(pretty(parse(REQUEST))).toBe(
      '11-23 03:00:00.123-03  ERROR  api-1  GET /cars/7 500 1.25 s  Request failed  req-1\n    Error: boom\n      at x',
    )
  })

  it('shows the fields that it does not know, but for what the container is known by', () => {
    const line = {level: 'info', msg: 'sold', shop: 'São Paulo', price: 7, tags: ['a'], pid: 3, hostname: 'f00'}
    expect(pretty(parse(JSON.stringify({...line, note: 'x'.repeat(500)})))).toMatch(
      /INFO {3}api-1 {2}sold {2}shop="São Paulo" price=7 tags=\["a"\] note=x{120}…$/,
    )
  })

  it('shows a plain line as it is, with what is known', () => {
    expect(pretty(parse('Server ready'))).toBe('-                      -      api-1  Server ready')
  })

  it('says nothing twice: a message that only repeats the request is left out', () => {
    const request = {method: 'POST', endpoint: '/recommend', status: 200, duration_ms: 12}
    expect(pretty(parse(JSON.stringify({...request, message: 'POST /recommend 200'})))).toMatch(
      /api-1 {2}POST \/recommend 200 12\.0 ms$/,
    )
    expect(pretty(parse(JSON.stringify({...request, message: 'POST /recommend 200 slow'})))).toMatch(/200 slow$/)
  })

  it('shows an error with its first three frames, and the command for the rest', () => {
    const exception = ['Error: boom', ...[1, 2, 3, 4, 5].map((n) => `    at f${String(n)}`), 'Caused by: cold'].join(
      '\n',
    )
    expect(
      pretty(parse(JSON.stringify({message: 'Failed', exception})))
        .split('\n')
        .slice(1),
    ).toEqual([
      '    Error: boom',
      '      at f1',
      '      at f2',
      '      at f3',
      '      … 2 more frames (--output raw)',
      '    Caused by: cold',
    ])
  })

  it('keeps the last line of a Python traceback, which is the error', () => {
    const frames = [1, 2, 3, 4].map((n) => `  File "a.py", line ${String(n)}\n    call()`)
    const exception = ['Traceback (most recent call last):', ...frames, 'ValueError: x'].join('\n')
    const shown = pretty(parse(JSON.stringify({message: 'Failed', exception})))
    expect(shown).toContain('… 1 more frames')
    expect(shown).not.toContain('line 4')
    expect(shown).toMatch(/ValueError: x$/)
  })

  it('lets no control character of a log reach the terminal', () => {
    const text = pretty(
      parse(JSON.stringify({message: '\u001B[2Jgone\rx', path: '/\u001B]0;', exception: 'a\r\nb\u009B'})),
    )
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
    expect(text).toContain('\n    a\n    b')
  })
})

describe('rawLogs and jsonLogs', () => {
  it('give the text as written, and one object a line', () => {
    expect(rawLogs(parse(REQUEST))).toBe(REQUEST)
    expect(JSON.parse(jsonLogs(parse(REQUEST)))).toMatchObject({level: 'error', durationSeconds: 1.25, raw: REQUEST})
  })
})
