import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {loadConfig} from '../../../src/config/load.js'
import {FaciError} from '../../../src/domain/errors.js'
import type {WrittenRota} from '../../../src/domain/oncall/rota.js'
import {wall} from '../../support/builders/rota.js'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-oncall-'))
})
afterEach(() => {
  rmSync(directory, {recursive: true})
})

async function read(oncall: string, environment: Record<string, string> = {}): Promise<WrittenRota> {
  writeFileSync(join(directory, 'faci.yml'), `service: shop\ntimezone: America/Sao_Paulo\n${oncall}\n`)
  const config = await loadConfig({directory, file: undefined, environment})
  if (config.oncall === null) throw new Error('there is no rota')
  return config.oncall.read()
}

async function refusal(work: Promise<unknown>): Promise<FaciError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  if (error instanceof FaciError) return error
  throw new Error('nothing was refused')
}

const PEOPLE = 'people: [{name: Ana}, {name: Bia}]'

function inline(more: string): string {
  return `oncall: {${PEOPLE}, ${more}}`
}

describe('oncall in faci.yml', () => {
  it('in its short form is one layer of everybody, counted from the first Monday of 2024', async () => {
    const {timezone, layers, coverage} = await read(inline("rotation: weekly, handoff: 'Tue 08:30'"))
    expect(timezone).toBe('America/Sao_Paulo')
    expect(coverage).toEqual({hours: null, weekdays: null})
    expect(layers).toEqual([
      {
        ...{name: 'primary', every: {count: 1, unit: 'weeks'}, people: ['Ana', 'Bia']},
        ...{anchor: wall('2024-01-02T08:30'), startsAtAnchor: false, end: null},
        restriction: {hours: null, weekdays: null},
      },
    ])
  })

  it('takes layers with hours, weekdays, a start and an end', async () => {
    const {layers} = await read(`oncall:
  ${PEOPLE}
  layers:
    - {rotation: {every: 3, unit: hours}, start: 2026-01-05, end: 2026-06-30, people: [Bia], hours: [22:00, 06:00]}
    - {name: desk, rotation: daily, people: [Ana], hours: [[08:00, 12:00], [13:00, 24:00]], weekdays: [Fri, monday, Mon]}`)
    expect(layers).toEqual([
      {
        ...{name: 'layer 1', every: {count: 3, unit: 'hours'}, people: ['Bia']},
        ...{anchor: wall('2026-01-05T09:00'), startsAtAnchor: true, end: wall('2026-07-01T00:00')},
        restriction: {hours: [{start: 1320, end: 1800}], weekdays: null},
      },
      {
        ...{name: 'desk', every: {count: 1, unit: 'days'}, people: ['Ana']},
        ...{anchor: wall('2024-01-01T09:00'), startsAtAnchor: false, end: null},
        restriction: {
          hours: [
            {start: 480, end: 720},
            {start: 780, end: 1440},
          ],
          weekdays: [0, 4],
        },
      },
    ])
  })

  it('takes overrides, absences and an escalation; a day that ends something is part of it', async () => {
    const rota = await read(`oncall:
  ${PEOPLE}
  timezone: Europe/Lisbon
  rotation: daily
  coverage: {hours: [09:00, 18:00]}
  overrides: [{person: Bia, from: 2026-12-24 09:00, to: 2026-12-25T09:00, replaces: Ana}]
  absences: [{person: Ana, from: 2026-12-20, to: 2026-12-27, reason: beach}]
  escalation: [{notify: current, within: 5m}, {notify: Bia}]`)
    const at = (text: string) => ({wall: wall(text), zone: null, plusMs: 0})
    expect(rota).toMatchObject({
      timezone: 'Europe/Lisbon',
      coverage: {hours: [{start: 540, end: 1080}], weekdays: null},
      overrides: [{person: 'Bia', replaces: 'Ana', from: at('2026-12-24T09:00'), to: at('2026-12-25T09:00')}],
      absences: [{person: 'Ana', reason: 'beach', from: at('2026-12-20T00:00'), to: at('2026-12-28T00:00')}],
      escalation: [
        {notify: {kind: 'current'}, withinSeconds: 300},
        {notify: {kind: 'person', name: 'Bia'}, withinSeconds: 300},
      ],
    })
  })

  it('takes a name alone for a person, and says what a person is', async () => {
    const {people} = await read('oncall: {rotation: weekly, people: [Ana, {name: Bia, slack: U012AB3CD}]}')
    expect(people).toMatchObject([
      {name: 'Ana', email: null, slack: null},
      {name: 'Bia', slack: 'U012AB3CD'},
    ])
    const error = await refusal(read('oncall: {rotation: weekly, people: [Ana, 7]}'))
    expect(error.message).toContain('oncall.people.1: must be a name, or {name: Ana,')
  })

  it.each([
    ['a misspelt person', 'rotation: daily, overrides: [{person: Anna, from: 2026-01-01, to: 2026-01-01}]', '`Ana`'],
    ['nobody in a group', 'rotation: daily, escalation: [{notify: currant}]', 'oncall.escalation.0.notify: currant'],
    ['neither rotation nor layers', 'timezone: UTC', 'needs `rotation`, or `layers`'],
    ['both', 'hours: [09:00, 18:00], layers: [{rotation: daily, people: [Ana]}]', 'oncall.hours: is of each layer'],
    ['a start on another day', "rotation: weekly, handoff: 'Mon 09:00', start: 2026-01-07", 'start on 2026-01-05'],
    ['a weekday of days', "rotation: daily, handoff: 'Mon 09:00'", 'which only a rotation of weeks'],
    ['a day that there is not', 'rotation: daily, start: 2026-02-30', 'oncall.start: is not a date'],
    ['a time that there is not', 'rotation: daily, hours: [09:00, 25:00]', 'oncall.hours'],
    ['what is no weekday', 'rotation: daily, weekdays: [Seg]', 'is not a weekday: write Mon'],
    [
      'an end before its beginning',
      'rotation: daily, absences: [{person: Ana, from: 2026-02-02, to: 2026-02-01}]',
      'must be after',
    ],
    ['turns of years', 'rotation: {every: 99, unit: months}', 'rotation'],
    [
      'two layers of a name',
      'layers: [{name: a, rotation: daily, people: [Ana]}, {name: a, rotation: daily, people: [Bia]}]',
      'a is there twice',
    ],
    ['an unknown key', 'rotation: daily, handof: 09:00', 'did you mean `handoff`?'],
  ])('refuses %s, and says where', async (_, more, message) => {
    const error = await refusal(read(inline(more)))
    expect(error.code).toBe('configInvalid')
    expect(error.message).toContain(message)
    expect(error.message).toMatch(/faci\.yml:3:\d+: /)
  })
})

