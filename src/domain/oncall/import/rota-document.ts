import type {EscalationStep, Layer, Person, Restriction, WallTime, WrittenRota} from '../rota.js'

import {minuteText} from './source-rota.js'

const DAY_MS = 86_400_000
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const PLAIN: Readonly<Record<string, string>> = {'1 days': 'daily', '1 weeks': 'weekly', '1 months': 'monthly'}

interface WrittenRestriction {
  readonly hours?: readonly string[] | readonly (readonly string[])[]
  readonly weekdays?: readonly string[]
}

interface WrittenLayer extends WrittenRestriction {
  readonly name: string
  readonly rotation: string | {readonly every: number; readonly unit: string}
  readonly start: string
  readonly handoff: string
  readonly end?: string
  readonly people: readonly string[]
}

interface WrittenPerson {
  readonly name: string
  readonly email?: string
  readonly slack?: string
  readonly pagerduty?: string
}

/** A rota as it is written in a file. */
export interface RotaDocument {
  readonly timezone: string
  readonly people: readonly WrittenPerson[]
  readonly layers: readonly WrittenLayer[]
  readonly overrides?: readonly {readonly person: string; readonly from: string; readonly to: string}[]
  readonly escalation?: readonly {readonly notify: string; readonly within: string}[]
}

function clock(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}

function day(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 10)
}

function restriction({hours, weekdays}: Restriction): WrittenRestriction {
  const windows = hours?.map(({start, end}) => [clock(start), clock(end > 1440 ? end - 1440 : end)])
  return {
    ...(windows === undefined ? {} : {hours: windows.length === 1 ? (windows[0] ?? []) : windows}),
    ...(weekdays === null ? {} : {weekdays: weekdays.map((one) => WEEKDAYS[one])}),
  }
}

function layer({name, every: {count, unit}, anchor, end, people, restriction: limits}: Layer): WrittenLayer {
  return {
    name,
    rotation: PLAIN[`${String(count)} ${unit}`] ?? {every: count, unit},
    start: day(anchor),
    handoff: clock((anchor - Math.floor(anchor / DAY_MS) * DAY_MS) / 60_000),
    ...(end === null ? {} : {end: minuteText(end)}),
    people,
    ...restriction(limits),
  }
}

/** faci puts variables in where it reads a `$`. */
function plain(text: string): string {
  return text.replaceAll('$', '$$$$')
}

function person({name, email, slack, pagerduty}: Person): WrittenPerson {
  return {
    name,
    ...(email === null ? {} : {email: plain(email)}),
    ...(slack === null ? {} : {slack}),
    ...(pagerduty === null ? {} : {pagerduty}),
  }
}

function step({notify, withinSeconds}: EscalationStep) {
  const within = withinSeconds % 60 === 0 ? `${String(withinSeconds / 60)}m` : `${String(withinSeconds)}s`
  return {notify: notify.kind === 'person' ? notify.name : notify.kind, within}
}

/** What faci would read as this rota. */
export function rotaDocument({timezone, people, layers, overrides, escalation}: WrittenRota): RotaDocument {
  const written = overrides.map(({person: name, from, to}) => ({
    ...{person: name, from: minuteText(from.wall), to: minuteText(to.wall)},
  }))
  return {
    timezone,
    people: people.map(person),
    layers: layers.map(layer),
    ...(written.length === 0 ? {} : {overrides: written}),
    ...(escalation.length === 0 ? {} : {escalation: escalation.map(step)}),
  }
}
