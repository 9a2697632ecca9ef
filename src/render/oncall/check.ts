import type {RotaCheckReport, RotaFinding, RotaFindingKind} from '../../domain/oncall/rota-check.js'
import type {UnreadAbsence} from '../../domain/oncall/rota.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {command} from '../../domain/text/shell-command.js'
import {nextStep} from '../text/next-step.js'
import {noRotaText} from './oncall.js'

const SAID: Readonly<Record<RotaFindingKind, (people: readonly string[]) => string>> = {
  gap: () => 'nobody is on call',
  overlap: ([under = '', over = '']) => `${under} and ${over} at once: only ${over} is on call`,
  neverServes: ([person = '']) => `${person} is never on call`,
  doubleShift: ([person = '']) => `${person} has two shifts at once, or in a row`,
  absence: ([person = '']) => `${person} is on call while absent`,
}

const WHY: Readonly<Record<UnreadAbsence['why'], string>> = {
  recurring: 'how it recurs is not understood: write it as `absences`',
  zone: 'its time zone is not an IANA name',
  time: 'it has no valid beginning and end',
  file: 'cannot be read',
  cut: 'it has more entries than faci reads, and only the first were read',
}

/** As many are looked at where nobody says how many. */
export const MONTHS = 12

/** Of the same kind and people; there may be one every day. */
const SHOWN = 3

function grouped(findings: readonly RotaFinding[]): readonly (readonly RotaFinding[])[] {
  const groups = new Map<string, RotaFinding[]>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.kind, finding.people])
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  return [...groups.values()]
}

const COLUMNS = [
  {title: 'FROM', whole: true},
  {title: 'TO', whole: true},
  {title: 'LASTS', align: 'right', spare: 1},
  {title: 'PROBLEM'},
] as const

function findingsText(findings: readonly RotaFinding[], style: Style): string {
  const rows = grouped(findings).flatMap((group) => {
    const rest = group.length - SHOWN
    return group.slice(0, SHOWN).map(({kind, people, start, end}, index) => {
      const more = index === SHOWN - 1 && rest > 0 ? style.dim(` (and ${String(rest)} more)`) : ''
      const lasts = span((Date.parse(end) - Date.parse(start)) / 1000)
      return [style.times.minute(start), style.times.minute(end), lasts, `${SAID[kind](people)}${more}`]
    })
  })
  return table(COLUMNS, rows, style)
}

/** Where those are that are only counted. */
function restText({findings}: RotaCheckReport, style: Style, months: number): readonly string[] {
  if (grouped(findings).every((group) => group.length <= SHOWN)) return []
  const all =
    months === MONTHS ? 'faci oncall check --json' : command`faci oncall check --months ${String(months)} --json`
  return [`All of them, each with its times:${nextStep(all, style)}`]
}

const PEOPLE = [
  {title: 'PERSON'},
  {title: 'HOURS', align: 'right'},
  {title: 'SHARE', align: 'right', spare: 1},
  {title: 'NIGHTS', align: 'right'},
  {title: 'WEEKEND DAYS', align: 'right'},
] as const

function fairnessText({fairness}: RotaCheckReport, style: Style): string {
  const all = fairness.reduce((sum, {hours}) => sum + hours, 0)
  const rows = fairness.map(({person, hours, nights, weekendDays}) => [
    person,
    hours.toFixed(1),
    all === 0 ? '' : `${((hours / all) * 100).toFixed(1)} %`,
    String(nights),
    String(weekendDays),
  ])
  return table(PEOPLE, rows, style)
}

function headLine({findings, unread}: RotaCheckReport, style: Style): string {
  if (findings.length > 0) {
    return `${style.bad('✖')} ${style.bold(findings.length === 1 ? '1 problem' : `${String(findings.length)} problems`)} found in the rota`
  }
  return unread.length > 0
    ? `${style.warn('?')} No problems found, but not every absence could be read`
    : `${style.good('✔')} No problems found in the rota`
}

/** What is wrong, then what each person has to do. */
export function rotaCheckText({data}: Result<RotaCheckReport>, style: Style, months = MONTHS): string {
  const {timezone, timezoneData, findings, unread, from, to} = data
  if (timezone === null) return noRotaText(style)
  const checked = `checked from ${style.times.minute(from)} to ${style.times.minute(to)}, in ${timezone} (time-zone data ${timezoneData ?? 'of unknown version'})`
  const unreadLines = unread.map(
    ({person, file, what, why}) =>
      `${style.warn('?')} absences of ${person} in ${file}${what === '' ? '' : `, “${what}”`}: ${WHY[why]}`,
  )
  return [
    [headLine(data, style), ...unreadLines].join('\n'),
    ...(findings.length === 0 ? [] : [[findingsText(findings, style), ...restText(data, style, months)].join('\n\n')]),
    fairnessText(data, style),
    style.dim(checked),
  ].join('\n\n')
}
