import {stillWaits} from '../../domain/notices/notice.js'
import type {Result} from '../../domain/result.js'
import {reminderLines} from '../incidents/reminder-lines.js'
import {environmentText} from '../text/environment.js'
import {broken} from '../text/frame.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {verdictIcon} from '../text/verdict.js'
import type {WordedCheck, WordedItem} from './worded-check.js'

function row({verdict, title, summary}: WordedItem, style: Style): readonly string[] {
  return [verdictIcon(verdict, style), style.bold(title), summary]
}

const SENT = {
  delivered: 'told',
  pending: 'not delivered yet, it waits for',
  rejected: 'refused, it waits for',
  dropped: 'not sent to',
  unconfirmed: 'not kept, it may have arrived in',
  lost: 'neither kept nor sent to',
  held: 'held back for',
} as const

function noticeLine({notice}: WordedCheck, {times}: Style): readonly string[] {
  if (notice === null) return []
  const {status, channel, reason} = notice
  const sent = `${SENT[status]} ${channel}`
  const next = stillWaits(status) ? ' → faci notify flush --now' : ''
  return ['', `${reason === null ? sent : `${sent} (${times.sentence(reason)})`}${next}`]
}

function reminderParagraph(data: WordedCheck, style: Style): readonly string[] {
  const lines = reminderLines(data, style)
  return lines.length === 0 ? [] : ['', ...lines]
}

/** An item a line, what is wrong below it. */
export function checkText({data}: Result<WordedCheck>, style: Style): string {
  const where = data.production ? style.dim(' · ') + environmentText(data, style) : ''
  const head = `${style.bold(`${data.service}: ${data.name} check`)}  ${style.dim(style.times.moment(data.at))}${where}`
  const rows = data.items.map((item) => row(item, style))
  const details = data.items
    .filter(({verdict}) => verdict !== 'ok')
    .flatMap(({title, details: lines}) => lines.map((line) => `${style.bold(title)}: ${line}`))
  const without = [
    ['not configured in faci.yml', data.notConfigured],
    ['no metrics of this service in Prometheus', data.notMeasured],
  ] as const
  const left = without.flatMap(([why, names]) => (names.length === 0 ? [] : [style.dim(`${why}: ${names.join(', ')}`)]))
  return [
    head,
    table([{title: ''}, {title: ''}, {title: ''}], rows, style),
    ...(details.length === 0
      ? []
      : ['', ...details.flatMap((line) => (style.edge ? broken(line, style.width) : [line]))]),
    ...(left.length === 0 ? [] : ['', ...left]),
    ...noticeLine(data, style),
    ...reminderParagraph(data, style),
  ].join('\n')
}
