import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {parseDueTime} from '../../../../src/domain/time/due-time.js'

const NOW = Date.parse('2026-11-30T20:00:00Z')
const due = (text: string, timezone = 'America/Sao_Paulo'): string =>
  new Date(parseDueTime(text, {now: NOW, timezone}) * 1000).toISOString()

function complaint(text: string): string {
  try {
    return due(text)
  } catch (error) {
    return error instanceof FaciError && error.code === 'usage' ? error.message : String(error)
  }
}

describe('a due date', () => {
  it.each([
    ['7d', '2026-12-07T20:00:00.000Z'],
    ['in 7d', '2026-12-07T20:00:00.000Z'],
    ['In 1h30m', '2026-11-30T21:30:00.000Z'],
    ['2026-11-30', '2026-12-01T02:59:59.000Z'],
    ['2026-12-15Z', '2026-12-15T23:59:59.000Z'],
    ['2026-12-15 +02', '2026-12-15T21:59:59.000Z'],
    ['today', '2026-12-01T02:59:59.000Z'],
    ['tomorrow', '2026-12-02T02:59:59.000Z'],
    ['fri', '2026-12-05T02:59:59.000Z'],
    ['Monday', '2026-12-01T02:59:59.000Z'],
    ['next monday', '2026-12-08T02:59:59.000Z'],
    ['fri 18:00', '2026-12-04T21:00:00.000Z'],
    ['18:00', '2026-11-30T21:00:00.000Z'],
    ['2026-12-15T18:00', '2026-12-15T21:00:00.000Z'],
    ['2026-12-15 18:00 UTC', '2026-12-15T18:00:00.000Z'],
    ['2026-11-01', '2026-11-02T02:59:59.000Z'],
  ])('%s is %s', (text, at) => {
    expect(due(text)).toBe(at)
  })

  it('today is the day that the clocks of the zone show', () => {
    expect(due('today', 'Pacific/Kiritimati')).toBe('2026-12-01T09:59:59.000Z')
  })

  it.each(['7d ago', '-7d', '0', '0s'])('%s is not taken: it would be overdue at once', (text) => {
    expect(complaint(text)).toMatch(/overdue at once: write 7d \(from now on\), tomorrow, fri, 2026-12-15/)
  })

  it.each(['', 'soon', '2026-02-30', 'in', 'next week', 'yesterday', 'last friday', 'today 09:00'])(
    '%j is refused with what due dates look like',
    (text) => {
      expect(complaint(text)).toMatch(/^invalid due date ".*": .*write 7d \(from now on\)/)
    },
  )

  it('guesses what was meant', () => {
    expect(complaint('7 days')).toMatch(/7d/)
  })

  it('a length of time is never before now', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 5000}), fc.constantFrom('s', 'm', 'h', 'd', 'w'), (amount, unit) => {
        expect(Date.parse(due(`${String(amount)}${unit}`))).toBeGreaterThan(NOW)
      }),
    )
  })
})
