import * as z from 'zod/mini'
import type {Layer, RotationUnit} from '../domain/oncall/rota.js'
import {weekdayOf} from '../domain/time/weekday.js'
import {closest, orMeant} from '../domain/text/did-you-mean.js'
import {named, parsedText, seconds} from '../formats/yaml/values.js'
import {
  endOf,
  type HandOff,
  parseClock,
  parseDay,
  parseHandOff,
  parseTime,
  parseWeekday,
  WEEKDAY_NAMES,
  type WrittenTime,
} from './wall-times.js'
import {timezone} from './timezone.js'

/** More than a year of turns is no rotation, and each is counted. */
const MOST: Readonly<Record<RotationUnit, number>> = {hours: 8784, days: 366, weeks: 53, months: 12}
const PLAIN: Readonly<Record<'daily' | 'weekly' | 'monthly', Layer['every']>> = {
  daily: {count: 1, unit: 'days'},
  weekly: {count: 1, unit: 'weeks'},
  monthly: {count: 1, unit: 'months'},
}
const MOST_ENTRIES = 5000

const name = named(/^\S(?:[^\p{Cc}]*\S)?$/u, 'must be one line without spaces around it')
const optionalText = z.optional(z.string().check(z.minLength(1)))

const PERSON = 'must be a name, or {name: Ana, email: ana@example.com, slack: U012AB3CD}'

const described = z.strictObject(
  {
    name,
    email: z.optional(named(/^[^\s@,;<>]+@[^\s@,;<>]+$/, 'must be an e-mail address')),
    slack: z.optional(
      named(
        /^[UW][A-Z0-9]{2,}$/,
        'must be the id of a Slack member, such as U012AB3CD: see “Copy member ID” in their profile',
      ),
    ),
    pagerduty: z.optional(named(/^[A-Z0-9]+$/, 'must be the id of a PagerDuty user, such as PABC123')),
  },
  {error: ({code}) => (code === 'invalid_type' ? PERSON : undefined)},
)
/** A name alone is somebody who is reached by a channel's own ways. */
const person = z.pipe(
  z.transform((written: unknown) => (typeof written === 'string' ? {name: written} : written)),
  described,
)

const every = z
  .strictObject({every: z.int().check(z.positive()), unit: z.enum(['hours', 'days', 'weeks', 'months'])})
  .check(({value, issues}) => {
    if (value.every <= MOST[value.unit]) return
    const message = `must be at most ${String(MOST[value.unit])} ${value.unit}`
    issues.push({code: 'custom', path: ['every'], input: value.every, message})
  })

const rotation = z.union(
  [
    z.pipe(
      z.enum(['daily', 'weekly', 'monthly']),
      z.transform((plain) => PLAIN[plain]),
    ),
    z.pipe(
      every,
      z.transform(({every: count, unit}): Layer['every'] => ({count, unit})),
    ),
  ],
  {error: 'must be daily, weekly, monthly or {every: 2, unit: weeks}; units are hours, days, weeks, months'},
)

const clock = parsedText(parseClock)
const oneWindow = z.tuple([clock, clock])
const hours = z.union([oneWindow, z.array(oneWindow).check(z.minLength(1))], {
  error: "must be ['09:00', '18:00'], or a list of such windows",
})

const restriction = {
  hours: z.optional(hours),
  weekdays: z.optional(z.array(parsedText(parseWeekday)).check(z.minLength(1))),
}

const turns = {
  rotation: z.optional(rotation),
  handoff: z.optional(parsedText(parseHandOff)),
  start: z.optional(parsedText(parseDay)),
  end: z.optional(parsedText(parseTime)),
  ...restriction,
}

interface WrittenTurns {
  readonly rotation?: Layer['every'] | undefined
  readonly handoff?: HandOff | undefined
  readonly start?: number | undefined
}

function weekdayProblem({rotation: each, handoff, start}: WrittenTurns): string | null {
  const weekday = handoff?.weekday ?? null
  if (weekday === null || each === undefined) return null
  if (each.unit !== 'weeks') return "names a weekday, which only a rotation of weeks hands off on: write '09:00'"
  if (start === undefined || weekdayOf(start) === weekday) return null
  const DAY_MS = 86_400_000
  const before = new Date(start - ((weekdayOf(start) - weekday + 7) % 7) * DAY_MS).toISOString().slice(0, 10)
  return `is on ${WEEKDAY_NAMES[weekday]}, but \`start\` is a ${WEEKDAY_NAMES[weekdayOf(start)]}: start on ${before}, or leave out the weekday`
}

