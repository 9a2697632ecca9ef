import type {Layer, Override, Rota} from '../../../src/domain/oncall/rota.js'

/** `2026-01-05T09:00` as a wall clock shows it. */
export function wall(text: string): number {
  return Date.parse(`${text}Z`)
}

/** A weekly rotation of Ana and Bia from Monday 2026-01-05 09:00. */
export function aLayer(over: Partial<Layer> = {}): Layer {
  return {
    name: 'primary',
    every: {count: 1, unit: 'weeks'},
    anchor: wall('2026-01-05T09:00'),
    startsAtAnchor: true,
    end: null,
    people: ['Ana', 'Bia'],
    restriction: {hours: null, weekdays: null},
    ...over,
  }
}

export function anOverride(person: string, start: string, end: string, replaces: string | null = null): Override {
  return {person, replaces, start: Date.parse(start), end: Date.parse(end)}
}

export function aRota(layers: readonly Layer[] = [aLayer()], over: Partial<Rota> = {}): Rota {
  const names = [...new Set(layers.flatMap(({people}) => people))]
  return {
    timezone: 'UTC',
    people: names.map((name) => ({name, email: null, slack: null, pagerduty: null})),
    layers,
    coverage: {hours: null, weekdays: null},
    overrides: [],
    absences: [],
    recurring: [],
    unread: [],
    escalation: [],
    ...over,
  }
}