describe('a rota in a file of its own', () => {
  const write = (text: string): void => {
    writeFileSync(join(directory, 'rota.yml'), text)
  }

  it('is read beside faci.yml, with its variables', async () => {
    write(`${PEOPLE}\nrotation: {every: 1, unit: $UNIT}\n`)
    const {layers, timezone} = await read('oncall: $ROTA', {ROTA: 'rota.yml', UNIT: 'days'})
    expect(layers[0]?.every).toEqual({count: 1, unit: 'days'})
    expect(timezone).toBe('America/Sao_Paulo')
  })

  it('tells its own problems by their place, and only to whoever asks for the rota', async () => {
    write(`${PEOPLE}\nrotation: fortnightly\n`)
    const {code, message} = await refusal(read('oncall: rota.yml'))
    expect([code, message]).toEqual([
      'configInvalid',
      expect.stringContaining('rota.yml:2:11: rotation: must be daily'),
    ])
    await expect(loadConfig({directory, file: undefined, environment: {}})).resolves.toMatchObject({service: 'shop'})
  })

  it('that is not there is named, with who names it', async () => {
    const {code, message, suggestions} = await refusal(read('oncall: nowhere.yml'))
    expect([code, message]).toEqual(['configInvalid', expect.stringContaining('nowhere.yml cannot be read (ENOENT)')])
    expect(suggestions.join()).toContain('faci.yml')
  })

  it('is not obeyed when every account may write it', async () => {
    write(`${PEOPLE}\nrotation: daily\n`)
    chmodSync(join(directory, 'rota.yml'), 0o666)
    expect((await refusal(read('oncall: rota.yml'))).code).toBe('refused')
  })
})

