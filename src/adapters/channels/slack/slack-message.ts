import {noticeIcon} from '../../../domain/notices/icon.js'
import type {Notice} from '../../../domain/notices/notice.js'
import {drawnMarkdown} from '../../../formats/markdown/drawn-markdown.js'
import {PLAIN_TEXT} from '../../../formats/markdown/plain-text.js'
import {escapeMrkdwn, literalMrkdwn, slackMrkdwn} from './slack-mrkdwn.js'
import {shorten, splitText} from '../../../domain/notices/split-text.js'
import type {Audience} from '../../../domain/notices/notice-words.js'

interface PlainText {
  type: 'plain_text'
  text: string
  emoji: boolean
}

interface Mrkdwn {
  type: 'mrkdwn'
  text: string
  /** Slack makes no link of what was not written as one: an address in foreign text is only text. */
  verbatim: true
}

function mrkdwn(text: string): Mrkdwn {
  return {type: 'mrkdwn', text, verbatim: true}
}

/** The Block Kit blocks that notices are made of. */
export type SlackBlock =
  | {type: 'header'; text: PlainText}
  | {type: 'section'; text: Mrkdwn}
  | {type: 'section'; fields: Mrkdwn[]}
  | {type: 'context'; elements: Mrkdwn[]}

export interface SlackMessage {
  /** What a notification shows, and a client that knows no blocks. */
  text: string
  blocks: SlackBlock[]
}

// Slack's limits: docs.slack.dev/reference/block-kit/blocks, header, section, context.
const HEADER_CHARACTERS = 150
const SECTION_CHARACTERS = 3000
const FIELD_CHARACTERS = 2000
const FIELDS_A_SECTION = 10

// Ours: a longer body belongs in a file; 12 + 3 + 2 blocks stay far below Slack's 50.
const BODY_SECTIONS = 12
const FACTS = 30
const FALLBACK_CHARACTERS = 300

function headline({state, severity, title}: Notice, {words}: Audience): string {
  return `${noticeIcon({state, severity})} ${words.state[state]}: ${title.replaceAll(/\s+/g, ' ')}`
}

function body(notice: Notice, {words}: Audience): SlackBlock[] {
  const parts = splitText(slackMrkdwn(notice.body), SECTION_CHARACTERS)
  const shown = parts.slice(0, BODY_SECTIONS)
  const rest = parts.length > shown.length ? [`_${words.shortened}_`] : []
  return [...shown, ...rest].map((text) => ({type: 'section', text: mrkdwn(text)}))
}

function facts(notice: Notice): SlackBlock[] {
  const fields = notice.facts
    .slice(0, FACTS)
    .map(({name, value}) => mrkdwn(shorten(`*${literalMrkdwn(name)}*\n${literalMrkdwn(value)}`, FIELD_CHARACTERS)))
  const sections = Math.ceil(fields.length / FIELDS_A_SECTION)
  return Array.from({length: sections}, (_, index) => ({
    type: 'section',
    fields: fields.slice(index * FIELDS_A_SECTION, (index + 1) * FIELDS_A_SECTION),
  }))
}

function context(notice: Notice, {words, timezone}: Audience, mayBeRepeat: boolean): SlackBlock {
  const parts = [
    ...(mayBeRepeat ? [words.mayBeRepeat] : []),
    words.severity[notice.severity],
    notice.service,
    `${words.environment}: ${notice.environment}`,
    `${words.operator}: ${notice.operator}@${notice.host}`,
    words.time(notice.createdAt, timezone),
  ]
  return {
    type: 'context',
    elements: [mrkdwn(shorten(literalMrkdwn(parts.join(' · ')), FIELD_CHARACTERS))],
  }
}

/** A notice as Slack shows it: how it stands, what happened, the facts, who says so. */
export function slackMessage(notice: Notice, audience: Audience, mayBeRepeat = false): SlackMessage {
  const head = headline(notice, audience)
  const first = drawnMarkdown(notice.body.trim().split('\n', 1).join(), PLAIN_TEXT)
  return {
    text: shorten(escapeMrkdwn(first === '' ? head : `${head} – ${first}`), FALLBACK_CHARACTERS),
    blocks: [
      {type: 'header', text: {type: 'plain_text', text: shorten(head, HEADER_CHARACTERS), emoji: true}},
      ...body(notice, audience),
      ...facts(notice),
      context(notice, audience, mayBeRepeat),
    ],
  }
}
