import fc from 'fast-check'
import ICAL from 'ical.js'
import {describe, expect, it} from 'vitest'
import {type CalendarEvent, writeCalendar} from '../../../../src/formats/ics/write-calendar.js'

const AT = new Date('2026-11-30T12:00:00.000Z')
const EVENT: CalendarEvent = {
  uid: 'a@faci',
  start: new Date('2026-12-07T12:00:00.000Z'),
  end: new Date('2026-12-14T12:00:00.000Z'),
  summary: "On call: O'Brien, Zoë; & Co \\ <b>",
  description: 'Layer: primary\nOverride',
}

function write(over: Partial<CalendarEvent> = {}): string {
  return writeCalendar({name: 'On call', at: AT, events: [{...EVENT, ...over}]})
}

function read(text: string): ICAL.Component {
  const [event] = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent')
  if (event === undefined) throw new Error('there is no event')
  return event
}

describe('a calendar', () => {
  it('is what RFC 5545 wants', () => {
    expect(write().split('\r\n')).toEqual([
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//faci//oncall//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
      ...['X-WR-CALNAME:On call', 'BEGIN:VEVENT', 'UID:a@faci', 'DTSTAMP:20261130T120000Z'],
      ...['DTSTART:20261207T120000Z', 'DTEND:20261214T120000Z'],
      String.raw`SUMMARY:On call: O'Brien\, Zoë\; & Co \\ <b>`,
      String.raw`DESCRIPTION:Layer: primary\nOverride`,
      ...['TRANSP:TRANSPARENT', 'END:VEVENT', 'END:VCALENDAR', ''],
    ])
  })

  it('says of nobody how to reach them', () => {
    expect(write()).not.toMatch(/MAILTO|ATTENDEE|ORGANIZER|TEL/i)
  })

  it('is read back as it was, whatever is in its texts, in lines of at most 75 octets of whole characters', () => {
    const text = fc
      .string({unit: 'grapheme', maxLength: 200})
      .map((all) => all.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ''))
    fc.assert(
      fc.property(text, text, (summary, description) => {
        const calendar = write({summary, description: `x${description}`})
        for (const line of calendar.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(Buffer.from(line).toString()).toBe(line)
        }
        const event = read(calendar)
        expect(event.getFirstPropertyValue('summary')).toBe(summary.toWellFormed())
        expect(event.getFirstPropertyValue('description')).toBe(`x${description}`.toWellFormed())
      }),
      {numRuns: 60},
    )
  })

  it('makes no property of a text', () => {
    const event = read(write({summary: 'a\r\nEND:VEVENT\r\nATTENDEE:MAILTO:x@y\u0000\u001B'}))
    expect(event.getFirstPropertyValue('summary')).toBe('a\nEND:VEVENT\nATTENDEE:MAILTO:x@y')
    expect(event.getAllProperties('attendee')).toEqual([])
  })
})
