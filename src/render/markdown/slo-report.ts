import type {Result} from '../../domain/result.js'
import type {ObjectiveReport} from '../../domain/slo/objective-report.js'
import type {SloReport} from '../../domain/slo/slo-report.js'
import {budgetText, burnText, remarks, sliText, statusText, windowText} from '../text/slo-report.js'
import {PLAIN, type Style} from '../text/style.js'
import {percent} from '../text/units.js'
import {inline} from './inline.js'

function row(one: ObjectiveReport): string {
  const {name, objective, sli, budget, burnRates, status} = one
  const cells = [
    inline(name),
    percent(objective),
    sliText(sli),
    budgetText(budget.consumed),
    budgetText(budget.remaining),
    burnText(burnRates['1h']),
    statusText(status, PLAIN),
  ]
  return `| ${cells.join(' | ')} |`
}

/** For a wiki or a pull request. */
export function sloReportMarkdown({data}: Result<SloReport>, {times}: Style): string {
  const notes = [
    ...data.objectives.flatMap((one) =>
      remarks(one, times).map((text) => `- **${inline(one.name)}**: ${inline(text)}`),
    ),
    ...data.notes.map((text) => `- ${inline(text)}`),
  ]
  return [
    `# SLOs of ${inline(data.service)}`,
    '',
    inline(windowText(data, times)),
    '',
    '| objective | target | SLI | budget used | budget left | burn 1h | status |',
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...data.objectives.map(row),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ].join('\n')
}
