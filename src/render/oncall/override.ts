import type {ChangeReport, OverridePlan, OverrideReport, RotaDiff} from '../../domain/oncall/override-report.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import {span} from '../../domain/time/span.js'
import {refusalText} from '../consent/refusal.js'
import {environmentText} from '../text/environment.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {verdictIcon} from '../text/verdict.js'
import {noRotaText} from './oncall.js'

const TIMES = [
  {title: 'FROM', whole: true},
  {title: 'TO', whole: true},
  {title: 'LASTS', align: 'right', spare: 1},
] as const
const CHANGED = [{title: 'BEFORE'}, {title: 'AFTER'}] as const
const UNLIKE = [{title: 'PLANNED'}, {title: 'IS'}] as const

function person(name: string | null, style: Style): string {
  return name === null ? style.bad('✖ nobody') : style.bold(name)
}

function changeTable(
  changes: readonly ChangeReport[],
  style: Style,
  people: readonly {readonly title: string}[] = CHANGED,
): string {
  const rows = changes.map(({start, end, before, after}) => [
    ...[style.times.minute(start), style.times.minute(end)],
    ...[span((Date.parse(end) - Date.parse(start)) / 1000), person(before, style), person(after, style)],
  ])
  return table([...TIMES, ...people], rows, style)
}

const ACTS: Readonly<Record<OverridePlan['act'], (people: readonly string[]) => string>> = {
  take: (people) => `put ${people.join(', ')} on call`,
  swap: (people) => `swap shifts of ${people.join(' and ')}`,
  undo: (people) =>
    people.length === 0 ? 'take back a damaged override' : `take back the override of ${people.join(', ')}`,
}

function awayLines({away}: OverridePlan, {times, warn}: Style): readonly string[] {
  return away.map(
    ({person, start, end}) =>
      `${warn('!')} ${person} is absent then, from ${times.minute(start)} until ${times.minute(end)}`,
  )
}

/** Whose shifts change: what a person reads before saying yes. */
export function overridePlanText(plan: OverridePlan, style: Style): string {
  const head = `Plan: ${ACTS[plan.act](plan.people)} in ${environmentText(plan, style)}`
  const none = 'Nobody else is on call by it.'
  const table = plan.changes.length === 0 ? none : changeTable(plan.changes, style)
  return [head, table, ...awayLines(plan, style)].join('\n')
}

function nowLine({nowOnCall}: OverrideReport): string {
  return nowOnCall === null ? 'nobody is on call now' : `${nowOnCall} is on call now`
}

function doneLines({verdict, data}: Result<OverrideReport>, style: Style): readonly string[] {
  const {plan, unlike, id} = data
  const what = {take: 'taken', swap: 'swapped', undo: 'taken back'}[plan.act]
  if (unlike.length === 0) {
    const changed = plan.changes.length === 0 ? [] : [changeTable(plan.changes, style)]
    const done = `${verdictIcon(verdict, style)} ${what}, and read back as planned; ${nowLine(data)}`
    return [done, ...changed, ...awayLines(plan, style)]
  }
  return [
    `${verdictIcon(verdict, style)} written, but the rota is not as planned: somebody decided otherwise at the same time; ${nowLine(data)}`,
    changeTable(unlike, style, UNLIKE),
    ...(id === null ? [] : [`  See: ${style.accent('faci oncall schedule')}`]),
  ]
}

/** Until when whoever takes has it already; nothing where that is not known. */
function untilText({alreadyUntil}: OverrideReport, style: Style): string {
  return alreadyUntil === null ? '' : `, until ${style.times.minute(alreadyUntil)}`
}

/** What a decision came to. */
export function overrideText(result: Result<OverrideReport>, style: Style): string {
  const {plan, dryRun, refusal, isAlready, id} = result.data
  if (isAlready)
    return `${verdictIcon('ok', style)} Nothing to do: ${plan.people.join(', ')} is on call for all of that time already${untilText(result.data, style)}`
  if (dryRun) return `${overridePlanText(plan, style)}\n\n${style.dim('Dry run: nothing was changed.')}`
  if (refusal !== null) return refusalText(refusal, style)
  const undo =
    plan.act === 'undo' || id === null ? [] : [`  Take it back: ${style.accent(command`faci oncall undo ${id}`)}`]
  return [...doneLines(result, style), ...undo].join('\n')
}

const PEOPLE = [{title: 'PERSON'}, {title: 'MORE', align: 'right'}, {title: 'LESS', align: 'right'}] as const

/** Whose shifts an edit of the rota changes. */
export function rotaDiffText({data}: Result<RotaDiff>, style: Style): string {
  const {timezone, changes, people, from, to, against} = data
  if (timezone === null) return noRotaText(style)
  const when = `from ${style.times.minute(from)} to ${style.times.minute(to)}`
  if (changes.length === 0) return `${style.good('✔')} The same people are on call as by ${against}, ${when}`
  const rows = people.map(({person: name, gainedSeconds: more, lostSeconds: less}) => [
    ...[style.bold(name), more === 0 ? '' : `+${span(more)}`, less === 0 ? '' : `-${span(less)}`],
  ])
  return [
    `Shifts that differ from ${against}, ${when}`,
    changeTable(changes, style),
    '',
    table(PEOPLE, rows, style),
  ].join('\n')
}
