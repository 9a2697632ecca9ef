/** An entry of a calendar, from `start` until just before `end`. */
export interface CalendarEvent {
  /** Of this entry alone, and the same whenever it is written. */
  readonly uid: string
  readonly start: Date
  readonly end: Date
  readonly summary: string
  readonly description: string
}

export interface Calendar {
  readonly name: string
  /** When it was written. */
  readonly at: Date
  readonly events: readonly CalendarEvent[]
}

/** RFC 5545, 3.1: without the line break. */
const MOST_OCTETS = 75
// What no text of a calendar may hold (RFC 5545, 3.3.11: CONTROL, but for the tab).
const CONTROL = /[\0-\x08\x0B-\x1F\x7F]/g

/** RFC 5545, 3.3.11. */
function escaped(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(CONTROL, '')
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')
    .toWellFormed()
}

/** A line of at most 75 octets, and lines that go on with it behind a space; no character is cut. */
function folded(line: string): string {
  const lines: string[] = []
  let [text, octets] = ['', 0]
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > MOST_OCTETS) {
      lines.push(text)
      // The space that the next line begins with counts too.
      ;[text, octets] = ['', 1]
    }
    text += character
    octets += size
  }
  return [...lines, text].join('\r\n ')
}

/** UTC, so that no calendar needs to know a zone. */
function time(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/g, '')
}

function eventLines({uid, start, end, summary, description}: CalendarEvent, at: Date): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${time(at)}`,
    `DTSTART:${time(start)}`,
    `DTEND:${time(end)}`,
    `SUMMARY:${escaped(summary)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${escaped(description)}`]),
    // Being on call is not being busy.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

/** RFC 5545: lines end with CRLF, the last one too. */
export function writeCalendar({name, at, events}: Calendar): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//faci//oncall//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap((event) => eventLines(event, at)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}
