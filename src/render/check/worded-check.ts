import type {CheckItem, CheckReport, ItemVerdict} from '../../domain/check/check-report.js'
import type {Result} from '../../domain/result.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {RemindedUpdate} from '../../domain/incidents/incident-report.js'
import {type WordedDelivery, wordedReason, wordedReasons} from '../notices/worded-notices.js'
import {ENGLISH} from '../words/words.js'

/** One line of a checklist. */
export interface WordedItem {
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

/** A checklist in English, as screens and documents have it. */
export interface WordedCheck {
  readonly name: string
  readonly service: string
  readonly environment: string
  readonly production: boolean
  readonly at: IsoTime
  readonly items: readonly WordedItem[]
  /** Parts of the checklist that faci.yml configures nothing for, each with the section that it needs. */
  readonly notConfigured: readonly string[]
  /** Parts of it that Prometheus has, and never had, any figures of. */
  readonly notMeasured: readonly string[]
  /** Null: nobody was to be told, or nothing new is wrong. */
  readonly notice: WordedDelivery | null
  /** Whose overdue updates people were reminded of now, in notices of their own. */
  readonly reminded: readonly RemindedUpdate<string>[]
  /** Another process is reminding people: what is overdue is left to it. */
  readonly isReminding: boolean
}

const {check: WORDS} = ENGLISH

function subjects({summary, details}: CheckItem): readonly string[] {
  if (summary.why === 'notLookedAt') return ['cannot be checked']
  if (summary.why === 'found') return summary.findings.map(WORDS.subject)
  return [...new Set(details.map(({finding}) => WORDS.subject(finding)))]
}

export function wordedCheck(result: Result<CheckReport>): Result<WordedCheck> {
  const {items, notConfigured, notMeasured, notice, reminded} = result.data
  return {
    ...result,
    data: {
      ...result.data,
      notice: notice === null ? null : wordedReason(notice),
      reminded: reminded.map((one) => ({...one, notices: wordedReasons(one.notices)})),
      items: items.map((item) => {
        const {name, verdict} = item
        const {title, summary, details} = WORDS.item(item)
        return {name, title, verdict, summary, details, subjects: subjects(item)}
      }),
      notConfigured: notConfigured.map(
        ({name, sections}) => `${WORDS.titles[name]} (${sections.map((section) => `\`${section}\``).join(', ')})`,
      ),
      notMeasured: notMeasured.map((name) => WORDS.titles[name]),
    },
  }
}
