import {describe, expect, it} from 'vitest'
import {parseEntry} from '../../../src/domain/logs/parse-entry.js'
import {jsonLogs, prettyLogs, rawLogs} from '../../../src/render/text/logs.js'
import {PLAIN} from '../../../src/render/text/style.js'

const parse = (text: string) => parseEntry({stamp: null, text}, {service: 'api', replica: 1})
const pretty = prettyLogs(PLAIN, 'America/Sao_Paulo')

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

describe('prettyLogs', () => {
  it('shows time, level, service, request, message and id on a line, the exception below', () => {
    expect(pretty(parse(REQUEST))).toBe(
      '11-23 03:00:00.123  ERROR  api-1  GET /cars/7 500 1.25 s  Request failed  req-1\n    Error: boom\n      at x',
    )
  })

  it('shows a plain line as it is, with what is known', () => {
    expect(pretty(parse('Server ready'))).toBe('-                   -      api-1  Server ready')
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
