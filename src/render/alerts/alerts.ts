import type {AlertBoard, ListedAlert} from '../../domain/alerts/alert-board.js'
import type {Alert} from '../../domain/alerts/alert.js'
import {runbookUrl} from '../../domain/alerts/describe-alert.js'
import {matcherText} from '../../domain/promql/matcher.js'
import type {Silence} from '../../domain/alerts/silence.js'
import {onScreen} from '../text/screen.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {doubtText} from '../words/en/alerts.js'
import {span} from '../../domain/time/span.js'
import {command} from '../../domain/text/shell-command.js'

const COLUMNS = [
  {title: 'ALERT'},
  {title: 'SEVERITY', spare: 1},
  {title: 'STATE'},
  {title: 'AGE', align: 'right', spare: 2},
  {title: 'RUNBOOK'},
  {title: 'SUMMARY', spare: 3},
] as const

function severity({severity: word, priority}: Alert, style: Style): string {
  const text = [priority, word].filter((part) => part !== null).join(' ')
  if (word === 'critical') return style.bad(text)
  return word === 'warning' ? style.warn(text) : text
}

function secondsBetween(earlier: number, later: number): number {
  return Math.max(0, (later - earlier) / 1000)
}

const PLACE: Readonly<Record<Exclude<ListedAlert['delivery'], 'dropped'>, string>> = {
  sent: '',
  notDue: '',
  unknown: '',
  noAlertmanager: '',
  onItsWay: ', not yet at Alertmanager',
  missing: ', not at Alertmanager',
  untraced: ', not found at Alertmanager',
}

function state({state: word, silencedBy, inhibitedBy, delivery, firesInSeconds}: ListedAlert): string {
  const quiet = silencedBy.length > 0
  if (firesInSeconds !== null)
    return `pending, fires in ${span(Math.max(1, firesInSeconds))}${quiet ? ', silenced' : ''}`
  if (delivery === 'dropped') return 'not sent: dropped by relabeling'
  const place = PLACE[delivery]
  if (place !== '') return `${quiet ? 'silenced' : word}${place}`
  if (quiet) return 'silenced'
  return inhibitedBy.length > 0 ? 'inhibited' : word
}

const SHOWN_SILENCES = 3

function silenceLine({matchers, endsAt, createdBy, comment}: Silence, now: number, style: Style): string {
  const left = span(secondsBetween(now, Date.parse(endsAt)))
  return style.dim(
    `⊘ silenced for ${left} more: ${matchers.map(matcherText).join(' ')} by ${createdBy}: ${style.times.sentence(comment)}`,
  )
}

function silenceLines(silences: readonly Silence[], now: number, style: Style): readonly string[] {
  const more = silences.length - SHOWN_SILENCES
  const lines = silences.slice(0, SHOWN_SILENCES).map((silence) => silenceLine(silence, now, style))
  return more > 0 ? [...lines, style.dim(`⊘ and ${more} more silences → faci alerts list --silences`)] : lines
}

function nothing({alerts, doubts}: AlertBoard, style: Style): readonly string[] {
  if (alerts.some((alert) => alert.state !== 'pending')) return []
  return [
    doubts.length === 0
      ? `${style.good('●')} none firing`
      : `${style.warn('?')} no alert seen, but not every source could be read`,
  ]
}

/** What to type, or the page to open. */
function runbook({runbook: name, annotations}: Alert, style: Style): string {
  if (name !== null) return style.accent(command`faci runbook ${name}`)
  return runbookUrl(annotations) ?? style.dim('none')
}

/** Alerts with their age and what to type; says so when none fires, and when that is not known. */
export function alertRows(board: AlertBoard, now: number, style: Style): string {
  const rows = board.alerts.map((alert) => [
    style.bold(alert.name),
    severity(alert, style),
    state(alert),
    span(secondsBetween(Date.parse(alert.since), now)),
    runbook(alert, style),
    alert.summary ?? '',
  ])
  const lines = [
    ...nothing(board, style),
    ...(rows.length === 0 ? [] : [table(COLUMNS, rows, style)]),
    ...board.doubts.map((doubt) => style.warn(`? ${doubtText(doubt)}`)),
    ...silenceLines(board.silences, now, style),
  ]
  return onScreen(lines.join('\n'), style)
}
