import {type TimelineEntry, wasEnteredLater} from '../../domain/incidents/timeline.js'
import type {PostmortemReport} from '../../domain/postmortem/postmortem-report.js'
import {joined, literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import {command} from '../../domain/text/shell-command.js'
import type {Look} from './look.js'
import {signed} from '../text/signed.js'
import {markdownTable, stackedMarkdown} from './markdown-table.js'

export function timelineSection({timeline}: PostmortemReport, {words, times}: Look): Markdown {
  const {when, by, what} = words.columns
  const rows = timeline.map((entry) => {
    const later = wasEnteredLater(entry) ? ` (${words.enteredLater(times.minute(entry.enteredAt))})` : ''
    return [times.moment(entry.at), signed(entry.by, words), `${entry.text}${later}`]
  })
  return stackedMarkdown([markdown`## ${literal(words.headings.timeline)}`, markdownTable([when, by, what], rows)])
}

const DONE: ReadonlySet<TimelineEntry['kind']> = new Set([
  'run',
  'alerts.silenced',
  'alerts.unsilenced',
  'oncall.changed',
] as const)

/** Runs, changes, silences and shifts, and where their records are. */
export function doneSection({timeline}: PostmortemReport, {words, times}: Look): Markdown {
  const heading = markdown`## ${literal(words.headings.done)}`
  const done = timeline.filter(({kind}) => DONE.has(kind))
  if (done.length === 0) return stackedMarkdown([heading, sentence(words.nothingRun)])
  const {when, by, what, record} = words.columns
  const rows = done.map((entry) => [
    times.moment(entry.at),
    signed(entry.by, words),
    entry.text,
    entry.runId === undefined ? '' : `\`${command`faci runs ${entry.runId}`}\``,
  ])
  return stackedMarkdown([heading, markdownTable([when, by, what, record], rows)])
}

/** A task list, as GitHub ticks it. */
export function actionsSection({actions, incident}: PostmortemReport, {words, times}: Look): Markdown {
  const heading = markdown`## ${literal(words.headings.actions)}`
  if (actions.length === 0) {
    const add = command`faci incident actions ${incident.handle} --add '…'`
    return stackedMarkdown([heading, sentence(`${words.noActions} \`${add}\``)])
  }
  const items = actions.map(({number, text, owner, dueAt, state}) => {
    const facts = [
      owner,
      dueAt === null ? null : words.due(times.day(dueAt)),
      state === 'dropped' ? words.dropped : null,
    ].filter((fact) => fact !== null)
    const about = facts.length === 0 ? '' : ` (${facts.join(', ')})`
    const box = (state === 'open' ? '[ ]' : '[x]') as Markdown
    return markdown`- ${box} ${literal(`${incident.handle}.${String(number)} ${text}${about}`)}`
  })
  return stackedMarkdown([heading, joined(items, '\n')])
}
