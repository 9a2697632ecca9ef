import type {Result} from '../../domain/result.js'
import type {WordedObjective, WordedSlos} from '../slo/worded-slos.js'
import {joined, literal, type Markdown, markdown} from '../../domain/text/markdown.js'
import {budgetText, burnText, remarks, sliText, statusText, windowText} from '../slo/slo-report.js'
import {PLAIN, type Style} from '../text/style.js'
import {percent} from '../text/units.js'

function row(one: WordedObjective): Markdown {
  const {name, objective, sli, budget, burnRates, status} = one
  const cells = [
    name,
    percent(objective),
    sliText(sli),
    budgetText(budget.consumed),
    budgetText(budget.remaining),
    burnText(burnRates['1h']),
    statusText(status, PLAIN),
  ]
  return markdown`| ${joined(cells.map(literal), ' | ')} |`
}

/** For a wiki or a pull request. */
export function sloReportMarkdown({data}: Result<WordedSlos>, {times}: Style): string {
  const notes = [
    ...data.objectives.flatMap((one) =>
      remarks(one, times).map((text) => markdown`- **${literal(one.name)}**: ${literal(text)}`),
    ),
    ...data.notes.map((text) => markdown`- ${literal(text)}`),
  ]
  return [
    markdown`# SLOs of ${literal(data.service)}`,
    '',
    literal(windowText(data, times)),
    '',
    '| objective | target | SLI | budget used | budget left | burn 1h | status |',
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...data.objectives.map(row),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ].join('\n')
}
