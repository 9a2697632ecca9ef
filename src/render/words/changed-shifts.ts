import type {IncidentEvent} from '../../domain/incidents/incident-event.js'
import type {IsoTime} from '../../domain/time/iso-time.js'

type OncallChanged = Extract<IncidentEvent, {readonly kind: 'oncall.changed'}>

/** What one language says of who is on call instead of whom; null: nobody. */
export interface ChangedShiftWords {
  readonly act: Readonly<Record<OncallChanged['act'], string>>
  readonly shift: (after: string | null, before: string | null, from: string, to: string) => string
  readonly nothing: string
  readonly more: (count: number) => string
  readonly otherwise: string
}

/** A line of a timeline; the rest is in the schedule. */
const MOST = 4

/** `Shift taken: Bia instead of Ana from 22:00 to 06:00`. */
export function changedShifts(
  {act, changes, isAsPlanned}: Pick<OncallChanged, 'act' | 'changes' | 'isAsPlanned'>,
  time: (at: IsoTime) => string,
  words: ChangedShiftWords,
): string {
  const shown = changes.slice(0, MOST)
  const shifts = shown.map(({start, end, before, after}) => words.shift(after, before, time(start), time(end)))
  const left = changes.length - shown.length
  const said = shifts.length === 0 ? [words.nothing] : shifts
  const all = [...said, ...(left > 0 ? [words.more(left)] : []), ...(isAsPlanned ? [] : [words.otherwise])]
  return `${words.act[act]}: ${all.join('; ')}`
}
