import type {Barred, PrunedKind, Staying, StayReason} from '../../domain/retention/prune-plan.js'
import type {PlannedPrune, PrunedGroup, PruneReport, Unremoved} from '../../domain/retention/prune-report.js'
import type {KeptKind} from '../../domain/retention/retention.js'
import {NEWEST_RUNS} from '../../domain/retention/protection.js'
import {type Size, sum} from '../../domain/retention/stored.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import {refusalText} from '../consent/refusal.js'
import {environmentText} from '../text/environment.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {bytes} from '../text/units.js'
import {verdictIcon} from '../text/verdict.js'

const KINDS: Readonly<Record<PrunedKind, string>> = {
  evidence: 'evidence of runs',
  runs: 'runs',
  notices: 'notices',
  pageTests: 'page tests',
  incidents: 'incidents',
  leftovers: 'leftovers',
}

const GOES = [
  ...([{title: 'GOES'}, {title: 'COUNT', align: 'right'}, {title: 'FILES', align: 'right', spare: 2}] as const),
  ...([
    {title: 'SIZE', align: 'right'},
    {title: 'ENDED FROM', whole: true, spare: 1},
    {title: 'TO', whole: true, spare: 1},
  ] as const),
] as const
const STAYS = [
  {title: 'STAYS'},
  {title: 'COUNT', align: 'right'},
  {title: 'SIZE', align: 'right'},
  {title: 'BECAUSE'},
] as const

/** Named one by one up to so many. */
const NAMED = 5

function goesRow({kind, count, files, bytes: size, oldestAt, newestAt}: PrunedGroup, style: Style): readonly string[] {
  const times = kind === 'leftovers' ? ['', ''] : [style.times.minute(oldestAt), style.times.minute(newestAt)]
  return [style.bold(KINDS[kind]), String(count), String(files), bytes(size), ...times]
}

type Because = (kind: KeptKind, plan: PlannedPrune) => string

function keptFor(kind: KeptKind, {retention}: PlannedPrune): string {
  const seconds = retention.find((one) => one.kind === kind)?.keptSeconds ?? null
  return seconds === null ? '' : span(seconds)
}

const BECAUSE: Readonly<Record<StayReason, Because>> = {
  notAsked: () => 'not asked for',
  forever: (kind) => `kept for ever (store.retention.${kind}: never)`,
  young: (kind, plan) => `ended within ${keptFor(kind, plan)}`,
  barred: () => 'this account cannot remove it',
  unreadable: () => 'cannot be read: nobody can say that it ended',
  notEnded: () => 'not ended: it can be resumed',
  inUse: () => 'in use now',
  mixed: () => 'holds files that faci did not write',
  open: () => 'open',
  partOfOpen: () => 'part of an open incident',
  openActions: () => 'has open action items (--with-open-actions)',
  ofOpenIncident: () => 'in the timeline of an incident that is not settled',
  ofKeptIncident: () => 'in the timeline of an incident that is kept',
  newest: (kind) => (kind === 'runs' ? `among the ${String(NEWEST_RUNS)} newest` : 'the newest'),
  newestOfRunbook: () => 'the newest of its runbook',
  imageBefore: () => 'needed by `faci up --image previous`',
  needed: () => 'a notice that waits, an open incident or a page refers to it',
}

function staysRow({kind, count, bytes: size, why}: Staying, plan: PlannedPrune, style: Style): readonly string[] {
  return [style.bold(KINDS[kind]), String(count), bytes(size), BECAUSE[why](kind, plan)]
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`
}

function barredLines(barred: readonly Barred[], style: Style): readonly string[] {
  const reasons = [...new Set(barred.map(({reason}) => reason))]
  return reasons.map((reason) => {
    const names = barred.filter((one) => one.reason === reason).map(({kind, name}) => `${KINDS[kind]} ${name}`)
    return style.warn(`▲ cannot be removed: ${listed(names)}: ${reason}`)
  })
}

function cautions({barred, foreign}: PlannedPrune, style: Style): readonly string[] {
  const others = foreign.length === 0 ? [] : [style.dim(`Not written by faci, and never removed: ${listed(foreign)}`)]
  return [...barredLines(barred, style), ...others]
}

/** What goes and what stays: what a person reads before saying yes. */
export function prunePlanText(plan: PlannedPrune, style: Style): string {
  const goes = plan.goes.map((group) => goesRow(group, style))
  const stays = plan.stays.map((one) => staysRow(one, plan, style))
  return [
    `Plan: prune the store of faci in ${environmentText(plan, style)}`,
    goes.length === 0 ? 'Nothing goes.' : table(GOES, goes, style),
    ...(stays.length === 0 ? [] : ['', table(STAYS, stays, style)]),
    ...cautions(plan, style),
  ].join('\n')
}

function amount(groups: readonly (Size & {readonly count: number; readonly kind: PrunedKind})[]): string {
  const kinds = groups.map(({kind, count}) => `${KINDS[kind]} (${String(count)})`)
  return `${kinds.join(', ')}: ${bytes(sum(groups).bytes)} freed`
}

const WHY_LEFT: Readonly<Record<Unremoved['why'], string>> = {
  changed: 'was written to meanwhile, and stays',
  failed: 'could not be removed',
  remains: 'is there again',
}

function unremovedLine({kind, name, why, reason}: Unremoved, style: Style): string {
  const text = `${KINDS[kind]} ${name} ${WHY_LEFT[why]}${reason === null ? '' : `: ${reason}`}`
  return why === 'changed' ? `  ${text}` : style.warn(`▲ ${text}`)
}

function doneLines({verdict, data}: Result<PruneReport>, style: Style): readonly string[] {
  const {removed, unremoved, isInterrupted, plan} = data
  const what = removed.length === 0 ? 'nothing was removed' : `removed, and read back: ${amount(removed)}`
  return [
    `${verdictIcon(verdict, style)} ${isInterrupted ? `interrupted; ${what}` : what}`,
    ...unremoved.slice(0, NAMED).map((one) => unremovedLine(one, style)),
    ...(unremoved.length > NAMED ? [style.warn(`▲ and ${String(unremoved.length - NAMED)} more`)] : []),
    ...barredLines(plan.barred, style),
    ...(isInterrupted ? [`  Go on: ${style.accent('faci prune')}`] : []),
  ]
}

/** What a prune came to. `isQuiet`: nothing to do is not worth a word. */
export function pruneText(result: Result<PruneReport>, style: Style, isQuiet: boolean): string {
  const {plan, dryRun, refusal} = result.data
  if (dryRun) return `${prunePlanText(plan, style)}\n\n${style.dim('Dry run: nothing was removed.')}`
  if (refusal !== null) return refusalText(refusal, style)
  if (plan.goes.length > 0) return doneLines(result, style).join('\n')
  if (plan.barred.length > 0) return barredLines(plan.barred, style).join('\n')
  return isQuiet
    ? ''
    : `${verdictIcon('ok', style)} Nothing to prune  ${style.dim('(what stays, and why: faci prune --dry-run)')}`
}
