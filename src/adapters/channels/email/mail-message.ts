import {noticeIcon} from '../../../domain/notices/icon.js'
import type {MessageReference, Notice} from '../../../domain/notices/notice.js'
import type {Audience} from '../../../domain/notices/notice-words.js'
import type {Preview} from '../../../domain/notices/preview.js'
import {shorten, splitText} from '../../../domain/notices/split-text.js'
import {visible, visibleLines} from '../../../domain/text/visible.js'
import {drawnMarkdown} from '../../../formats/markdown/drawn-markdown.js'
import {HTML, htmlText} from '../../../formats/markdown/html.js'

export interface MailInput {
  readonly notice: Notice
  /** The first mail of its thread; null when there is none, or it is this one. */
  readonly root: MessageReference | null
  readonly from: string
}

export interface MailMessage {
  readonly messageId: string
  readonly subject: string
  /** Without `Re:`: what its thread is called. */
  readonly thread: string
  /** Ids of the thread and of its first mail; none for a notice that stands alone. */
  readonly references: readonly string[]
  readonly inReplyTo: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly html: string
}

/** Longer ones are cut by mail programs, or by what sorts mail. */
const SUBJECT_CHARACTERS = 200
/** Gmail hides what comes after 102 KB; escaped, this much stays below in all but made-up texts. */
const BODY_CHARACTERS = 20_000
const FACT_CHARACTERS = 2000

/** What may stand in an id beside the signs that an address is made of. */
function idPart(text: string): string {
  return text.replaceAll(/[^\w.-]/g, '-').slice(0, 120)
}

/** The sender's domain, which is the same on every machine that may try again. */
function domainOf(from: string): string {
  return idPart(from.slice(from.lastIndexOf('@') + 1).replace('>', ''))
}

function line(text: string): string {
  return visible(text.replaceAll(/\s+/g, ' ').trim())
}

/** An incident's never changes; a run has that of its first mail. */
function threadName({incident, title}: Notice, root: MessageReference | null): string {
  if (root !== null) return root.channel
  return shorten(line(incident === null ? title : `[${incident.handle}] ${incident.subject}`), SUBJECT_CHARACTERS)
}

/**
 * An id from the notice's own, so that a mail that is sent again is known by it, and no two notices ever share one. Every mail of a thread refers to
 * one id of the thread and, where there is one, to its first mail: never to the last, which would split it in Gmail.
 */
export function mailId({thread, id}: Notice, from: string): string {
  return `<${idPart(thread ?? 'notice')}.${idPart(id)}@${domainOf(from)}>`
}

function references({thread}: Notice, root: MessageReference | null, from: string): readonly string[] {
  if (thread === null) return []
  return [`<${idPart(thread)}@${domainOf(from)}>`, ...(root === null ? [] : [root.id])]
}

function origin(notice: Notice, {words, timezone}: Audience): string {
  return line(
    [
      words.severity[notice.severity],
      notice.service,
      `${words.environment}: ${notice.environment}`,
      ...(notice.operator === '' ? [] : [`${words.operator}: ${notice.operator}@${notice.host}`]),
      words.time(notice.createdAt, timezone),
    ].join(' · '),
  )
}

interface Parts {
  readonly headline: string
  /** Markdown. */
  readonly body: string
  readonly facts: readonly {readonly name: string; readonly value: string}[]
  readonly origin: string
}

function partsOf(notice: Notice, audience: Audience): Parts {
  const {words} = audience
  const {state, severity, title, facts} = notice
  const [first = '', ...rest] = splitText(visibleLines(notice.body), BODY_CHARACTERS)
  return {
    headline: line(`${noticeIcon({state, severity})} ${words.state[state]}: ${title}`),
    body: rest.length === 0 ? first : `${first}\n\n${words.shortened}`,
    facts: facts.map(({name, value}) => ({name: line(name), value: shorten(visibleLines(value), FACT_CHARACTERS)})),
    origin: origin(notice, audience),
  }
}

function textOf({headline, body, facts, origin: who}: Parts): string {
  const shown = facts.map(({name, value}) => `${name}: ${value}`).join('\n')
  return `${[headline, body, shown, `-- \n${who}`].filter((part) => part.trim() !== '').join('\n\n')}\n`
}

const STYLE = 'font-family:sans-serif;line-height:1.4;max-width:45em'
const CELL = 'text-align:left;vertical-align:top;padding:0 1em 0.3em 0'

function factRow({name, value}: Parts['facts'][number]): string {
  const shown = value.split('\n').map(htmlText).join('<br/>')
  return `<tr><th style="${CELL}">${htmlText(name)}</th><td style="${CELL}">${shown}</td></tr>`
}

function htmlOf({headline, body, facts, origin: who}: Parts, subject: string): string {
  const table = facts.length === 0 ? [] : ['<table>', ...facts.map(factRow), '</table>']
  return [
    '<!doctype html>',
    `<html><head><meta charset="utf-8"/><title>${htmlText(subject)}</title></head><body style="${STYLE}">`,
    `<h1 style="font-size:1.3em">${htmlText(headline)}</h1>`,
    drawnMarkdown(body, HTML),
    ...table,
    `<p style="color:#555">${htmlText(who)}</p>`,
    '</body></html>',
    '',
  ].join('\n')
}

/** A notice as a mail: the same subject for all of a thread, text and HTML that say the same, how it stands in a header too. */
export function mailMessage({notice, root, from}: MailInput, audience: Audience): MailMessage {
  const {state, severity, incident} = notice
  const thread = threadName(notice, root)
  const subject = root === null ? thread : `Re: ${thread}`
  const parts = partsOf(notice, audience)
  return {
    messageId: mailId(notice, from),
    subject,
    thread,
    references: references(notice, root, from),
    inReplyTo: root?.id ?? null,
    headers: {
      ...(incident === null ? {} : {'X-Faci-Incident': line(incident.handle)}),
      'X-Faci-State': state,
      'X-Faci-Severity': severity,
      // Nobody's note of absence comes back.
      'Auto-Submitted': 'auto-generated',
    },
    text: textOf(parts),
    html: htmlOf(parts, subject),
  }
}

/** What would be sent, as text with its subject, and the page. */
export function mailPreview(input: MailInput, audience: Audience): readonly Preview[] {
  const {subject, text, html} = mailMessage(input, audience)
  return [
    {format: 'text', text: `${subject}\n\n${text.trimEnd()}`},
    {format: 'html', text: html},
  ]
}
