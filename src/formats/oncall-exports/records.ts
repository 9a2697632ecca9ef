import type {Tool} from '../../domain/oncall/import/source-rota.js'

export type ExportRecord = Readonly<Record<string, unknown>>

/** Keys under which the APIs of these tools answer with what was asked for. */
const WRAPPERS = [
  ...['schedule', 'schedules', 'results', 'data', 'user', 'users', 'on_call_shifts', 'overrides'],
  ...['escalation_policy', 'escalation_policies'],
]
/** Answers within lists of answers: deeper than any of them is. */
const MOST_DEPTH = 6

const SHIFTS = ['rolling_users', 'recurrent_event', 'single_event', 'override']

/** What an answer is made of, by what it is. */
const KINDS = {
  'pagerduty schedule': (one) => Array.isArray(one['schedule_layers']),
  'pagerduty policy': (one) => Array.isArray(one['escalation_rules']),
  'pagerduty override': (one) => 'start' in one && 'end' in one && 'user' in one,
  'opsgenie schedule': (one) => Array.isArray(one['rotations']) && typeof one['timezone'] === 'string',
  'opsgenie override': (one) => 'startDate' in one && 'endDate' in one && 'user' in one,
  'opsgenie escalation': (one) => Array.isArray(one['rules']) && 'name' in one,
  'opsgenie team': (one) => Array.isArray(one['members']) && 'name' in one,
  'grafana shift': (one) => SHIFTS.includes(String(one['type'])) && 'duration' in one,
  'grafana schedule': (one) => ['web', 'calendar', 'ical'].includes(String(one['type'])) && 'name' in one,
  'grafana escalation': (one) => 'escalation_chain_id' in one && 'position' in one,
  // Lists of schedules that say nothing of who is on call.
  'pagerduty name': (one) => one['type'] === 'schedule' || one['type'] === 'schedule_reference',
  'opsgenie name': (one) => typeof one['timezone'] === 'string' && 'enabled' in one,
  person: (one) => typeof one['id'] === 'string' && ('email' in one || 'username' in one || 'fullName' in one),
} as const satisfies Record<string, (one: ExportRecord) => boolean>

export type RecordKind = keyof typeof KINDS
export type Records = Readonly<Record<RecordKind, readonly ExportRecord[]>>

/** What people call it. */
export function recordName(record: ExportRecord): string {
  const names = [record['name'], record['summary'], record['id']]
  return names.find((name) => typeof name === 'string') ?? ''
}

function isRecord(value: unknown): value is ExportRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(one: ExportRecord): RecordKind | null {
  return (Object.keys(KINDS) as RecordKind[]).find((kind) => KINDS[kind](one)) ?? null
}

/** Every answer of an API in a file that holds one, several under their keys, or a list of them. */
export function recordsIn(value: unknown): Records {
  const found = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []])) as unknown as Record<
    RecordKind,
    ExportRecord[]
  >
  const visit = (part: unknown, depth: number): void => {
    if (depth > MOST_DEPTH) return
    if (Array.isArray(part)) {
      for (const one of part) visit(one, depth + 1)
      return
    }
    if (!isRecord(part)) return
    const kind = kindOf(part)
    if (kind !== null) found[kind].push(part)
    else for (const key of WRAPPERS) visit(part[key], depth + 1)
  }
  visit(value, 0)
  return found
}

const SCHEDULES = ['pagerduty schedule', 'opsgenie schedule', 'grafana schedule'] as const

/** A schedule that several of the answers hold is one. */
export function withoutTwins(records: Records): Records {
  const once = (some: readonly ExportRecord[]): readonly ExportRecord[] =>
    some.length < 2 ? some : [...new Map(some.map((one) => [JSON.stringify(one), one])).values()]
  return {...records, ...Object.fromEntries(SCHEDULES.map((kind) => [kind, once(records[kind])]))}
}

const OF_TOOL: Readonly<Record<Tool, readonly RecordKind[]>> = {
  pagerduty: ['pagerduty schedule', 'pagerduty policy', 'pagerduty name'],
  opsgenie: ['opsgenie schedule', 'opsgenie override', 'opsgenie name'],
  grafana: ['grafana schedule', 'grafana shift'],
}

/** Whose answers these are, as far as their shapes say. */
export function toolsIn(records: Records): readonly Tool[] {
  return (Object.keys(OF_TOOL) as Tool[]).filter((tool) => OF_TOOL[tool].some((kind) => records[kind].length > 0))
}
