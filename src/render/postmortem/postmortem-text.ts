import {isFault, type SectionOutcome} from '../../domain/postmortem/section-name.js'
import type {SpentBudget} from '../../domain/impact/measurement.js'
import {LEAST_COVERAGE} from '../../domain/slo/objective.js'
import type {PostmortemReport, WrittenSection} from '../../domain/postmortem/postmortem-report.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import {span} from '../../domain/time/span.js'
import type {Style} from '../text/style.js'
import {POSTMORTEM} from '../words/en/postmortem.js'
import {worded} from '../words/worded.js'
import {shareText} from './figure-text.js'

const WHY: Readonly<Record<Exclude<SectionOutcome, 'written' | 'same'>, string>> = {
  edited: 'was edited by a person and stays as it is',
  missing: 'has no markers, so it was not written',
  doubled: 'has its markers more than once, so it was not written',
  unclosed: 'has only one of its two markers, or in the wrong order, so it was not written',
  nested: 'overlaps another section, so it was not written',
}

function sectionLines(sections: readonly WrittenSection[], style: Style): readonly string[] {
  return sections.flatMap(({section, outcome}) => {
    if (outcome === 'written' || outcome === 'same') return []
    const line = `${style.bold(section)} ${WHY[outcome]}`
    if (outcome === 'edited') return [`${style.dim('○')} ${line}`]
    const pair = `<!-- faci:begin ${section} --> and <!-- faci:end ${section} -->`
    return [
      `${style.bad('✖')} ${line}: to have it written, put ${pair} on lines of their own, once, with nothing between them`,
    ]
  })
}

function fileLine({file, incident, page}: PostmortemReport, style: Style): readonly string[] {
  if (file === null) return []
  const written = file.sections.flatMap(({section, outcome}) => (outcome === 'written' ? [section] : []))
  const faults = file.sections.filter(({outcome}) => isFault(outcome)).length
  const what = file.isNew ? 'written' : written.length === 0 ? 'is up to date' : `updated: ${written.join(', ')}`
  const sign = faults === 0 ? style.good('✔') : style.warn('!')
  const next =
    file.isNew && page === null
      ? `  ${style.accent(command`→ faci incident postmortem ${incident.handle} --html ${`${incident.handle}.html`}`)}`
      : ''
  return [`${sign} ${file.path} ${what}${next}`]
}

function budgetText({objective, spent, budgetCoverage}: SpentBudget): string {
  if (spent === null) return `budget of ${objective}: no data`
  const isSure = spent === 0 || (budgetCoverage ?? 0) >= LEAST_COVERAGE
  return `${isSure ? '' : 'at most '}${shareText(spent, 'en')} of the budget of ${objective} spent`
}

/** What a person wants to know at once of what was measured. */
function figuresLines({figures, incident}: PostmortemReport, style: Style): readonly string[] {
  const {measurement, from, notes} = figures
  const noted = notes.map((note) => style.warn(style.times.sentence(worded(POSTMORTEM.notes, note))))
  if (measurement === null) return noted
  const {downtime, requests, budgets} = measurement
  const parts = [
    downtime.seconds === null ? 'downtime: no data' : `down ${span(downtime.seconds)}`,
    requests.failed === null ? 'failed requests: no data' : `${requests.failed.toFixed(0)} requests failed`,
    ...budgets.map(budgetText),
  ]
  const taken = POSTMORTEM.figuresFrom[from](style.times.moment(measurement.takenAt))
  return [`${incident.handle}: ${parts.join(' · ')}`, style.dim(taken), ...noted]
}

/** What became of the files, and the figures in a line. */
export function postmortemText({data}: Result<PostmortemReport>, style: Style): string {
  const page = data.page === null ? [] : [`${style.good('✔')} ${data.page} written`]
  const draft = data.isDraft ? [style.warn(POSTMORTEM.draft)] : []
  const sections = sectionLines(data.file?.sections ?? [], style)
  return [...fileLine(data, style), ...page, ...sections, ...draft, ...figuresLines(data, style)].join('\n')
}
