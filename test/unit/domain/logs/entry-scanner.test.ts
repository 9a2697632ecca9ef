import {aLogPattern} from '../../../support/patterns.js'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {candidatePattern} from '../../../../src/domain/logs/candidate-pattern.js'
import {entryScanner, type RawEntry} from '../../../../src/domain/logs/entry-scanner.js'
import type {LogEntry} from '../../../../src/domain/logs/log-entry.js'
import {type LogFilter, matcherOf} from '../../../../src/domain/logs/log-filter.js'
import {LOG_LEVELS} from '../../../../src/domain/logs/log-level.js'
import {parseEntry} from '../../../../src/domain/logs/parse-entry.js'
import {parseStatusRanges} from '../../../../src/domain/logs/status-range.js'

const ORIGIN = {service: 'api', replica: 1}
const STAMP = '2026-11-23T06:00:00.123456789Z'

function scan(chunks: readonly Buffer[], candidates: RegExp | null, stamped = false): readonly RawEntry[] {
  const scanner = entryScanner({candidates, stamped})
  return [...chunks.flatMap((chunk) => scanner.push(chunk)), ...scanner.end()]
}

/** The definition, written a second time without bytes, chunks or needles. */
function naiveEntries(log: Buffer): readonly string[] {
  const entries: string[][] = []
  let open = false
  for (const line of log.toString('utf8').split('\n')) {
    const text = line.replace(/\r$/, '')
    const alone = text.startsWith('{') && text.endsWith('}')
    if (open && /^(?:$|[ \t\r}\]]|Caused by:|\.\.\. |Traceback \()/.test(text)) entries.at(-1)?.push(text)
    else entries.push([text])
    open = !alone
  }
  return entries
    .map((lines) =>
      lines
        .join('\n')
        .replace(/^(?:\s*\n)+/, '')
        .replace(/(?:\n\s*)+$/, ''),
    )
    .filter((text) => text.trim() !== '')
}

function cut(log: Buffer, positions: readonly number[]): readonly Buffer[] {
  const ends = [...new Set(positions.map((position) => position % (log.length + 1)))].sort(
    (first, second) => first - second,
  )
  return [0, ...ends].map((from, index) => log.subarray(from, ends[index] ?? log.length))
}

const name = fc.constantFrom('error', 'ERROR', 'Warning', 'warn', 'info', 'fatal', 'CRITICAL', 'debug', 'odd')
const path = fc.constantFrom(
  '/cars',
  '/cars/7',
  '/cars/:id',
  '/carsharing',
  '/recommend',
  '/',
  '/recommend?x=/cars',
  '/é',
)

const fields = fc.record(
  {
    level: fc.oneof(name, fc.constantFrom(10, 30, 40, 50, 60, 5e1, 50.5)),
    severity: name,
    message: fc.oneof(fc.string(), name),
    request_id: fc.constantFrom('req-1', 'req-2', 'req-11', 'a/b'),
    status: fc.oneof(fc.constantFrom(200, 404, 499, 500, 503, '500', '404'), fc.double()),
    res: fc.record({statusCode: fc.constantFrom(200, 500)}),
    duration_ms: fc.oneof(fc.constantFrom(999.999, 1000, 1e3, 1e21), fc.double({min: 0, max: 5000, noNaN: true})),
    duration_seconds: fc.constantFrom(0.5, 1, 20),
    endpoint: path,
    url: path,
    exception: fc.constantFrom('Error: boom\n    at x', null),
  },
  {requiredKeys: []},
)

/** Spells a JSON document in other ways that mean the same. */
function respell(json: string, spelling: string): string {
  if (spelling === 'spaced') return json.replaceAll('":', '" : ')
  if (spelling === 'slashes') return json.replaceAll('/', String.raw`\/`)
  if (spelling === 'escaped')
    return json.replaceAll(/[eE5r](?=[a-zA-Z-]{2})/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)
  return json
}

const jsonLine = fc
  .tuple(fields, fc.constantFrom('plain', 'spaced', 'slashes', 'escaped'))
  .map(([value, spelling]) => Buffer.from(respell(JSON.stringify(value), spelling)))

const plainLine = fc
  .constantFrom(
    'Server ready',
    'ERROR it broke',
    'level=warn msg="slow" url=/cars',
    '    at handler (/app/server.js:10:5)',
    '\tat com.x.Y',
    '',
    'Caused by: Error: inner',
    'Traceback (most recent call last):',
    '... 12 more',
    '}',
    '{ a: 1,',
    '{broken json}',
    '{}',
    '[error] nope',
    'TypeError: x is not a function',
    '1:M 23 Nov 2026 06:00:00.123 # Out of memory',
    'GET /cars?x=1 req-1',
    'é ção 日本',
    '"status":500',
    '  ',
  )
  .map((text) => Buffer.from(text))