describe('calendars of absences', () => {
  const NAMED = `oncall:
  ${PEOPLE}
  rotation: daily
  absenceCalendars: [{person: Ana, file: ana.ics}, {person: Bia, file: bia.ics}, {person: Bia, file: page.ics}]`

  it('add what they say, and tell what is not understood', async () => {
    const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']
    const text = [
      'BEGIN:VCALENDAR',
      ...event('SUMMARY:beach', 'DTSTART;VALUE=DATE:20261220', 'DTEND;VALUE=DATE:20261228'),
      ...event('SUMMARY:gym', 'DTSTART:20261220T090000', 'DURATION:PT2H', 'RRULE:FREQ=DAILY'),
      ...event('SUMMARY:pulse', 'DTSTART:20261220T090000', 'RRULE:FREQ=SECONDLY'),
      ...event('SUMMARY:elsewhere', 'DTSTART:20261220T090000', 'RDATE;TZID=Mars/Olympus:20261221T090000'),
      ...event('SUMMARY:trip', 'DTSTART;TZID=E. South America Standard Time:20261220T090000', 'DURATION:PT1H'),
      ...event('SUMMARY:some day', 'DTSTART:soon'),
      'END:VCALENDAR',
    ].join('\r\n')
    writeFileSync(join(directory, 'ana.ics'), text)
    writeFileSync(join(directory, 'page.ics'), '<html>Sign in</html>')
    const {absences, recurring, unread} = await read(NAMED)
    const at = (day: string) => ({wall: wall(`${day}T00:00`), zone: null, plusMs: 0})
    expect(absences).toEqual([{person: 'Ana', reason: 'beach', from: at('2026-12-20'), to: at('2026-12-28')}])
    expect(recurring).toMatchObject([
      {person: 'Ana', reason: 'gym', file: 'ana.ics', lasts: {wallMs: 0, plusMs: 7_200_000}, until: null},
    ])
    expect(recurring[0]?.begins(wall('2027-01-01T00:00'), wall('2027-01-02T10:00'))).toEqual([
      ...[wall('2027-01-01T09:00'), wall('2027-01-02T09:00')],
    ])
    expect(unread).toEqual([
      {person: 'Ana', file: 'ana.ics', what: 'pulse', why: 'recurring'},
      {person: 'Ana', file: 'ana.ics', what: 'elsewhere', why: 'zone'},
      {person: 'Ana', file: 'ana.ics', what: 'trip', why: 'zone'},
      {person: 'Ana', file: 'ana.ics', what: 'some day', why: 'time'},
      {person: 'Bia', file: 'bia.ics', what: 'ENOENT', why: 'file'},
      {person: 'Bia', file: 'page.ics', what: 'it is no iCalendar file', why: 'file'},
    ])
  })

  it('tell that there is more in them than is read', async () => {
    const event = ['BEGIN:VEVENT', 'SUMMARY:beach', 'DTSTART;VALUE=DATE:20261220', 'END:VEVENT', '']
    writeFileSync(join(directory, 'ana.ics'), `BEGIN:VCALENDAR\r\n${event.join('\r\n').repeat(10_001)}END:VCALENDAR`)
    const {absences, unread} = await read(NAMED)
    expect(absences).toHaveLength(10_000)
    expect(unread[0]).toEqual({person: 'Ana', file: 'ana.ics', what: '', why: 'cut'})
  })

  it('are not obeyed when every account may write them', async () => {
    writeFileSync(join(directory, 'ana.ics'), 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')
    chmodSync(join(directory, 'ana.ics'), 0o666)
    const {unread} = await read(NAMED)
    expect(unread[0]).toMatchObject({
      person: 'Ana',
      why: 'file',
      what: expect.stringContaining('every account') as string,
    })
  })
})