function checkTurns({value, issues}: z.core.ParsePayload<WrittenTurns>): void {
  const message = weekdayProblem(value)
  if (message !== null) issues.push({code: 'custom', path: ['handoff'], input: value.handoff, message})
}

const layer = z
  .strictObject({name: z.optional(name), people: z.array(name).check(z.minLength(1)), ...turns, rotation})
  .check(checkTurns)

const period = {from: parsedText(parseTime), to: parsedText(parseTime)}

interface WrittenPeriod {
  readonly from: WrittenTime
  readonly to: WrittenTime
}

function checkPeriod({value, issues}: z.core.ParsePayload<WrittenPeriod>): void {
  if (endOf(value.to) > value.from.wall) return
  issues.push({code: 'custom', path: ['to'], input: value.to, message: 'must be after `from`'})
}

const override = z.strictObject({person: name, ...period, replaces: z.optional(name)}).check(checkPeriod)
const absence = z.strictObject({person: name, ...period, reason: optionalText}).check(checkPeriod)

const step = z.strictObject({notify: name, within: z._default(seconds, 300)})

const document = z.strictObject({
  timezone: z.optional(timezone),
  people: z.array(person).check(z.minLength(1), z.maxLength(MOST_ENTRIES)),
  ...turns,
  layers: z.optional(z.array(layer).check(z.minLength(1), z.maxLength(50))),
  coverage: z.optional(
    z.union([z.literal('always'), z.strictObject(restriction)], {
      error: "must be always, or {hours: ['09:00', '18:00'], weekdays: [Mon, Fri]}",
    }),
  ),
  overrides: z._default(z.array(override).check(z.maxLength(MOST_ENTRIES)), []),
  absences: z._default(z.array(absence).check(z.maxLength(MOST_ENTRIES)), []),
  absenceCalendars: z._default(z.array(z.strictObject({person: name, file: z.string().check(z.minLength(1))})), []),
  escalation: z._default(z.array(step), []),
})

type Document = z.output<typeof document>

interface Problem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Whoever is named where, but for `people` itself. */
function namesIn({layers = [], overrides, absences, absenceCalendars, escalation}: Document) {
  const GROUPS = ['current', 'next', 'everyone']
  return [
    ...layers.flatMap(({people}, at) => people.map((who, index) => ({who, path: ['layers', at, 'people', index]}))),
    ...overrides.map(({person: who}, at) => ({who, path: ['overrides', at, 'person']})),
    ...overrides.flatMap(({replaces}, at) =>
      replaces === undefined ? [] : [{who: replaces, path: ['overrides', at, 'replaces']}],
    ),
    ...absences.map(({person: who}, at) => ({who, path: ['absences', at, 'person']})),
    ...absenceCalendars.map(({person: who}, at) => ({who, path: ['absenceCalendars', at, 'person']})),
    ...escalation.flatMap(({notify: who}, at) =>
      GROUPS.includes(who) ? [] : [{who, path: ['escalation', at, 'notify']}],
    ),
  ]
}

function strangers(rota: Document): readonly Problem[] {
  const people = rota.people.map((one) => one.name)
  return namesIn(rota).flatMap(({who, path}) =>
    people.includes(who) ? [] : [{path, message: `${who} is not in \`people\`${orMeant(closest(who, people))}`}],
  )
}

function repeated(names: readonly string[], path: readonly string[]): readonly Problem[] {
  return names.flatMap((one, at) =>
    names.indexOf(one) === at ? [] : [{path: [...path, at], message: `${one} is there twice`}],
  )
}

const TURNS = ['rotation', 'handoff', 'start', 'end', 'hours', 'weekdays'] as const

function shapeProblems(rota: Document): readonly Problem[] {
  if (rota.layers === undefined) {
    return rota.rotation === undefined ? [{path: [], message: 'needs `rotation`, or `layers`'}] : []
  }
  const both = TURNS.find((key) => rota[key] !== undefined)
  return both === undefined ? [] : [{path: [both], message: `is of each layer: move it into \`layers\``}]
}

/** `oncall`, in faci.yml or in a file of its own. */
export const oncallSchema = document.check(
  (payload) => {
    checkTurns(payload)
  },
  ({value, issues}) => {
    const problems = [
      ...shapeProblems(value),
      ...repeated(
        value.people.map((one) => one.name),
        ['people'],
      ),
      ...repeated(
        (value.layers ?? []).map(({name: own}, at) => own ?? `layer ${String(at + 1)}`),
        ['layers'],
      ),
      ...strangers(value),
    ]
    for (const {path, message} of problems) issues.push({code: 'custom', path: [...path], input: value, message})
  },
)

export type OncallDocument = Document
