import type {IncidentWords} from '../../domain/incidents/incident-words.js'
import {wasEnteredLater} from '../../domain/incidents/timeline.js'
import type {Result} from '../../domain/result.js'
import {cell, joined, literal, type Markdown, markdown} from '../../domain/text/markdown.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import {signed} from '../text/signed.js'
import type {WordedIncident} from './worded-incident.js'

function row(...texts: readonly string[]): Markdown {
  return markdown`| ${joined(texts.map(cell), ' | ')} |`
}

/** A table, in the order in which things happened, in the language that its texts are in. */
export function timelineIn(
  {timeline: {columns, enteredLater, unverified}}: Pick<IncidentWords, 'timeline'>,
  times: Pick<ScreenTimes, 'moment' | 'minute'>,
): (result: Result<WordedIncident>) => Markdown {
  return ({data: {incident, timeline}}) => {
    const rows = timeline.map((entry) => {
      const later = wasEnteredLater(entry) ? ` (${enteredLater(times.minute(entry.enteredAt))})` : ''
      return row(times.moment(entry.at), signed(entry.by, {unverified}), `${entry.text}${later}`)
    })
    const title = markdown`# ${literal(`${incident.handle} ${incident.title}`)}`
    const head = markdown`${row(columns.when, columns.by, columns.what)}\n| --- | --- | --- |`
    return joined([title, joined([head, ...rows], '\n')], '\n\n')
  }
}
