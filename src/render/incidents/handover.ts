import type {Handover, Part} from '../../domain/incidents/handover.js'
import type {IncidentWords} from '../../domain/incidents/incident-words.js'
import type {Result} from '../../domain/result.js'
import {joined, literal, type Markdown, markdown} from '../../domain/text/markdown.js'
import {deliveriesText} from '../notices/notice-delivery.js'
import type {Style} from '../text/style.js'
import {percent} from '../text/units.js'
import {ENGLISH, type Words} from '../words/words.js'

interface Section {
  readonly head: string
  readonly lines: readonly string[]
}

type Time = (at: string) => string
type Topic = keyof IncidentWords['handover']['heads']

function section<T>(topic: Topic, {handover}: IncidentWords, part: Part<T>, line: (item: T) => string): Section {
  const head = handover.heads[topic]
  if (part.kind === 'unknown') return {head, lines: [`${handover.unknown}: ${part.why}`]}
  return {head, lines: part.items.length === 0 ? [handover.none[topic]] : part.items.map(line)}
}

function known<T>(items: readonly T[]): Part<T> {
  return {kind: 'known', items}
}

function parts(texts: readonly (string | null)[]): string {
  return texts.filter((text) => text !== null && text !== '').join(' · ')
}

/** The same five answers for a screen, a file and a notice. */
function sections<R>(data: Handover<R>, words: IncidentWords, time: Time): readonly Section[] {
  const {handover: said, state, facts} = words
  return [
    section(
      'incidents',
      words,
      known(data.incidents),
      ({handle, title, severity, state: how, owner, nextUpdateDueAt}) =>
        parts([
          `${handle} ${title}`,
          severity,
          state[how],
          owner ?? facts.nobody,
          nextUpdateDueAt === null ? null : said.due(time(nextUpdateDueAt)),
        ]),
    ),
    section('silences', words, data.silences, ({matchers, comment, createdBy, endsAt}) =>
      parts([matchers, said.until(time(endsAt)), createdBy, comment]),
    ),
    section('undelivered', words, data.undelivered, ({title, channel, createdAt}) =>
      parts([title, channel, time(createdAt)]),
    ),
    section('budgets', words, data.budgets, ({objective, remaining}) =>
      parts([objective, remaining === null ? said.notMeasured : said.left(percent(remaining))]),
    ),
    section('actions', words, known(data.actions), ({incident, number, text, owner, dueAt, isOverdue}) =>
      parts([
        `${incident}.${String(number)} ${text}`,
        owner,
        dueAt === null ? null : said.until(time(dueAt)),
        isOverdue ? said.overdue : null,
      ]),
    ),
  ]
}

function bodyIn(data: Handover<unknown>, words: Words, time: Time): Markdown {
  return joined(
    sections(data, words.incidents, time).map(({head, lines}) => {
      const items = lines.map((line) => markdown`- ${literal(line)}`)
      return markdown`**${literal(head)}**\n\n${joined(items, '\n')}`
    }),
    '\n\n',
  )
}

/** What a notice of it says, in the language of those who read it. */
export function handoverNotice(
  data: Handover,
  words: Words,
  timezone: string,
): {readonly title: string; readonly body: string} {
  const {service, to} = data
  const time: Time = (at) => words.notice.time(at, timezone)
  return {title: words.incidents.handover.title(service, to), body: bodyIn(data, words, time)}
}

export function handoverIn(words: Words, timezone: string): (result: Result<Handover<string>>) => string {
  return ({data}) => {
    const title = markdown`# ${literal(words.incidents.handover.title(data.service, data.to))}`
    return joined([title, bodyIn(data, words, (at) => words.notice.time(at, timezone))], '\n\n')
  }
}

/** With what became of its notice, where it was sent. */
export function handoverText({data}: Result<Handover<string>>, style: Style): string {
  const {incidents} = ENGLISH
  const title = style.bold(incidents.handover.title(data.service, data.to))
  const texts = sections(data, incidents, style.times.minute).map(({head, lines}) =>
    [style.dim(head), ...lines.map((line) => `  ${line}`)].join('\n'),
  )
  const sent = deliveriesText(data.notices, style)
  return [title, ...texts, ...(sent.length === 0 ? [] : [sent.join('\n')])].join('\n\n')
}
