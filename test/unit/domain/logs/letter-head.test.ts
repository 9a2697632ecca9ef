import {describe, expect, it} from 'vitest'
import {candidatePattern} from '../../../../src/domain/logs/candidate-pattern.js'
import {entryScanner} from '../../../../src/domain/logs/entry-scanner.js'
import type {LogEntry} from '../../../../src/domain/logs/log-entry.js'
import type {LogLevel} from '../../../../src/domain/logs/log-level.js'
import {parseEntry} from '../../../../src/domain/logs/parse-entry.js'

const STAMP = '2026-11-30T12:00:00.000000000Z'
const parse = (text: string): LogEntry => parseEntry({stamp: STAMP, text}, {service: 'web', replica: 1})

const LEVELS: Readonly<Record<string, LogLevel>> = {
  ...{T: 'debug', V: 'debug', D: 'debug', I: 'info', N: 'info', W: 'warning', E: 'error'},
  ...{C: 'critical', F: 'critical', A: 'critical', M: 'critical'},
}

/** Letters, and a line with one of them. */
const SHAPES: readonly (readonly [string, string, (letter: string) => string])[] = [
  ['klog', 'IWEF', (letter) => `${letter}1120 03:12:04.118000       1 main.go:40] x`],
  ['glog', 'IWEF', (letter) => `${letter}20261120 03:12:04.118000     1 server.cc:31] x`],
  ['PyTorch', 'IWEF', (letter) => `[${letter}1120 03:12:04.118000 socket.cpp:464] x`],
  ['CockroachDB', 'IWEF', (letter) => `${letter}261120 03:12:04.118059 35 9@util/log.go:32 ⋮ [n1] 23 x`],
  ['logcat', 'VDIWEFA', (letter) => `11-20 03:12:04.118  1234  1256 ${letter} Shop: x`],
  ['logcat with the year', 'VDIWEFA', (letter) => `2026-11-20 03:12:04.118   512   512 ${letter} Shop Pay: x`],
  ['logcat, brief', 'VDIWEFA', (letter) => `${letter}/Shop    (  512): x`],
  ['logcat, time', 'VDIWEFA', (letter) => `11-20 03:12:04.118 ${letter}/Shop    (12345): x`],
  ['Tornado', 'DIWEC', (letter) => `[${letter} 261120 03:12:04 web:2239] x`],
  ['Jupyter', 'DIWEC', (letter) => `[${letter} 2026-11-20 03:12:04.118 ServerApp] x`],
  ['Passenger', 'DINWEC', (letter) => `[ ${letter} 2026-11-20 03:12:04.1184 7/T1 age/Main.cpp:1340 ]: x`],
  ['capnslog', 'TDINWEC', (letter) => `2026-11-20 03:12:04.118412 ${letter} | etcdserver: x`],
  ['GlusterFS', 'TDINWECAM', (letter) => `[2026-11-20 03:12:04.118412] ${letter} [MSGID: 1] [a.c:14:f] x`],
  ['Telegraf', 'DIWE', (letter) => `2026-11-20T03:12:04Z ${letter}! x`],
  ['TensorFlow', 'IWEF', (letter) => `2026-11-20 03:12:04.118412: ${letter} tensorflow/core/op.cc:12] x`],
  ['frp', 'TDIWE', (letter) => `2026-11-20 03:12:04.118 [${letter}] [client/service.go:295] x`],
  ['Gitea', 'TDIWECF', (letter) => `2026/11/20 03:12:04 ...eb/logger.go:102:func1() [${letter}] x`],
]

const CASES = SHAPES.flatMap(([name, letters, line]) =>
  Array.from(letters, (letter) => [name, letter, line(letter)] as const),
)

describe('levels of one letter', () => {
  it.each(CASES)('%s: %s', (_, letter, line) => {
    expect(parse(line)).toMatchObject({level: LEVELS[letter], message: expect.stringMatching(/x$/) as string})
  })

  it.each(CASES)('%s: %s is found by a search for its level', (_, letter, line) => {
    const minimumLevel = LEVELS[letter]
    const scanner = entryScanner({
      candidates: candidatePattern(minimumLevel === undefined ? {} : {minimumLevel}),
      stamped: false,
    })
    expect([...scanner.push(Buffer.from(`${line}\n`)), ...scanner.end()]).toHaveLength(1)
  })

  it.each([
    ...[
      'E = mc2',
      'C | D',
      'A/B test (12) is over',
      'I 3 of 4',
      'W! E!',
      '[E] is a key',
      '[I 12 of 20] x',
      'F/A-18 (1): x y',
      'A/B test (12): x',
    ],
    ...[
      '2026-11-20 03:12:04 A | B',
      '2026-11-20 03:12:04 E is a letter',
      '2026-11-20 03:12:04 X! x',
      '11-20 E Shop: x',
    ],
    ...['2026-11-20 03:12:04 option [C] x', '2026-11-20 03:12:04 [C] drive is full', '2026-11-20 03:12:04 [E] x'],
    ...['I991120 03:12:04 x', 'E1120 is a food additive', '2026-11-20 03:12:04 two words [E] x'],
  ])('takes no letter of %j for a level', (line) => {
    expect(parse(line).level).toBeNull()
  })
})
