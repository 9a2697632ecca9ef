import {matcherText} from '../../domain/promql/matcher.js'
import type {CoveredAlert} from '../../domain/alerts/silence.js'
import type {
  ListedSilence,
  SilenceList,
  SilencePlan,
  SilenceReport,
  UnsilenceReport,
} from '../../domain/alerts/silence-report.js'
import type {Result} from '../../domain/result.js'
import {refusalText} from '../consent/refusal.js'
import {environmentText} from '../text/environment.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {span} from '../../domain/time/span.js'
import {verdictIcon} from '../text/verdict.js'
import {command} from '../../domain/text/shell-command.js'

const PLAIN_COLUMNS = [{title: ''}, {title: ''}]
const COVERED = [{title: 'COVERS NOW'}, {title: 'SEVERITY'}, {title: 'STATE'}, {title: 'AGE', align: 'right'}] as const
const LISTED = [
  {title: 'ID'},
  {title: 'MATCHERS'},
  {title: 'ALERTS', align: 'right'},
  {title: 'ENDS IN', align: 'right'},
  {title: 'BY'},
  {title: 'COMMENT'},
] as const
const NOT_SHOWN = new Set(['alertname', 'severity', 'priority'])

function secondsTo(later: string, earlier: string): number {
  return Math.max(0, (Date.parse(later) - Date.parse(earlier)) / 1000)
}

function covered({name, severity, state, since, labels}: CoveredAlert, at: string, style: Style): readonly string[] {
  const others = Object.entries(labels).filter(([label]) => !NOT_SHOWN.has(label))
  const rest = others.map(([label, value]) => `${label}=${value}`).join(' ')
  return [`${style.bold(name)} ${style.dim(rest)}`.trim(), severity ?? '', state, span(secondsTo(at, since))]
}

/** What would be silenced: what a person reads before saying yes. */
export function silencePlanText(plan: SilencePlan, style: Style): string {
  const {matchers, durationSeconds, endsAt, createdBy, comment, runId, covers, cautions, at} = plan
  const ends = style.times.minute(endsAt)
  const facts = [
    [style.dim('until'), runId === null ? ends : `the run ends, or ${ends} unless it renews it`],
    [style.dim('by'), createdBy],
    [style.dim('comment'), style.times.sentence(comment)],
  ]
  const rows = covers.map((alert) => covered(alert, at, style))
  return [
    `Plan: silence ${style.accent(matchers.map(matcherText).join(' '))} for ${span(durationSeconds)} in ${environmentText(plan, style)}`,
    table(PLAIN_COLUMNS, facts, style),
    ...(rows.length === 0 ? [] : ['', table(COVERED, rows, style)]),
    ...(cautions.length === 0 ? [] : ['', ...cautions.map((caution) => style.warn(`▲ ${caution}`))]),
  ].join('\n')
}

/** What a silence came to. */
export function silenceText({verdict, data}: Result<SilenceReport>, style: Style): string {
  const {plan, dryRun, refusal, silenceId} = data
  if (dryRun) return `${silencePlanText(plan, style)}\n\n${style.dim('Dry run: nothing was changed.')}`
  if (refusal !== null) return refusalText(refusal, style)
  const count = `${plan.covers.length} active alert${plan.covers.length === 1 ? '' : 's'}`
  return [
    `${verdictIcon(verdict, style)} silenced until ${style.times.minute(plan.endsAt)}, ${count} covered`,
    ...plan.cautions.map((caution) => style.warn(`▲ ${caution}`)),
    `  End it: ${style.accent(command`faci alerts unsilence ${silenceId ?? ''}`)}`,
  ].join('\n')
}

function row(silence: ListedSilence, at: string, style: Style): readonly string[] {
  const {id, state, matchers, alerts, startsAt, endsAt, createdBy, comment} = silence
  const ends = state === 'pending' ? `begins in ${span(secondsTo(startsAt, at))}` : span(secondsTo(endsAt, at))
  return [
    id,
    style.bold(matchers.map(matcherText).join(' ')),
    String(alerts),
    ends,
    createdBy,
    style.times.sentence(comment),
  ]
}

/** Silences with what they keep quiet, who made them and why; says so when there is none. */
export function silenceRows({at, silences}: SilenceList, style: Style): string {
  if (silences.length === 0) return `${style.good('●')} no silences`
  return table(
    LISTED,
    silences.map((silence) => row(silence, at, style)),
    style,
  )
}

export function unsilencePlanText(report: UnsilenceReport, style: Style): string {
  const count = report.silences.length === 1 ? 'this silence' : `these ${report.silences.length} silences`
  return [`Plan: end ${count} in ${environmentText(report, style)}`, silenceRows(report, style)].join('\n')
}

/** Which silences have ended. */
export function unsilenceText({verdict, data}: Result<UnsilenceReport>, style: Style): string {
  const {dryRun, refusal, ended} = data
  if (dryRun) return `${unsilencePlanText(data, style)}\n\n${style.dim('Dry run: nothing was changed.')}`
  if (refusal !== null) return refusalText(refusal, style)
  if (ended.length === 0) return `${verdictIcon(verdict, style)} they had ended already`
  return `${verdictIcon(verdict, style)} ended: ${ended.join(', ')}`
}
