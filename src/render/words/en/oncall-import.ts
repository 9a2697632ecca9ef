import type {FindingKind, ImportFinding} from '../../../domain/oncall/import/source-rota.js'
import {span} from '../../../domain/time/span.js'

type Words = (finding: ImportFinding) => string

function leftOut(why: (finding: ImportFinding) => string): Words {
  return (finding) => `${finding.name} is left out: ${why(finding)}`
}

const ONE_AT_A_TIME = 'a rota of faci has one person on call at a time'

const ROTATIONS = {
  simultaneous: leftOut(({detail}) => `it is on call at the same time as ${detail}, and ${ONE_AT_A_TIME}`),
  participant: leftOut(({detail}) => `only people can take turns in a rota of faci, and here ${detail} does`),
  team: leftOut(
    ({detail}) =>
      `only people can take turns in a rota of faci, and the file does not hold the members of ${detail}: add what GET /v2/teams/ID answers, and import again`,
  ),
  emptyTurn: leftOut(
    ({detail}) =>
      `its turn ${detail} is nobody's, and a rota of faci has no empty turns, only \`hours\` and \`weekdays\`, which come again each week as these turns do not: write who is on call as \`overrides\``,
  ),
  empty: leftOut(() => 'nobody is in it'),
  turnLength: leftOut(
    ({detail}) => `a turn of ${span(Number(detail) * 60)} is not in whole hours, or is longer than a year`,
  ),
  recurrence: leftOut(({detail}) => `a rota of faci cannot say how it recurs (${detail})`),
  tooManyTurns: leftOut(
    ({detail}) => `with ${detail} people it takes too many turns until each has the same weekday and hours again`,
  ),
  tooManyLayers: leftOut(({detail}) => `a rota of faci has at most ${detail} layers`),
  zone: leftOut(({detail}) => `its time zone, ${detail}, changes its clocks at other times than that of the rota`),
  virtualStart: leftOut(({detail}) => `its turns are counted from ${detail}, and who is on call before is not certain`),
  missingShift: leftOut(() => 'the schedule lists it, but it is not in the file'),
  noShifts: ({name}) => `the schedule ${name} lists no shifts: none of those in the file is taken for one of its own`,
  disabled: ({part, name}) =>
    part === 'rota' ? `the schedule ${name} is disabled there` : `${name} is left out: it is disabled there`,
  severalAtOnce: ({name, detail}) =>
    `${name}: ${detail} are on call together, and ${ONE_AT_A_TIME}: only the first of them is in it`,
  seconds: ({name}) => `${name}: its times have seconds, and a rota of faci has minutes: it is up to a minute off`,
  repeatedHour: ({name, detail}) =>
    `${name}: clocks show the time of ${detail} twice, and a rota of faci means the first: it is up to an hour off then`,
  until: ({name, detail}) =>
    `${name}: it ends at ${detail}; a shift that has begun by then may go on there, and is cut here`,
} as const satisfies Partial<Record<FindingKind, Words>>

const OVERRIDES = {
  overrideHour: ({name}) => `the override ${name} is left out: clocks show its beginning or end twice`,
  overridePerson: ({name, detail}) =>
    `the override ${name} is left out: it is not of a person${detail === '' ? '' : ` but of ${detail}`}`,
  overrideRotation: ({name, detail}) =>
    `the override ${name} is carried over only where ${detail} has somebody on call, and not beyond`,
  tooManyOverrides: ({name, detail}) =>
    `the override ${name} is left out: a rota of faci has at most ${detail} overrides`,
  whoseOverride: ({name}) =>
    `the override ${name} is left out: the file is not of this schedule alone, and does not say whose override it is`,
  noOverrides: ({name, detail}) =>
    `the file holds no overrides of ${name}: if there are any, add what ${detail} answers`,
} as const satisfies Partial<Record<FindingKind, Words>>

const ESCALATION = {
  step: ({name, detail}) =>
    `${name} of the escalation is left out: it notifies ${detail === '' ? 'nobody' : detail}, and a step of faci notifies whoever is on call, or one person`,
  stepWait: ({name, detail}) =>
    `the ${span(Number(detail))} of ${name} are added to the step before it, so that whoever follows is notified no sooner than there`,
  stepEarlier: ({name, detail}) =>
    `${name} lasts ${span(Number(detail))} there, and here no step stands before those that follow: they are notified that much sooner`,
  loops: ({name, detail}) => `the escalation ${name} is repeated ${detail} times there, and gone through once here`,
  policy: ({name, detail}) => `the escalation ${name} is left out: that of ${detail} uses the schedule as well`,
  chain: ({name}) => `the escalation ${name} is left out: write it as \`escalation\` yourself`,
  noEscalation: ({name, detail}) =>
    `the file holds no escalation of ${name}, and without one \`faci oncall escalate\` notifies nobody: ${detail === '' ? '' : `add what ${detail} answers, or `}write \`escalation\` yourself`,
} as const satisfies Partial<Record<FindingKind, Words>>

const TEXTS: Readonly<Record<FindingKind, Words>> = {
  ...ROTATIONS,
  ...OVERRIDES,
  ...ESCALATION,
  contact: ({name, detail}) => `${name}: ${detail} is no address or id that faci can use, and is left out`,
  renamed: ({name, detail}) => `${name} is called ${detail} here: names are unique, and can be typed`,
  unnamed: ({name, detail}) =>
    `the file holds only an id of ${name}: write the name wherever the id stands below, and the person's \`email\`, \`slack\` or \`pagerduty\` under \`people\`; or add what ${detail} answers, and import again`,
  calendar: ({part, name}) =>
    part === 'rota'
      ? `the schedule ${name} is a calendar that is kept elsewhere: nothing of it is in the file`
      : `overrides of ${name} are in a calendar that is kept elsewhere: they are not in the file`,
  differs: ({name, detail}) =>
    `${name}: the tool itself has somebody else on call at ${detail} than this rota: compare before you use it`,
}

/** What a person reads of something that was not carried over as it was. */
export function importFindingText(finding: ImportFinding): string {
  return TEXTS[finding.kind](finding)
}

const TOOL_NAMES = {pagerduty: 'PagerDuty', opsgenie: 'Opsgenie', grafana: 'Grafana OnCall'} as const

export interface ImportHead {
  readonly tool: keyof typeof TOOL_NAMES
  readonly schedule: string
  readonly ended: {readonly rotations: number; readonly overrides: number}
}

function count(number: number, what: string): string {
  return `${String(number)} ${what}${number === 1 ? '' : 's'}`
}

export function importHeadText({tool, schedule}: ImportHead): string {
  return `The schedule ${schedule} of ${TOOL_NAMES[tool]}, written by \`faci oncall import\`.`
}

/** Null: nothing was over. */
export function endedText({ended: {rotations, overrides}}: ImportHead): string | null {
  const parts = [
    ...(rotations === 0 ? [] : [count(rotations, 'rotation')]),
    ...(overrides === 0 ? [] : [count(overrides, 'override')]),
  ]
  return parts.length === 0 ? null : `left out as they are over: ${parts.join(', ')}`
}

/** What a rota without steps can be given, as it is written in its file. */
export function escalationExample(): readonly string[] {
  return ['escalation:', '  - {notify: current, within: 15m}', '  - {notify: everyone, within: 15m}']
}

export function nothingText({schedule}: ImportHead): string {
  return `nothing of the schedule ${schedule} can be carried over: no rota is written`
}
