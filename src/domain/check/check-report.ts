import type {RemindedUpdate} from '../incidents/incident-report.js'
import type {NoticeDelivery} from '../notices/notice.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Verdict} from '../verdict.js'
import type {CheckFinding, CheckSummary} from './finding.js'

export type CheckName = 'services' | 'health' | 'alerts' | 'trends' | 'budget' | 'dashboards' | 'incidents' | 'oncall'

export type ItemVerdict = 'ok' | 'bad' | 'unknown'

export interface CheckDetail {
  readonly finding: CheckFinding
  /** What to type; null where the finding itself says it. */
  readonly next: string | null
}

/** One line of a checklist. */
export interface CheckItem {
  readonly name: CheckName
  readonly verdict: ItemVerdict
  readonly summary: CheckSummary
  readonly details: readonly CheckDetail[]
  /** Names what is wrong, and not how much: while they stay the same nobody is told again. */
  readonly identities: readonly string[]
}

/** A part of the checklist that faci.yml configures nothing for. */
export interface PartLeftOut {
  readonly name: CheckName
  /** What it needs of faci.yml. */
  readonly sections: readonly string[]
}

export interface CheckReport {
  readonly name: string
  readonly service: string
  readonly environment: string
  readonly production: boolean
  readonly at: IsoTime
  readonly items: readonly CheckItem[]
  readonly notConfigured: readonly PartLeftOut[]
  /** Parts that Prometheus has, and never had, any figures of. */
  readonly notMeasured: readonly CheckName[]
  /** Null: nobody was to be told, or nothing new is wrong. */
  readonly notice: NoticeDelivery | null
  /** Whose overdue updates people were reminded of now, in notices of their own. */
  readonly reminded: readonly RemindedUpdate[]
  /** Another process is reminding people: what is overdue is left to it. */
  readonly isReminding: boolean
}

/** Something wrong is bad, even where something else is unknown; nothing checked is unknown, never ok. */
export function verdictOfItems(items: readonly Pick<CheckItem, 'verdict'>[]): Extract<Verdict, ItemVerdict> {
  const verdicts = items.map(({verdict}) => verdict)
  if (verdicts.includes('bad')) return 'bad'
  return verdicts.length === 0 || verdicts.includes('unknown') ? 'unknown' : 'ok'
}

/** What is wrong, as one text: equal as long as the same things are. Empty when nothing is. */
export function wrongThings(items: readonly Pick<CheckItem, 'name' | 'verdict' | 'identities'>[]): string {
  return items
    .filter(({verdict}) => verdict !== 'ok')
    .map(({name, verdict, identities}) => `${name} ${verdict}: ${[...identities].sort().join(', ')}`)
    .sort()
    .join('\n')
}
