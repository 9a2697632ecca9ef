import {everyLineOf, linesOf} from '../../domain/text/visible.js'
import stringWidth from 'fast-string-width'
import type {GateCard} from '../../domain/execution/gate-card.js'
import type {Style} from '../text/style.js'
import {wrap} from '../text/wrap.js'
import {RUN} from '../words/en/run.js'

const INDENT = 4
const LABEL = 9
/** What stands below the card when a person is asked. */
const QUESTION_LINES = 2
const TAB_STOP = 8
/** A terminal that does not know its size says 0. */
const NARROWEST = 20
const USUAL = 80
const GRAPHEMES = new Intl.Segmenter('en', {granularity: 'grapheme'})

/** At the screen's edge and not at spaces: what runs is shown character by character. */
function broken(line: string, room: number): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const {segment} of GRAPHEMES.segment(line)) {
    const width = segment === '\t' ? TAB_STOP : stringWidth(segment)
    if (used + width > room && piece !== '') {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += segment
    used += width
  }
  return [...pieces, piece]
}

function plural(count: number, one: string): string {
  return `${String(count)} ${one}${count === 1 ? '' : 's'}`
}

function bodyLines(body: string, width: number): readonly string[] {
  const lines = everyLineOf(body)
  const digits = String(lines.length).length
  const all = lines.map((line) => broken(line, width - INDENT - digits - 1))
  const wrapped = all.filter(({length}) => length > 1).length
  const note = wrapped === 0 ? '' : `, ${String(wrapped)} of them longer than the screen (goes on at ↪)`
  const marked = (piece: string, line: number, at: number): string =>
    at === 0 ? `  ${String(line + 1).padStart(digits)} │ ${piece}` : `  ${' '.repeat(digits)} ↪ ${piece}`
  return [
    ...wrap(`${plural(lines.length, 'line')}${note}:`, width - 2).map((line) => `  ${line}`),
    ...all.flatMap((pieces, line) => pieces.map((piece, at) => marked(piece, line, at))),
  ]
}

function labelled(label: string, texts: readonly string[], width: number): readonly string[] {
  return texts
    .flatMap(linesOf)
    .flatMap((text) => wrap(text, width - INDENT - LABEL))
    .map((line, at) => `  ${(at === 0 ? label : '').padEnd(LABEL)}  ${line}`)
}

function unmet(card: GateCard): readonly string[] {
  if (card.unmet === null) return []
  if (card.unmet.length === 0) return ['all conditions of `resolved` were met at the last check']
  return card.unmet.map(
    ({condition, state, detail}) =>
      `${state === 'unknown' ? '? cannot be seen:' : '✖'} ${condition}: ${RUN.reason(detail)}`,
  )
}

/** A screen shows the end of what is longer than itself: said where it is read. */
function overrun(card: readonly string[], {id}: GateCard, rows: number | null): readonly string[] {
  if (rows === null || card.length + QUESTION_LINES <= rows) return []
  return [`! ${plural(card.length, 'line')}, more than this screen has: scroll up to where it begins with ${id}`]
}

/** What a person is asked to agree to, no wider than the screen; ends with a line break. */
export function renderGateCard(card: GateCard, style: Style): string {
  const width = style.width < NARROWEST ? USUAL : style.width
  const inputs = card.inputs.length === 0 ? [] : [card.inputs.join(' ')]
  const title = [card.id, card.role, card.language, `environment ${card.environment}`, ...inputs].join(' · ')
  const prose = card.prose.trim() === '' ? [] : linesOf(card.prose.trim())
  const warning = card.unknown ? ['! it was started before, and how that ended is not known: look first'] : []
  const lines = [
    ...linesOf(title).flatMap((line) => wrap(line, width)),
    ...prose.flatMap((line) => wrap(line, width - 2).map((part) => `  ${part}`)),
    ...bodyLines(card.body, width),
    ...labelled('fence', card.attributes === '' ? [] : [`{${card.attributes}}`], width),
    ...labelled('judged by', card.judged, width),
    ...labelled('uses', card.uses, width),
    ...labelled('changes', card.impact, width),
    ...labelled('last seen', unmet(card), width),
    ...labelled('no help?', card.next === null ? [] : [card.next], width),
    ...warning.flatMap((line) => wrap(line, width - 2).map((part) => `  ${part}`)),
  ]
  const tooTall = overrun(lines, card, style.rows).flatMap((line) => wrap(line, width))
  return ['', ...lines, ...tooTall, ''].join('\n')
}
