import {finding, type ImportFinding, minuteText, type SourceOverride} from '../../domain/oncall/import/source-rota.js'
import {type GrafanaShift, shiftName} from './grafana-shift.js'
import type {Records} from './records.js'

/** Clocks of any zone are less than that apart. */
const DAY_MS = 86_400_000

export interface OwnShifts {
  readonly shifts: readonly GrafanaShift[]
  /** What stands in the place of shifts, and of overrides, that are not among them. */
  readonly missing: readonly ImportFinding[]
  readonly doubtful: readonly (SourceOverride | ImportFinding)[]
  readonly findings: readonly ImportFinding[]
}

interface Listing {
  readonly name: string
  /** Ids; null: it says nothing of them, which is not the same as that it has none. */
  readonly shifts?: readonly string[] | null | undefined
}

const NOTHING = {missing: [], doubtful: [], findings: []} as const

/** Ids that some schedule of the file lists. */
function listedAnywhere(records: Records): ReadonlySet<unknown> {
  return new Set(
    records['grafana schedule'].flatMap(({shifts}): readonly unknown[] => (Array.isArray(shifts) ? shifts : [])),
  )
}

/** Overrides are not listed. They are its own where the file has nothing of any other schedule; else nobody knows whose they are. */
function overridesAmong(others: readonly GrafanaShift[], records: Records, now: number) {
  const isAlone = records['grafana schedule'].length === 1 && others.every(({type}) => type === 'override')
  if (isAlone) return {own: others, doubtful: []}
  const listed = listedAnywhere(records)
  const open = others.filter(
    ({type, id, start, duration}) => type === 'override' && !listed.has(id) && start + duration * 1000 > now - DAY_MS,
  )
  const told = open.map((one) => finding('whoseOverride', 'overrides', `${shiftName(one)} at ${minuteText(one.start)}`))
  return {own: [], doubtful: told}
}

/**
 * The shifts that the schedule lists, and its overrides. All shifts of the file only where the file has no schedule, or where the only one
 * does not say which are its own.
 */
export function ownShifts(
  schedule: Listing | null,
  all: readonly GrafanaShift[],
  records: Records,
  now: number,
): OwnShifts {
  const ids = schedule?.shifts ?? null
  if (schedule === null || (ids === null && records['grafana schedule'].length === 1)) return {...NOTHING, shifts: all}
  const listed = all.filter(({id}) => (ids ?? []).includes(id ?? ''))
  const others = all.filter((shift) => !listed.includes(shift))
  const {own, doubtful} = overridesAmong(others, records, now)
  const known = new Set(listed.map(({id}) => id))
  const missing = (ids ?? []).filter((id) => !known.has(id)).map((id) => finding('missingShift', 'layers', id))
  const hasNone = (ids ?? []).length === 0 && others.some(({type}) => type !== 'override')
  return {
    ...{shifts: [...listed, ...own], missing, doubtful},
    findings: hasNone ? [finding('noShifts', 'rota', schedule.name)] : [],
  }
}
