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

  it('that is cancelled is none', () => {
    expect(readCalendar(calendar('DTSTART:20261220T090000', 'STATUS:CANCELLED'))).toEqual([])
  })
})

function recurrenceOf(...lines: readonly string[]) {
  return readCalendar(calendar('DTSTART;TZID=America/Sao_Paulo:20261220T090000', ...lines))?.[0]?.recurrence
}

const ZONE = 'America/Sao_Paulo'
const NEVER = {rule: null, until: null, more: [], except: []}

describe('an entry that comes again', () => {
  it.each([
    ['by a rule', ['RRULE:FREQ=WEEKLY;BYDAY=MO'], {...NEVER, rule: 'FREQ=WEEKLY;BYDAY=MO'}],
    [
      'until a moment',
      ['RRULE:FREQ=DAILY;UNTIL=20270101T120000Z;INTERVAL=2'],
      {...NEVER, rule: 'FREQ=DAILY;INTERVAL=2', until: at('2027-01-01T12:00', 'UTC')},
    ],
    [
      'until the end of a day of its zone',
      ['RRULE:UNTIL=20270101;FREQ=DAILY'],
      {...NEVER, rule: 'FREQ=DAILY', until: at('2027-01-01T23:59:59.999', ZONE)},
    ],
    [
      'at times of a list',
      [`RDATE;TZID=${ZONE}:20261224T090000,20261226T090000`, 'EXDATE:20261224T120000Z', 'RDATE:20261227T120000Z'],
      {
        ...NEVER,
        more: [at('2026-12-24T09:00', ZONE), at('2026-12-26T09:00', ZONE), at('2026-12-27T12:00', 'UTC')],
        except: [at('2026-12-24T12:00', 'UTC')],
      },
    ],
  ])('%s', (_, lines, recurrence) => {
    expect(recurrenceOf(...lines)).toEqual(recurrence)
  })

  it.each([
    [['RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY']],
    [['RRULE:FREQ=DAILY', 'EXRULE:FREQ=WEEKLY']],
    [['RRULE:FREQ=DAILY;UNTIL=soon']],
    [['RRULE:FREQ=DAILY;UNTIL=20270101;UNTIL=20270201']],
    [['RRULE:FREQ=DAILY;UNTIL=20270101;COUNT=3']],
    [['RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20261224']],
    [['RDATE;VALUE=PERIOD:20261224T090000Z/PT1H']],
    [['RRULE:FREQ=DAILY', 'DTEND:20261220T130000Z']],
  ])('is not understood: %j', (lines) => {
    expect(recurrenceOf(...lines)).toBe('unclear')
  })

  const series = (replaced: string) =>
    [
      ...['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a', 'DTSTART:20261220T090000Z', 'RRULE:FREQ=DAILY', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:a', replaced, 'SUMMARY:later', 'DTSTART:20261222T150000Z', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:b', 'DTSTART:20261220T090000Z', 'RRULE:FREQ=DAILY', 'END:VEVENT'],
      'END:VCALENDAR',
    ].join('\r\n')

  it('leaves a time to the entry of its own that stands for it', () => {
    const daily = {...NEVER, rule: 'FREQ=DAILY'}
    expect(readCalendar(series('RECURRENCE-ID:20261222T090000Z'))).toMatchObject([
      {recurrence: {...daily, except: [at('2026-12-22T09:00', 'UTC')]}},
      {summary: 'later', recurrence: null, period: {from: at('2026-12-22T15:00', 'UTC')}},
      {recurrence: daily},
    ])
    const cancelled = series('STATUS:CANCELLED\r\nRECURRENCE-ID:20261222T090000Z')
    expect(readCalendar(cancelled)).toMatchObject([
      {recurrence: {except: [at('2026-12-22T09:00', 'UTC')]}},
      {recurrence: daily},
    ])
  })

  it.each(['RECURRENCE-ID;RANGE=THISANDFUTURE:20261222T090000Z', 'RECURRENCE-ID:soon', 'RECURRENCE-ID:20261222'])(
    'is not understood where an entry stands for it as %s',
    (replaced) => {
      expect(readCalendar(series(replaced))?.[0]?.recurrence).toBe('unclear')
    },
  )
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
        ...{summary: `${'é, '.repeat(60)}b`, recurrence: null},
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
