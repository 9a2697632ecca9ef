import type {NoticeDelivery} from '../notices/notice.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Verdict} from '../verdict.js'

export type ItemVerdict = 'ok' | 'bad' | 'unknown'

/** One line of a checklist. */
export interface CheckItem {
  readonly name: string
  readonly title: string
  readonly verdict: ItemVerdict
  /** What was found, in one line. */
  readonly summary: string
  /** What is wrong, a line each, with what to type next. */
  readonly details: readonly string[]
  /** Names what is wrong, and not how much: while they stay the same nobody is told again. */
  readonly subjects: readonly string[]
}

export interface CheckReport {
  readonly name: string
  readonly service: string
  readonly environment: string
  readonly production: boolean
  readonly at: IsoTime
  readonly items: readonly CheckItem[]
  /** Parts of the checklist that faci.yml configures nothing for, each with the section that it needs. */
  readonly notConfigured: readonly string[]
  /** Null: nobody was to be told, or nothing new is wrong. */
  readonly notice: NoticeDelivery | null
}

/** Something wrong is bad, even where something else is unknown; nothing checked is unknown, never ok. */
export function verdictOfItems(items: readonly CheckItem[]): Extract<Verdict, ItemVerdict> {
  const verdicts = items.map(({verdict}) => verdict)
  if (verdicts.includes('bad')) return 'bad'
  return verdicts.length === 0 || verdicts.includes('unknown') ? 'unknown' : 'ok'
}

/** What is wrong, as one text: equal as long as the same things are. Empty when nothing is. */
export function wrongThings(items: readonly CheckItem[]): string {
  return items
    .filter(({verdict}) => verdict !== 'ok')
    .map(({name, verdict, subjects}) => `${name} ${verdict}: ${[...subjects].sort().join(', ')}`)
    .sort()
    .join('\n')
}
