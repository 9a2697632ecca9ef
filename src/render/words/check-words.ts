import type {CheckDetail, CheckItem, CheckName} from '../../domain/check/check-report.js'
import type {CheckWords} from '../../domain/check/check-words.js'
import type {CheckFinding, CheckSummary} from '../../domain/check/finding.js'
import {worded, type WordsFor} from './worded.js'

export interface CheckTables {
  readonly titles: Readonly<Record<CheckName, string>>
  /** The names on an item's line, of which `more` are left out. */
  readonly named: (names: readonly string[], more: number) => string
  readonly moreDetails: CheckWords['moreDetails']
  /** What was found is named instead. */
  readonly summary: WordsFor<Exclude<CheckSummary, {readonly why: 'found'}>>
  /** A finding in a few words. */
  readonly subject: WordsFor<CheckFinding>
  readonly detail: WordsFor<CheckFinding>
}

/** What a check says on a screen too. */
export interface ChecklistWords extends CheckWords {
  readonly titles: CheckTables['titles']
  readonly subject: (finding: CheckFinding) => string
}

/** The line is for a glance; the details have all of them. */
const NAMED = 3

/** What is said of a checklist, from a language's tables. */
export function checkWords({titles, named, moreDetails, summary, subject, detail}: CheckTables): ChecklistWords {
  const subjectOf = (finding: CheckFinding): string => worded(subject, finding)
  const found = (findings: readonly CheckFinding[]): string => {
    const subjects = findings.map(subjectOf)
    const more = subjects.length - NAMED
    return more < 2 ? named(subjects, 0) : named(subjects.slice(0, NAMED), more)
  }
  const text = ({finding, next}: CheckDetail): string =>
    `${worded(detail, finding)}${next === null ? '' : ` → ${next}`}`
  /** A language that cannot say what each warning is says once that there are such. */
  const lines = (details: readonly CheckDetail[]): readonly string[] => {
    const all = details.map(text)
    return all.filter((line, index) => details[index]?.finding.why !== 'unreliable' || all.indexOf(line) === index)
  }
  return {
    titles,
    moreDetails,
    subject: subjectOf,
    item: (item: CheckItem) => ({
      title: titles[item.name],
      summary: item.summary.why === 'found' ? found(item.summary.findings) : worded(summary, item.summary),
      details: lines(item.details),
    }),
  }
}
