import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readCalendar} from '../../../../src/formats/ics/read-calendar.js'
import {writeCalendar} from '../../../../src/formats/ics/write-calendar.js'
import {wall} from '../../../support/builders/rota.js'

function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
}

function periodOf(...lines: readonly string[]) {
  return readCalendar(calendar(...lines))?.[0]?.period
}

const at = (text: string, zone: string | null = null, plusMs = 0) => ({wall: wall(text), zone, plusMs})

describe('an entry of a calendar', () => {
  it.each([
    [
      'whole days',
      ['DTSTART;VALUE=DATE:20261220', 'DTEND;VALUE=DATE:20261228'],
      at('2026-12-20T00:00'),
      at('2026-12-28T00:00'),
    ],
    ['one day', ['DTSTART;VALUE=DATE:20261220'], at('2026-12-20T00:00'), at('2026-12-21T00:00')],
    [
      'UTC',
      ['DTSTART:20261220T090000Z', 'DTEND:20261220T100000Z'],
      at('2026-12-20T09:00', 'UTC'),
      at('2026-12-20T10:00', 'UTC'),
    ],
    [
      'a zone, in quotes too',
      ['DTSTART;TZID="Europe/Lisbon":20261220T090000', 'DTEND;X-A=b,c;TZID=America/Sao_Paulo:20261220T090000'],
      ...[at('2026-12-20T09:00', 'Europe/Lisbon'), at('2026-12-20T09:00', 'America/Sao_Paulo')],
    ],
    ['weeks', ['DTSTART;VALUE=DATE:20261220', 'DURATION:P1W'], at('2026-12-20T00:00'), at('2026-12-27T00:00')],
    [
      'hours',
      ['DTSTART:20261220T090000', 'DURATION:P1DT1H30M'],
      at('2026-12-20T09:00'),
      at('2026-12-21T09:00', null, 5_400_000),
    ],
  ])('lasts as it says: %s', (_, lines, from, to) => {
    expect(periodOf(...lines)).toEqual({from, to})
  })

  it.each([
    [['DTSTART:20260230T090000']],
    [['SUMMARY:no time']],
    [['DTSTART:soon']],
    [['DTSTART:20261220T090000', 'DTEND:late']],
    [['DTSTART:20261220T090000', 'DURATION:long']],
  ])('has no time that is understood: %j', (lines) => {
    expect(periodOf(...lines)).toBeNull()
  })

  it('is told by its words, over folded lines, and takes nothing of an alarm', () => {
    const text = calendar(
      ...['SUMMARY:Férias\\, no', '  mar\\; enfim', 'DTSTART;VALUE=DATE:20261220'],
      ...['BEGIN:VALARM', 'DURATION:PT5M', 'SUMMARY:wake up', 'END:VALARM'],
    )
    expect(readCalendar(text)).toMatchObject([{summary: 'Férias, no mar; enfim', period: {to: at('2026-12-21T00:00')}}])
  })

  it('that comes again is said to, and one that is cancelled is none', () => {
    expect(readCalendar(calendar('DTSTART:20261220T090000', 'RRULE:FREQ=WEEKLY'))).toMatchObject([{isRecurring: true}])
    expect(readCalendar(calendar('DTSTART:20261220T090000', 'STATUS:CANCELLED'))).toEqual([])
  })
})

describe('a calendar', () => {
  it('is told from what is none', () => {
    expect(readCalendar('BEGIN:VCALENDAR\nEND:VCALENDAR\n')).toEqual([])
    expect(['', '<html>', '{}'].map(readCalendar)).toEqual([null, null, null])
  })

  it('that faci writes is read back', () => {
    const event = {
      uid: 'a',
      start: new Date('2026-12-20T09:00:00Z'),
      end: new Date('2026-12-21T09:00:00Z'),
      description: '',
    }
    const text = writeCalendar({name: 'x', at: event.start, events: [{...event, summary: `${'é, '.repeat(60)}b`}]})
    expect(readCalendar(text)).toEqual([
      {
        ...{summary: `${'é, '.repeat(60)}b`, isRecurring: false},
        period: {from: at('2026-12-20T09:00', 'UTC'), to: at('2026-12-21T09:00', 'UTC')},
      },
    ])
  })

  it('never throws, whatever is in it', () => {
    const part = fc.constantFrom(
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'DTSTART:2026',
      ';',
      ':',
      '\r\n',
      '\n ',
      '"',
      'X=',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({maxLength: 5}))), (parts) => {
        readCalendar(`BEGIN:VCALENDAR\n${parts.join('')}`)
      }),
      {numRuns: 200},
    )
  })
})
