import {type Interval, union} from '../interval.js'
import type {WrittenRota} from '../rota.js'
import {layerShifts} from '../shifts.js'
import type {WallClock} from '../wall-clock.js'
import type {PlacedFinding} from './import-report.js'
import type {ImportedLayers} from './imported-layers.js'
import {
  finding,
  type ImportFinding,
  isFinding,
  type SourceOverride,
  type SourceRota,
  minuteText,
  utcText,
} from './source-rota.js'

const MINUTE_MS = 60_000
/** As many as a rota of faci may have. */
const MOST_OVERRIDES = 5000

export interface ImportedOverrides {
  /** People are ids. */
  readonly overrides: WrittenRota['overrides']
  readonly findings: readonly PlacedFinding[]
  /** How many were over before now. */
  readonly ended: number
}

interface Surroundings {
  readonly now: number
  readonly clock: WallClock
  readonly layers: ImportedLayers
}

function times({start, end}: Interval): string {
  return `${minuteText(start)} to ${utcText(end)}`
}

/** Where the rotations that it is limited to have somebody on call. Null: everywhere. */
function limitedTo({rotations, start, end}: SourceOverride, {layers, clock}: Surroundings): readonly Interval[] | null {
  if (rotations === null || layers.rotations.every((name) => rotations.includes(name))) return null
  const met = layers.layers
    .filter(({rotation}) => rotations.includes(rotation))
    .flatMap(({layer}) => layerShifts(layer, {start, end}, clock))
  return union(met)
}

/** Wall times to the minute. Null: clocks show one of them twice, and this is the second. */
function written({start, end}: Interval, clock: WallClock): {readonly from: number; readonly to: number} | null {
  const whole = {
    start: Math.floor(start / MINUTE_MS) * MINUTE_MS,
    end: Math.ceil(end / MINUTE_MS) * MINUTE_MS,
  }
  const [from, to] = [clock.wall(whole.start), clock.wall(whole.end)]
  return clock.instant(from) === whole.start && clock.instant(to) === whole.end ? {from, to} : null
}

interface Carried {
  readonly overrides: WrittenRota['overrides']
  readonly findings: readonly ImportFinding[]
}

function carried(override: SourceOverride, around: Surroundings): Carried {
  const {person, start, end, rotations} = override
  const limited = limitedTo(override, around)
  const pieces = limited ?? [{start, end}]
  const findings: ImportFinding[] = []
  const isWhole = pieces.length === 1 && pieces[0]?.start === start && pieces[0].end === end
  if (!isWhole) findings.push(finding('overrideRotation', 'overrides', times(override), (rotations ?? []).join(', ')))
  if ([start, end].some((time) => time % MINUTE_MS !== 0))
    findings.push(finding('seconds', 'overrides', times(override)))
  const overrides = pieces.flatMap((piece) => {
    const walls = written(piece, around.clock)
    if (walls === null) {
      findings.push(finding('overrideHour', 'overrides', times(piece)))
      return []
    }
    const here = (wall: number) => ({wall, zone: null, plusMs: 0})
    return [{person, replaces: null, from: here(walls.from), to: here(walls.to)}]
  })
  return {overrides, findings}
}

export function importedOverrides(entries: SourceRota['overrides'], around: Surroundings): ImportedOverrides {
  const overrides: WrittenRota['overrides'][number][] = []
  const findings: PlacedFinding[] = []
  let ended = 0
  for (const entry of entries) {
    const before = overrides.length
    if (isFinding(entry)) findings.push({...entry, before})
    else if (entry.end <= around.now) ended += 1
    else if (before >= MOST_OVERRIDES) {
      findings.push({...finding('tooManyOverrides', 'overrides', times(entry), MOST_OVERRIDES), before})
    } else if (entry.start < entry.end) {
      const made = carried(entry, around)
      findings.push(...made.findings.map((one) => ({...one, before})))
      overrides.push(...made.overrides)
    }
  }
  return {overrides: overrides.slice(0, MOST_OVERRIDES), findings, ended}
}
