import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {parseEntry} from '../../../../src/domain/logs/parse-entry.js'

const ORIGIN = {service: 'api', replica: 2}
const STAMP = '2026-11-23T06:00:00.123456789Z'

const parse = (text: string, stamp: string | null = null) => parseEntry({stamp, text}, ORIGIN)

describe('parseEntry', () => {
  it('understands the guide’s JSON', () => {
    const raw = JSON.stringify({
      timestamp: '2026-11-23T06:00:00.500Z',
      level: 'ERROR',
      message: 'Request failed',
      module: 'app',
      function: 'onResponse',
      line: 42,
      request_id: 'req-1',
      user_id: 'user-7',
      method: 'GET',
      endpoint: '/cars/:id',
      path: '/cars/7?x=1',
      status: 500,
      duration_ms: 1250.5,
      exception: 'Error: boom\n    at x',
    })
    expect(parse(raw)).toEqual({
      at: '2026-11-23T06:00:00.500Z',
      level: 'error',
      message: 'Request failed',
      module: 'app',
      function: 'onResponse',
      line: 42,
      requestId: 'req-1',
      userId: 'user-7',
      method: 'GET',
      endpoint: '/cars/:id',
      path: '/cars/7',
      status: 500,
      durationSeconds: 1.2505,
      exception: 'Error: boom\n    at x',
      fields: {},
      service: 'api',
      replica: 2,
      raw,
    })
  })

  it('keeps what it does not know, also within what it knows in part', () => {
    const line = {
      ...{level: 'warn', msg: 'retry', time: '2026-11-23T06:00:00Z', '@timestamp': 'later', pid: 7},
      ...{attempt: 3, shop: {city: 'São Paulo'}, status: 'open', duration: 'long', tags: ['a', 'b']},
      req: {id: 'a-1', method: 'GET', headers: {accept: '*/*'}},
      err: {stack: 'Error: boom', code: 'ECONNRESET'},
      error: {message: 'boom'},
      res: 'none',
    }
    const entry = parse(JSON.stringify(line))
    expect(entry).toMatchObject({level: 'warning', message: 'retry', requestId: 'a-1', method: 'GET', status: null})
    expect(entry.fields).toEqual({
      ...{'@timestamp': 'later', pid: 7, attempt: 3, shop: {city: 'São Paulo'}, status: 'open', duration: 'long'},
      ...{tags: ['a', 'b'], req: {headers: {accept: '*/*'}}, err: {code: 'ECONNRESET'}, error: {message: 'boom'}},
      res: 'none',
    })
  })

  it('loses nothing: what is not in an entry by its own name is among its fields', () => {
    const value = fc.oneof(fc.string(), fc.double({noNaN: true}), fc.boolean(), fc.constant(null))
    const names = fc.constantFrom('level', 'msg', 'status', 'time', 'user_id', 'url', 'err', 'shop', 'name', 'line')
    fc.assert(
      fc.property(fc.dictionary(names, value), (written) => {
        const line: Record<string, unknown> = JSON.parse(JSON.stringify(written)) as typeof written
        const {fields} = parse(JSON.stringify(line))
        for (const [name, kept] of Object.entries(fields)) expect(kept).toEqual(line[name])
        const shown = Object.keys(fields)
        const understood = Object.keys(line).filter((name) => !shown.includes(name))
        expect([...understood, ...shown].sort()).toEqual(Object.keys(line).sort())
        if (typeof line['status'] === 'boolean') expect(shown).toContain('status')
        if ('shop' in line) expect(shown).toContain('shop')
      }),
    )
  })

  it('understands pino with its HTTP plugin', () => {
    const line = {
      level: 50,
      time: 1_763_877_600_000,
      msg: 'request errored',
      req: {id: 'a-1', method: 'POST', url: '/cars?x=1'},
      res: {statusCode: 503},
      responseTime: 20,
      err: {message: 'boom', stack: 'Error: boom\n at y'},
    }
    expect(parse(JSON.stringify(line))).toMatchObject({
      at: '2025-11-23T06:00:00.000Z',
      level: 'error',
      message: 'request errored',
      requestId: 'a-1',
      method: 'POST',
      path: '/cars',
      status: 503,
      durationSeconds: 0.02,
      exception: 'Error: boom\n at y',
    })
  })

  it.each([
    [
      {level: 'warn', msg: 'x', time: 1_763_877_600.5},
      {level: 'warning', message: 'x', at: '2025-11-23T06:00:00.500Z'},
    ],
    [
      {severity: 'CRITICAL', message: 'x', timestamp: '2024-10-12 10:00:00,123'},
      {level: 'critical', at: '2024-10-12T10:00:00.123Z'},
    ],
    [{level: 35}, {level: 'info'}],
    [{level: 5}, {level: null}],
    [{level: 'odd', lvl: 'fatal'}, {level: 'critical'}],
    [
      {status: '404', duration_seconds: 2},
      {status: 404, durationSeconds: 2},
    ],
    [
      {status: 'ok', duration: 'long', user_id: 7},
      {status: null, durationSeconds: null, userId: '7'},
    ],
    [{status: 1e9}, {status: null}],
    [{time: 1e300, ts: '2026-11-23T06:00:00+0200'}, {at: '2026-11-23T04:00:00.000Z'}],
    [{error: {message: 'refused'}}, {exception: 'refused'}],
  ])('understands %j', (fields, expected) => {
    expect(parse(JSON.stringify(fields))).toMatchObject(expected)
  })

  it.each([
    ['2026-11-23T06:00:00Z INFO ready', 'info', 'ready'],
    ['[2026-11-23 06:00:00,100] WARNING in app: slow', 'warning', 'in app: slow'],
    ['ts=2026-11-23T06:00:00.000Z caller=main.go:1 level=error msg="x"', 'error', 'x'],
    ['2026/11/23 06:00:00 [error] 7#7: connect() failed', 'error', '7#7: connect() failed'],
    ['[WARNING] 326/060000 (1) : Server api/api1 is DOWN', 'warning', '326/060000 (1) : Server api/api1 is DOWN'],
    ['1:M 23 Nov 2026 06:00:00.123 # WARNING overcommit_memory is 0', 'warning', 'WARNING overcommit_memory is 0'],
    ['1:M 23 Nov 2026 06:00:00.123 * Ready to accept connections', 'info', 'Ready to accept connections'],
    ['TypeError: x is not a function', 'error', 'TypeError: x is not a function'],
    ['Traceback (most recent call last):', 'error', 'Traceback (most recent call last):'],
    ['panic: runtime error', 'critical', 'panic: runtime error'],
    ['error: cannot open', 'error', 'cannot open'],
    ['request finished without error', null, 'request finished without error'],
    ['the last ERROR was an hour ago', null, 'the last ERROR was an hour ago'],
    ['{broken', null, '{broken'],
  ])('reads time and level of %j off its head', (line, level, message) => {
    expect(parse(line)).toMatchObject({level, message, raw: line})
  })

  it('takes the lines after the first as the exception, and the engine’s time when the line has none', () => {
    expect(parse('ERROR boom\n    at x\n    at y', STAMP)).toMatchObject({
      at: '2026-11-23T06:00:00.123Z',
      message: 'boom',
      exception: '    at x\n    at y',
    })
  })

  it.each(['[1]', '"text"', '{"a":', '7', 'null', ''])('takes %j as plain text', (text) => {
    expect(parse(text)).toMatchObject({message: text, at: null, level: null})
  })
})
