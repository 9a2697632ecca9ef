import type {ScheduleReport, ShiftReport} from '../../domain/oncall/oncall-report.js'
import {visible} from '../../domain/text/visible.js'
import {writeCalendar} from '../../formats/ics/write-calendar.js'
import type {Words} from '../words/words.js'

/** The same for a shift in whatever answer it stands: by its beginning, layer and person. In words, without an @: a hash, or what looks like a password in an address, would be masked. */
function uid({layer, person, start}: ShiftReport, service: string): string {
  const words = [layer ?? '', person].map((word) => encodeURIComponent(word.toWellFormed()))
  return `${start.replaceAll(/[-:]/g, '')}/${words.join('/')}/${encodeURIComponent(service)}.oncall.faci`
}

/** An iCalendar file: an entry for each shift, with nobody's address in it. */
export function scheduleCalendar({service: named, at, shifts}: ScheduleReport, {oncall}: Words): string {
  const service = visible(named)
  return writeCalendar({
    name: oncall.title(service),
    at: new Date(at),
    events: shifts.map((shift) => ({
      uid: uid(shift, named),
      start: new Date(shift.start),
      end: new Date(shift.end),
      summary: oncall.summary(visible(shift.person), service),
      description: [
        shift.layer === null ? null : oncall.layer(visible(shift.layer)),
        shift.isOverride ? oncall.override : null,
      ]
        .filter((line) => line !== null)
        .join('\n'),
    })),
  })
}
