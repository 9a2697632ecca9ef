import {wasEnteredLater} from '../../domain/incidents/timeline.js'
import type {Result} from '../../domain/result.js'
import {cell, joined, literal, type Markdown, markdown} from '../../domain/text/markdown.js'
import type {Style} from '../text/style.js'
import type {WordedIncident} from './worded-incident.js'

function row(...texts: readonly string[]): Markdown {
  return markdown`| ${joined(texts.map(cell), ' | ')} |`
}

/** A table, in the order in which things happened. */
export function timelineMarkdown({data}: Result<WordedIncident>, {times}: Style): Markdown {
  const {incident, timeline} = data
  const rows = timeline.map((entry) => {
    const later = wasEnteredLater(entry) ? ` (entered later: ${times.minute(entry.enteredAt)})` : ''
    return row(times.moment(entry.at), entry.by, `${entry.text}${later}`)
  })
  const title = markdown`# ${literal(`${incident.handle} ${incident.title}`)}`
  const head = markdown`${row('When', 'By', 'What')}\n| --- | --- | --- |`
  return joined([title, joined([head, ...rows], '\n')], '\n\n')
}