const junkLine = fc.uint8Array({maxLength: 30}).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0a)))

const log = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.oneof({weight: 3, arbitrary: jsonLine}, {weight: 3, arbitrary: plainLine}, junkLine),
        fc.constantFrom('\n', '\n', '\r\n'),
      ),
    ),
    fc.boolean(),
  )
  .map(([lines, whole]) => {
    const bytes = Buffer.concat(lines.flatMap(([line, end]) => [line, Buffer.from(end)]))
    return whole ? bytes : bytes.subarray(0, Math.max(0, bytes.length - 2))
  })

const filter: fc.Arbitrary<LogFilter> = fc.record(
  {
    minimumLevel: fc.constantFrom(...LOG_LEVELS),
    slowSeconds: fc.constantFrom(0, 0.001, 0.25, 1, 1.5, 10),
    endpoint: fc.constantFrom('/cars', '/recommend', '/', '/é'),
    statuses: fc.constantFrom('5xx', '404', '4xx-5xx', '500', '400-404').map(parseStatusRanges),
    requestId: fc.constantFrom('req-1', 'a/b', 'é'),
    grep: fc.constantFrom('error', '(?i)err.*boom', '/cars', 'at handler', 'é', 'broke$').map(aLogPattern),
  },
  {requiredKeys: []},
)

const identity = ({raw, message, level}: LogEntry): unknown => ({raw, message, level})

describe('entryScanner', () => {
  it('finds what reading every line finds, for any log, any filter, cut anywhere', () => {
    fc.assert(
      fc.property(log, filter, fc.array(fc.nat(), {maxLength: 8}), (bytes, conditions, positions) => {
        const matches = matcherOf(conditions)
        const expected = naiveEntries(bytes)
          .map((text) => parseEntry({stamp: null, text}, ORIGIN))
          .filter(matches)
        const found = scan(cut(bytes, positions), candidatePattern(conditions))
          .map((entry) => parseEntry(entry, ORIGIN))
          .filter(matches)
        expect(found.map(identity)).toEqual(expected.map(identity))
      }),
      {numRuns: 600},
    )
  })

  it('gives the same entries wherever one cut falls', () => {
    const bytes = Buffer.from('{"level":"ERROR"}\r\nERROR é\n  at x\n\n  at y\n{"level":"info"}\n  lost\n}\nlast')
    const whole = scan([bytes], null)
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(scan([bytes.subarray(0, at), bytes.subarray(at)], null)).toEqual(whole)
    }
    expect(whole.map(({text}) => text)).toEqual([
      '{"level":"ERROR"}',
      'ERROR é\n  at x\n\n  at y',
      '{"level":"info"}',
      '  lost\n}',
      'last',
    ])
  })

  it('takes the engine’s stamps off every line and keeps the first', () => {
    const bytes = Buffer.from(`${STAMP} ERROR x\n${STAMP}   at y\n${STAMP} {"level":"error"}\n${STAMP} \n`)
    const scanner = entryScanner({candidates: /error/gi, stamped: true})
    expect([...scanner.push(bytes), ...scanner.end()]).toEqual([
      {stamp: STAMP, text: 'ERROR x\n  at y'},
      {stamp: STAMP, text: '{"level":"error"}'},
    ])
  })

  it('holds a line that may be continued until it is told not to', () => {
    const scanner = entryScanner({candidates: null, stamped: false})
    expect(scanner.push(Buffer.from('ERROR x\nhalf'))).toEqual([])
    expect(scanner.flush()).toEqual([{stamp: null, text: 'ERROR x'}])
    expect(scanner.flush()).toEqual([])
    expect(scanner.push(Buffer.from(' a line\n{"a":1}\n'))).toEqual([
      {stamp: null, text: 'half a line'},
      {stamp: null, text: '{"a":1}'},
    ])
  })

  it('never holds more than a mebibyte and a chunk', () => {
    const scanner = entryScanner({candidates: null, stamped: false})
    const chunk = Buffer.alloc(300_000, 0x78)
    const given = [1, 2, 3, 4].map(() => scanner.push(chunk).length)
    expect(given).toEqual([0, 0, 0, 1])
    const endless = Buffer.from(`\n${' at x\n'.repeat(300_000)}`)
    expect(scanner.push(endless).length).toBeGreaterThan(0)
    expect(scanner.end()).toEqual([])
  })
})
