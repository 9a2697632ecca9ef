import type {IntervalReport, ScheduleReport, ShiftReport} from '../../domain/oncall/oncall-report.js'
import type {Result} from '../../domain/result.js'
import {cell, joined, literal, type Markdown, markdown} from '../../domain/text/markdown.js'
import {span} from '../../domain/time/span.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import type {Words} from '../words/words.js'
import {noRotaText} from './oncall.js'

interface Line extends IntervalReport {
  /** Null: a gap. */
  readonly shift: ShiftReport | null
}

/** Shifts and gaps in the order of time. */
function lines({shifts, gaps}: ScheduleReport): readonly Line[] {
  const all: Line[] = [...shifts.map((shift) => ({...shift, shift})), ...gaps.map((gap) => ({...gap, shift: null}))]
  return all.sort((a, b) => a.start.localeCompare(b.start))
}

function source({layer, isOverride}: ShiftReport, override: string): string {
  return [layer, isOverride ? override : null].filter((part) => part !== null).join(', ')
}

const COLUMNS = [
  {title: 'FROM', whole: true},
  {title: 'TO', whole: true},
  {title: 'LASTS', align: 'right', spare: 2},
  {title: 'ON CALL'},
  {title: 'LAYER', spare: 1},
] as const

function lasts({start, end}: IntervalReport): string {
  return span((Date.parse(end) - Date.parse(start)) / 1000)
}

function weekday(at: string, timezone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {weekday: 'short', timeZone: timezone}).format(new Date(at))
}

/** A line for each shift, and for each gap. `timezone`: of the screen. */
export function scheduleText(timezone: string): (result: Result<ScheduleReport>, style: Style) => string {
  return ({data}, style) => {
    if (data.timezone === null) return noRotaText(style)
    const when = (at: string): string => `${weekday(at, timezone, 'en')} ${style.times.minute(at)}`
    const rows = lines(data).map((line) => [
      ...[when(line.start), when(line.end), lasts(line)],
      line.shift === null ? style.bad('✖ nobody') : style.bold(line.shift.person),
      line.shift === null ? '' : source(line.shift, 'override'),
    ])
    if (rows.length > 0) return table(COLUMNS, rows, style)
    const who = data.person ?? 'Nobody'
    return `${who} has no shift from ${style.times.minute(data.from)} to ${style.times.minute(data.to)}`
  }
}

function row(...texts: readonly string[]): Markdown {
  return markdown`| ${joined(texts.map(cell), ' | ')} |`
}

/** A table, in the language and zone of those who read it. */
export function scheduleMarkdown(
  {oncall, notice}: Words,
  timezone: string,
): (result: Result<ScheduleReport>) => string {
  return ({data}) => {
    const time = (at: string): string => notice.time(at, timezone)
    const rows = lines(data).map(({shift, start, end}) =>
      row(
        ...[time(start), time(end), shift?.person ?? oncall.nobody],
        shift === null ? '' : source(shift, oncall.override),
      ),
    )
    const {from, to, person, layer} = oncall.heads
    const head = markdown`${row(from, to, person, layer)}\n| --- | --- | --- | --- |`
    return joined([markdown`# ${literal(oncall.title(data.service))}`, joined([head, ...rows], '\n')], '\n\n')
  }
}
