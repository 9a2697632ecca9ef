import {noticeIcon} from '../../domain/notices/icon.js'
import type {Notice} from '../../domain/notices/notice.js'
import type {Audience} from '../../domain/notices/notice-words.js'
import type {Style} from '../text/style.js'
import {wrapStyled} from '../text/wrap.js'
import {terminalMarkdown} from './terminal-markdown.js'

const BORDER = '┃'
const WIDEST = 100

type Paint = (text: string) => string

function borderPaint({state, severity}: Notice, style: Style): Paint {
  if (state === 'resolved') return style.good
  if (state === 'unresolved' || state === 'attention' || severity === 'critical') return style.bad
  return severity === 'warning' ? style.warn : style.accent
}

function footer(notice: Notice, {words, timezone}: Audience): string {
  const environment = `${words.environment}: ${notice.environment}`
  const who = `${words.operator}: ${notice.operator}@${notice.host}`
  return [
    words.severity[notice.severity],
    notice.service,
    environment,
    who,
    words.time(notice.createdAt, timezone),
  ].join(' · ')
}

function facts({facts: given}: Notice, style: Style): readonly string[] {
  const width = Math.max(0, ...given.map(({name}) => name.length))
  return given.map(({name, value}) => `${style.dim(name.padEnd(width))}  ${value}`)
}

/** A notice as people would see it, drawn for a terminal. */
export function noticeText(notice: Notice, audience: Audience, style: Style): string {
  const paint = borderPaint(notice, style)
  const state = audience.words.state[notice.state]
  const body = notice.body.trim()
  const width = Math.max(20, Math.min(WIDEST, style.width) - BORDER.length - 1)
  const parts = [
    [style.bold(`${noticeIcon(notice)} ${state}: ${notice.title}`)],
    body === '' ? [] : terminalMarkdown(body, width, style),
    facts(notice, style),
    [style.dim(footer(notice, audience))],
  ].filter((part) => part.length > 0)
  const text = parts.map((part) => part.join('\n')).join('\n\n')
  return text
    .split('\n')
    .flatMap((line) => wrapStyled(line, width))
    .map((line) => `${paint(BORDER)} ${line}`.trimEnd())
    .join('\n')
}
