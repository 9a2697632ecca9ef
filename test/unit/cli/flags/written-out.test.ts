import {describe, expect, it} from 'vitest'
import {writtenOut} from '../../../../src/cli/flags/written-out.js'

const NOW = {now: Date.parse('2026-11-28T15:00:00Z'), timezone: 'America/Sao_Paulo'}

describe('a command line to be typed later', () => {
  it.each([
    [
      ['INC-7', '--at', '10m ago'],
      ['INC-7', '--at', '2026-11-28T14:50:00.000Z'],
    ],
    [
      ['--started-at=2h', '--detected-at', '2026-11-28 12:00'],
      ['--started-at=2026-11-28T13:00:00.000Z', '--detected-at', '2026-11-28T15:00:00.000Z'],
    ],
    [
      ['-m', 'at 10m ago', '--', '--at', '10m'],
      ['-m', 'at 10m ago', '--', '--at', '10m'],
    ],
  ])('has its times written out: %j', (typed, written) => {
    expect(writtenOut(typed, NOW)).toEqual(written)
  })
})
