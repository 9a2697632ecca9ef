import {openRota} from '../open-rota.js'
import type {WrittenRota} from '../rota.js'
import {shiftsBetween} from '../shifts.js'
import {wallClock} from '../wall-clock.js'
import type {PlacedFinding} from './import-report.js'
import {importedLayers} from './imported-layers.js'
import {importedOverrides} from './imported-overrides.js'
import {importedSteps} from './imported-steps.js'
import {namedPeople} from './named-people.js'
import {finding, type ImportFinding, isFinding, type SourceRota, type Tool, utcText} from './source-rota.js'

export interface ImportedRota {
  /** Null: nothing of it could be carried over, or there is nothing. */
  readonly rota: WrittenRota | null
  readonly findings: readonly PlacedFinding[]
  /** What was over before now, and is left out. */
  readonly ended: {readonly rotations: number; readonly overrides: number}
}

const PEOPLE_OF: Readonly<Record<Tool, string>> = {
  pagerduty: 'GET /schedules/ID?include[]=users',
  opsgenie: 'GET /v2/users',
  grafana: 'GET /api/v1/users',
}

type Unnamed = Pick<WrittenRota, 'layers' | 'overrides' | 'escalation'>

function idsIn({layers, overrides, escalation}: Unnamed): ReadonlySet<string> {
  return new Set([
    ...layers.flatMap(({people}) => people),
    ...overrides.map(({person}) => person),
    ...escalation.flatMap(({notify}) => (notify.kind === 'person' ? [notify.name] : [])),
  ])
}

/** With people by name instead of id, and only those who are needed. */
function withNames(unnamed: Unnamed, {people, timezone, tool}: SourceRota) {
  const known = new Map(people.map((person) => [person.id, person]))
  const nobody = {name: null, email: null, slack: null, pagerduty: null}
  const {people: named, findings} = namedPeople(
    [...idsIn(unnamed)].map((id) => known.get(id) ?? {id, ...nobody}),
    PEOPLE_OF[tool],
  )
  const name = (id: string): string => named.get(id)?.name ?? id
  const rota: WrittenRota = {
    timezone,
    people: [...named.values()],
    layers: unnamed.layers.map((layer) => ({...layer, people: layer.people.map(name)})),
    coverage: {hours: null, weekdays: null},
    overrides: unnamed.overrides.map((override) => ({...override, person: name(override.person)})),
    absences: [],
    recurring: [],
    unread: [],
    escalation: unnamed.escalation.map(({notify, withinSeconds}) => ({
      notify: notify.kind === 'person' ? {kind: 'person', name: name(notify.name)} : notify,
      withinSeconds,
    })),
  }
  return {rota, name, findings}
}

/** When the rota first has somebody else than the tool itself computed; null: never. */
function firstDifference(
  rota: WrittenRota,
  {computed}: SourceRota,
  now: number,
  name: (id: string) => string,
): number | null {
  const open = openRota(rota)
  for (const {person, start, end} of computed) {
    const asked = {start: Math.max(start, now), end}
    if (asked.start >= asked.end) continue
    let at = asked.start
    for (const shift of shiftsBetween(open, asked)) {
      if (shift.start > at || shift.person !== name(person)) return Math.max(at, Math.min(shift.start, asked.end))
      at = shift.end
    }
    if (at < asked.end) return at
  }
  return null
}

interface Attempt extends ImportedRota {
  readonly differsAt: number | null
}

function attempt(source: SourceRota, now: number): Attempt {
  const clock = wallClock(source.timezone)
  const layers = importedLayers(source, clock.wall(now))
  const overrides = importedOverrides(source.overrides, {now, clock, layers})
  const escalation = importedSteps(source.escalation)
  const unnamed: Unnamed = {
    layers: layers.layers.map(({layer}) => layer),
    overrides: overrides.overrides,
    escalation: escalation.steps,
  }
  const ended = {rotations: layers.ended, overrides: overrides.ended}
  const first = (found: readonly ImportFinding[]) => found.map((one) => ({...one, before: 0}))
  const ofParts = [...layers.findings, ...overrides.findings, ...escalation.findings]
  const ofAll = first(source.findings)
  if (unnamed.layers.length === 0) {
    // Without a rota it is no matter whom it would notify.
    const findings = [...ofAll.filter(({kind}) => kind !== 'noEscalation'), ...ofParts]
    return {rota: null, findings, ended, differsAt: null}
  }
  const {rota, name, findings: ofPeople} = withNames(unnamed, source)
  const differsAt = firstDifference(rota, source, now, name)
  return {rota, findings: [...ofAll, ...first(ofPeople), ...ofParts], ended, differsAt}
}

/** With the order of its layers turned round. */
function reversed(source: SourceRota): SourceRota {
  const rotations = [...source.rotations].reverse()
  return {...source, rotations: rotations.map((one, rank) => (isFinding(one) ? one : {...one, rank}))}
}

/**
 * The rota of another tool as one of faci's, from now (epoch ms) on. Where the tool says whom it has computed to be on call, that decides
 * which of its layers comes first, and what still differs is told. Throws `configInvalid` for a zone that this Node does not know.
 */
export function importedRota(source: SourceRota, now: number): ImportedRota {
  const plain = attempt(source, now)
  if (plain.differsAt === null) return plain
  const other = source.tool === 'pagerduty' ? attempt(reversed(source), now) : plain
  if (other.differsAt === null) return other
  const told = finding('differs', 'rota', source.schedule, utcText(plain.differsAt))
  return {...plain, findings: [{...told, before: 0}, ...plain.findings]}
}
