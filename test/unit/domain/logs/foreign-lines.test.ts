import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {candidatePattern} from '../../../../src/domain/logs/candidate-pattern.js'
import {entryScanner} from '../../../../src/domain/logs/entry-scanner.js'
import type {LogEntry} from '../../../../src/domain/logs/log-entry.js'
import {type LogFilter, matcherOf} from '../../../../src/domain/logs/log-filter.js'
import {parseEntry} from '../../../../src/domain/logs/parse-entry.js'
import {parseStatusRanges} from '../../../../src/domain/logs/status-range.js'
import {corpus, type Format} from '../../../support/log-corpus/corpus.js'

const ORIGIN = {service: 'web', replica: 1}
const STAMP = '2026-11-30T12:00:00.000000000Z'

const parse = (text: string): LogEntry => parseEntry({stamp: STAMP, text}, ORIGIN)
const json = (fields: object): LogEntry => parse(JSON.stringify(fields))

function found(lines: readonly string[], filter: LogFilter, candidates = candidatePattern(filter)): readonly string[] {
  const scanner = entryScanner({candidates, stamped: false})
  const raw = [...scanner.push(Buffer.from(lines.map((line) => `${line}\n`).join(''))), ...scanner.end()]
  return raw
    .map(({text}) => parse(text))
    .filter(matcherOf(filter))
    .map(({message}) => message)
}

describe('lines of foreign loggers', () => {
  it('finds the errors of coloured lines, and shows no escape code', () => {
    const lines = [
      '\u001b[2m2026-11-21T04:10:04.118Z\u001b[0m \u001b[31mERROR\u001b[0m \u001b[2mcars::stock\u001b[0m: no answer',
      '\u001b[2m2026-11-21T04:10:05.001Z\u001b[0m \u001b[32m INFO\u001b[0m \u001b[2mcars::stock\u001b[0m: again',
      '\u001b[31m[Nest] 9  - \u001b[39m11/21/2026, 4:10:06 AM \u001b[31m  ERROR\u001b[39m \u001b[33m[Cars] \u001b[39m\u001b[31mtoo late\u001b[39m',
      '4:10AM \u001b[31mERR\u001b[0m \u001b[1mrefused\u001b[0m \u001b[36mpeer=\u001b[0m10.0.0.8',
    ]
    expect(found(lines, {minimumLevel: 'error'})).toEqual([
      'cars::stock: no answer',
      '[Cars] too late',
      'refused peer=10.0.0.8',
    ])
  })

  it('finds levels by their dotted and nested names', () => {
    const lines = [
      '{"@timestamp":"2026-11-21T04:10:04.118Z","log.level":"ERROR","message":"one"}',
      '{"@timestamp":"2026-11-21T04:10:05.118Z","log":{"level":"error","logger":"cars"},"message":"two"}',
      '{"@timestamp":"2026-11-21T04:10:06.118Z","log.level":"INFO","message":"three"}',
    ]
    expect(found(lines, {minimumLevel: 'error'})).toEqual(['one', 'two'])
  })

  it('reads klog, whose year is the engine’s, or the one before around New Year', () => {
    const lines = ['I1121 04:10:04.118000       1 main.go:40] a', 'E1121 04:10:05.118000       1 watch.go:138] b']
    expect(found(lines, {minimumLevel: 'error'})).toEqual(['b'])
    expect(parse(lines[0] ?? '').at).toBe('2026-11-21T04:10:04.118Z')
    expect(parse('W1231 23:59:59.000000       1 main.go:40] a').at).toBe('2025-12-31T23:59:59.000Z')
  })

  it.each([1_795_230_604_118_000, 1_795_230_604_118_000_000, 1_795_230_604_118, 1_795_230_604.118, '1795230604118'])(
    'tells the unit of the epoch %s by its magnitude',
    (timestamp) => {
      expect(json({level: 'info', timestamp, msg: 'x'}).at).toBe('2026-11-21T03:10:04.118Z')
    },
  )

  it.each(['toString', 'constructor', '__proto__', '', 'X'])('takes %j for no level', (level) => {
    expect(json({level, severity: level, s: level}).level).toBeNull()
  })

  it('takes no small number for a time', () => {
    expect(json({level: 'info', time: 12, msg: 'x'}).at).toBe('2026-11-30T12:00:00.000Z')
  })

  it('finds one request by its number, and no line that only has the digit', () => {
    const lines = [1, 21, 2].map(
      (id) => `{"level":30,"time":1795230604118,"req":{"id":${String(id)}},"msg":"request ${String(id)}"}`,
    )
    expect(found([...lines, 'took 1 s'], {requestId: '1'})).toEqual(['request 1'])
    expect(found(['for req-81 it is late', 'for req-817 it is not'], {requestId: 'req-81'})).toEqual([
      'for req-81 it is late',
    ])
  })

  it('reads JSON behind a prefix', () => {
    const lines = [
      '[cars] {"level":"error","time":"2026-11-21T04:10:04.118Z","msg":"one","status":502,"duration_ms":1500}',
      '2026-11-21T04:10:05.118Z {"level":"error","msg":"two"}',
    ]
    expect(found(lines, {minimumLevel: 'error'})).toEqual(['one', 'two'])
    expect(found(lines, {statuses: parseStatusRanges('5xx')})).toEqual(['one'])
    expect(parse(lines[1] ?? '').at).toBe('2026-11-21T04:10:05.118Z')
  })

  it.each([
    ['{"latency":1500}', null],
    ['{"latency":0.25}', 0.25],
    ['{"latency":2500000}', 0.0025],
    ['{"duration":-1}', null],
    ['{"duration":"1m2.5s"}', 62.5],
    ['{"elapsed":{"seconds":3}}', null],
    ['{"request_time":"0.120"}', 0.12],
    ['{"took":"12"}', null],
  ])('takes %j to have lasted %j', (line, seconds) => {
    expect(parse(line).durationSeconds).toBe(seconds)
  })

  it('does not take a trailing number of an access line for a time: Apache writes microseconds there, others bytes', () => {
    const line = '10.0.0.9 - - [21/Nov/2026:04:10:04 +0000] "GET /cars HTTP/1.1" 200 2 "-" "curl/8" 1234'
    expect(parse(line)).toMatchObject({status: 200, path: '/cars', durationSeconds: null})
  })

  const WORDS = [
    'error',
    'ERROR',
    '[',
    ']',
    '{',
    '}',
    '"',
    '=',
    ' ',
    '503',
    '12ms',
    'GET',
    '/a',
    '2026-11-21',
    '04:10:04',
    '\u001b[',
    '\\',
    ':',
  ]

  it('never throws, and never tells of a status that is none or a time below nothing', () => {
    const line = fc.oneof(
      fc.string({maxLength: 200}),
      fc.array(fc.constantFrom(...WORDS), {maxLength: 30}).map((words) => words.join('')),
    )
    const fields = fc.dictionary(
      fc.constantFrom(
        'status',
        'duration',
        'latency',
        'Elapsed',
        'res',
        'level',
        'time',
        'msg',
        'req',
        'http',
        'context',
        't',
      ),
      fc.jsonValue(),
    )
    const text = fc.oneof(
      line,
      fields.map((each) => JSON.stringify(each)),
    )
    fc.assert(
      fc.property(text, (written) => {
        const {status, durationSeconds, level, at} = parse(written)
        expect(status === null || (status >= 100 && status <= 599)).toBe(true)
        expect(durationSeconds === null || durationSeconds >= 0).toBe(true)
        expect(level === null || typeof level === 'string').toBe(true)
        expect(at === null || !Number.isNaN(Date.parse(at))).toBe(true)
      }),
      {numRuns: 500},
    )
  })

  it('reads a line of any shape in time that grows with its length: a hundred thousand characters of one word', () => {
    const size = 100_000
    for (const word of [
      ...WORDS,
      'a',
      'a.',
      'a=',
      'a/',
      'A',
      '1/',
      '-',
      '(',
      '<',
      '\t',
      'a:1:in ',
      '1.',
      '"a"',
      'x/y 1/',
    ]) {
      const long = word.repeat(size / word.length)
      const started = performance.now()
      parse(long)
      found([long, `E ${long}`, long], {minimumLevel: 'error'})
      expect(performance.now() - started, JSON.stringify(word)).toBeLessThan(5000)
    }
  })
})

