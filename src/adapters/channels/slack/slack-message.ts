import {noticeIcon} from '../../../domain/notices/icon.js'
import type {Notice, NoticeFact} from '../../../domain/notices/notice.js'
import {drawnMarkdown} from '../../../formats/markdown/drawn-markdown.js'
import {PLAIN_TEXT} from '../../../formats/markdown/plain-text.js'
import {escapeMrkdwn, literalMrkdwn, slackMrkdwn} from './slack-mrkdwn.js'
import {command} from '../../../domain/text/shell-command.js'
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

/** Of all the text of a message together; beyond it Slack answers `msg_blocks_too_long`, though each block is legal. */
const MESSAGE_CHARACTERS = 13_200
/** For what says that something was cut. */
const CUT_CHARACTERS = 300
/** The beginning of a text that is shorter says nothing. */
const LEAST_CHARACTERS = 100

// Ours: a longer body belongs in a file; 12 + 3 + 3 blocks stay far below Slack's 50.
const BODY_SECTIONS = 12
const FACTS = 30
const FALLBACK_CHARACTERS = 300
/** A section has room for as many. */
const MOST_MENTIONS = 100

function headline({state, severity, title}: Notice, {words}: Audience): string {
  return `${noticeIcon({state, severity})} ${words.state[state]}: ${title.replaceAll(/\s+/g, ' ')}`
}

/** As much of the body as there is room for. */
function bodyIn(notice: Notice, room: number): {readonly shown: readonly string[]; readonly isCut: boolean} {
  const parts = splitText(slackMrkdwn(notice.body), SECTION_CHARACTERS)
  const shown: string[] = []
  let left = room
  for (const part of parts.slice(0, BODY_SECTIONS)) {
    const [begin] = part.length <= left ? [part] : left < LEAST_CHARACTERS ? [] : splitText(part, left)
    if (begin !== undefined) shown.push(begin)
    if (begin !== part) return {shown, isCut: true}
    left -= part.length
  }
  return {shown, isCut: parts.length > shown.length}
}

const MEMBER = /^[UW][A-Z0-9]{2,30}$/

/** A person is called by their id; what is none is text. */
function valueText({value, slackMember: member}: NoticeFact): string {
  const name = literalMrkdwn(value)
  return member !== undefined && MEMBER.test(member) ? `<@${member}> ${name}` : name
}

/** As many of the facts, from the first, as there is room for. */
function factsIn(notice: Notice, room: number): readonly string[] {
  const fields: string[] = []
  let left = room
  for (const fact of notice.facts.slice(0, FACTS)) {
    const field = shorten(`*${literalMrkdwn(fact.name)}*\n${valueText(fact)}`, FIELD_CHARACTERS)
    left -= field.length
    if (left < 0) break
    fields.push(field)
  }
  return fields
}

function fieldSections(fields: readonly string[]): SlackBlock[] {
  const sections = Math.ceil(fields.length / FIELDS_A_SECTION)
  return Array.from({length: sections}, (_, index) => ({
    type: 'section',
    fields: fields.slice(index * FIELDS_A_SECTION, (index + 1) * FIELDS_A_SECTION).map(mrkdwn),
  }))
}

/** Where the whole of a notice is to be read. */
function placeOf({incident, thread, id}: Notice): string {
  if (incident !== null) return incident.handle
  return thread === null ? id : command`faci runs ${thread}`
}

/** Whoever is paged is mentioned. What is no member's id mentions nobody. */
function mentions({paged = []}: Notice): SlackBlock[] {
  const ids = paged.flatMap(({slack}) => (slack !== null && MEMBER.test(slack) ? [`<@${slack}>`] : []))
  return ids.length === 0 ? [] : [{type: 'section', text: mrkdwn(ids.slice(0, MOST_MENTIONS).join(' '))}]
}

/** The facts are the least important, and go first; what is left out is said, and where it is. */
function content(notice: Notice, {words}: Audience, room: number): SlackBlock[] {
  const {shown, isCut} = bodyIn(notice, room - CUT_CHARACTERS)
  const used = shown.reduce((sum, {length}) => sum + length, CUT_CHARACTERS)
  const fields = factsIn(notice, isCut ? 0 : room - used)
  const lacking = notice.facts.length - fields.length
  const cut =
    isCut || lacking > 0
      ? [shorten(literalMrkdwn(words.cut({isBodyCut: isCut, facts: lacking, place: placeOf(notice)})), CUT_CHARACTERS)]
      : []
  const sections = [...shown, ...cut].map((text): SlackBlock => ({type: 'section', text: mrkdwn(text)}))
  return [...sections, ...fieldSections(fields)]
}

function context(notice: Notice, {words, timezone}: Audience, mayBeRepeat: boolean): Mrkdwn {
  const parts = [
    ...(mayBeRepeat ? [words.mayBeRepeat] : []),
    words.severity[notice.severity],
    notice.service,
    `${words.environment}: ${notice.environment}`,
    `${words.operator}: ${notice.operator}@${notice.host}`,
    words.time(notice.createdAt, timezone),
  ]
  return mrkdwn(shorten(literalMrkdwn(parts.join(' · ')), FIELD_CHARACTERS))
}

/** A notice as Slack shows it: how it stands, what happened, the facts, who says so. */
export function slackMessage(notice: Notice, audience: Audience, mayBeRepeat = false): SlackMessage {
  const head = headline(notice, audience)
  const first = drawnMarkdown(notice.body.trim().split('\n', 1).join(), PLAIN_TEXT)
  const text = shorten(escapeMrkdwn(first === '' ? head : `${head} – ${first}`), FALLBACK_CHARACTERS)
  const title = shorten(head, HEADER_CHARACTERS)
  const signed = context(notice, audience, mayBeRepeat)
  const mentioned = mentions(notice)
  const room = MESSAGE_CHARACTERS - text.length - title.length - signed.text.length
  return {
    text,
    blocks: [
      {type: 'header', text: {type: 'plain_text', text: title, emoji: true}},
      ...mentioned,
      ...content(notice, audience, room - mentioned.length * SECTION_CHARACTERS),
      {type: 'context', elements: [signed]},
    ],
  }
}
