import type {
  EscalationTarget,
  Layer,
  Restriction,
  WallTime,
  WrittenMoment,
  WrittenPeriod,
  WrittenRota,
} from '../domain/oncall/rota.js'
import type {OncallDocument} from './oncall-schema.js'
import {dayWindow, endOf, type WrittenTime} from './wall-times.js'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A Monday, and the first of a month: what a rotation without `start` is counted from. */
const ANCHOR = Date.UTC(2024, 0, 1)
const DEFAULT_HANDOFF = {weekday: null, minutes: 9 * 60} as const

type WrittenTurns = Pick<OncallDocument, 'handoff' | 'start' | 'end' | 'hours' | 'weekdays'>
type WrittenHours = NonNullable<OncallDocument['hours']>

function isOneWindow(hours: WrittenHours): hours is [number, number] {
  return typeof hours[0] === 'number'
}

function toRestriction({hours, weekdays}: Pick<WrittenTurns, 'hours' | 'weekdays'>): Restriction {
  const windows = hours === undefined ? null : isOneWindow(hours) ? [hours] : hours
  return {
    hours: windows?.map(([start, end]) => dayWindow([start, end])) ?? null,
    weekdays: weekdays === undefined ? null : [...new Set(weekdays)].sort(),
  }
}

function anchorOf({handoff = DEFAULT_HANDOFF, start}: WrittenTurns): WallTime {
  return (start ?? ANCHOR + (handoff.weekday ?? 0) * DAY_MS) + handoff.minutes * MINUTE_MS
}

function toLayer(name: string, every: Layer['every'], people: readonly string[], turns: WrittenTurns): Layer {
  return {
    name,
    every,
    people,
    anchor: anchorOf(turns),
    startsAtAnchor: turns.start !== undefined,
    end: turns.end === undefined ? null : endOf(turns.end),
    restriction: toRestriction(turns),
  }
}

function toLayers({layers, rotation, people, ...turns}: OncallDocument): readonly Layer[] {
  if (layers !== undefined) {
    return layers.map((layer, at) =>
      toLayer(layer.name ?? `layer ${String(at + 1)}`, layer.rotation, layer.people, layer),
    )
  }
  const everyone = people.map(({name}) => name)
  return rotation === undefined ? [] : [toLayer('primary', rotation, everyone, turns)]
}

function here(wall: WallTime): WrittenMoment {
  return {wall, zone: null, plusMs: 0}
}

function toPeriod({from, to}: {readonly from: WrittenTime; readonly to: WrittenTime}): WrittenPeriod {
  return {from: here(from.wall), to: here(endOf(to))}
}

function toTarget(notify: string): EscalationTarget {
  return notify === 'current' || notify === 'next' || notify === 'everyone'
    ? {kind: notify}
    : {kind: 'person', name: notify}
}

/** What a document says, but for the calendars that it names. `timezone`: where it says none. */
export function toRota(document: OncallDocument, timezone: string): WrittenRota {
  const {coverage = 'always', overrides, absences, people, escalation} = document
  return {
    timezone: document.timezone ?? timezone,
    people: people.map(({name, email = null, slack = null, pagerduty = null}) => ({name, email, slack, pagerduty})),
    layers: toLayers(document),
    coverage: coverage === 'always' ? {hours: null, weekdays: null} : toRestriction(coverage),
    overrides: overrides.map(({person, replaces = null, ...period}) => ({person, replaces, ...toPeriod(period)})),
    absences: absences.map(({person, reason = null, ...period}) => ({person, reason, ...toPeriod(period)})),
    recurring: [],
    unread: [],
    escalation: escalation.map(({notify, within}) => ({notify: toTarget(notify), withinSeconds: within})),
  }
}