const FILTERS: readonly LogFilter[] = [
  ...(['warning', 'error', 'critical'] as const).map((minimumLevel) => ({minimumLevel})),
  ...['2xx', '5xx', '503', '404'].map((text) => ({statuses: parseStatusRanges(text)})),
  ...[0.001, 0.01, 1, 1.9].map((slowSeconds) => ({slowSeconds})),
  ...['req-81', '1', '2', 'F3hxQk'].map((requestId) => ({requestId})),
  {endpoint: '/pay'},
  {endpoint: '/cars'},
]

it('keeps the rows of a table with the entry that they are of, and cuts what begins with a level', () => {
  const lines = [
    'ERROR: no row',
    ' CODE | NAME',
    ' NULL | x',
    ' WARN | low',
    ' GET /cars 500 in 8ms',
    '  POST /a of 500 in all',
  ]
  const scanner = entryScanner({candidates: null, stamped: false})
  const raw = [...scanner.push(Buffer.from(lines.map((line) => `${line}\n`).join(''))), ...scanner.end()]
  expect(raw.map(({text}) => text.split('\n').length)).toEqual([3, 1, 2])
})

describe('looking for candidates first', () => {
  const {developed, aside, second, third} = corpus()

  it.each(FILTERS)('finds for %j in every format what reading every line finds', (filter) => {
    const lines = ({entries}: Format): readonly string[] => entries.flatMap(({text}) => text.split('\n'))
    for (const format of [...developed, ...aside, ...second, ...third]) {
      expect(found(lines(format), filter), format.name).toEqual(found(lines(format), filter, null))
    }
  })
})
