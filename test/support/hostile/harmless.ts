import ICAL from 'ical.js'
import {fromMarkdown} from 'mdast-util-from-markdown'
import {pageElements, readXml} from '../xml.js'
import type {Kind, Line} from './commands.js'
import type {Printed} from './in-process.js'

const HIDDEN =
  /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u3164\u115F\u1160\uFFA0\uE00A\u034F\u17B4\u17B5\u180B-\u180D\u180F\uFE00-\uFE0E\uFFFE\uFFFF\u{E0100}-\u{E01EF}]|[a-z]\uFE0F/u
/** In JSON, what is neither whole in a document nor ASCII's own. */
const HIDDEN_IN_JSON = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\u034F\uFE00-\uFE0E\uFFFF\u{E0100}-\u{E01EF}]|[a-z]\uFE0F/u
const FORGED = /^\s*(?:#+ |::\w+::|> |\| a \| b)?FORGED/m
/** A line of a log may go on below: indented, as no entry is. */
const FORGED_ENTRY = /^(?:#+ )?FORGED/m
const COMMANDS = /^\s*::(?!(?:error|warning|notice) (?:file|title)=)\w+.*::|##\[\w/m

interface Node {
  readonly type: string
  readonly url?: string
  readonly value?: string
  readonly children?: readonly Node[]
  readonly position?: {readonly start: {readonly offset?: number}; readonly end: {readonly offset?: number}}
}

function nodesOf(node: Node): readonly Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)]
}

/** What is alive in Markdown, and its text without blocks of code, whose lines are somebody's own. */
function markdownProblems(text: string): readonly string[] {
  const nodes = nodesOf(fromMarkdown(text) as Node)
  const alive = nodes.filter(
    ({type, url, value}) =>
      (url ?? '').includes('evil.example') || (type === 'html' && /evil|FORGED/.test(value ?? '')),
  )
  const code = nodes.filter(({type}) => type === 'code')
  const rest = code.reduceRight(
    (whole, {position}) => whole.slice(0, position?.start.offset) + whole.slice(position?.end.offset),
    text,
  )
  return [...alive.map(({type}) => `a live ${type}`), ...(FORGED.test(rest) ? ['a forged row'] : [])]
}

/** The fields of each record. */
function cellsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\n]*))/gm)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}

function csvProblems(text: string): readonly string[] {
  const formula = cellsOf(text).find((cell) => /^[=+\-@\t]/.test(cell) && Number.isNaN(Number(cell)))
  return formula === undefined ? [] : [`a formula: ${formula.slice(0, 40)}`]
}

function jsonProblems(text: string): readonly string[] {
  if (HIDDEN_IN_JSON.test(text)) return ['something hidden in JSON']
  try {
    JSON.parse(text)
    return []
  } catch {
    return ['not valid JSON']
  }
}

function xmlProblems(text: string): readonly string[] {
  const elements = [readXml(text)]
  for (const {children} of elements) elements.push(...children)
  return elements.some(({name}) => name === 'forged') ? ['a forged element'] : []
}

/** Every entry is one of ours, with the properties of ours. */
function calendarProblems(text: string): readonly string[] {
  const known = ['uid', 'dtstamp', 'dtstart', 'dtend', 'summary', 'description', 'transp']
  const events = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents()
  const names = events.flatMap((event) => event.getAllProperties().map(({name}) => name))
  return names.filter((name) => !known.includes(name)).map((name) => `a forged property ${name}`)
}

const PAGE_ELEMENTS: ReadonlySet<string> = new Set([
  ...[
    'html',
    'head',
    'meta',
    'title',
    'style',
    'body',
    'main',
    'h1',
    'h2',
    'h3',
    'p',
    'br',
    'hr',
    'div',
    'pre',
    'code',
  ],
  ...['strong', 'em', 'del', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'figure', 'a'],
  ...['svg', 'desc', 'rect', 'line', 'text', 'path'],
])

/** A page of ours is XML too; whatever is no element of ours in it, or leads to somebody, is alive. */
function htmlProblems(text: string): readonly string[] {
  const elements = pageElements(text)
  const foreign = elements.find(({name}) => !PAGE_ELEMENTS.has(name))
  const link = elements.find(({attributes}) =>
    Object.values(attributes).some((value) => value.includes('evil.example')),
  )
  return [...(foreign === undefined ? [] : [`a live ${foreign.name}`]), ...(link === undefined ? [] : ['a live link'])]
}

const OWN: Readonly<Record<Kind, (text: string) => readonly string[]>> = {
  text: (text) => (FORGED.test(text) ? ['a forged row'] : []),
  md: markdownProblems,
  html: htmlProblems,
  csv: csvProblems,
  xml: xmlProblems,
  ics: calendarProblems,
  json: jsonProblems,
  ndjson: (text) => text.trim().split('\n').flatMap(jsonProblems),
  raw: () => [],
}

function onScreen(text: string): readonly string[] {
  const hidden = HIDDEN.exec(text)
  return [
    ...(hidden === null
      ? []
      : [
          `U+${(hidden[0].codePointAt(0) ?? 0).toString(16)} at ${JSON.stringify(text.slice(Math.max(0, hidden.index - 60), hidden.index + 20))}`,
        ]),
    ...(COMMANDS.test(text) ? ['a command to a CI server'] : []),
  ]
}

/** What of others is obeyed or alive in what a command line printed; none is what is wanted. */
export function harmIn({argv: [command], kind}: Line, {stdout, stderr}: Printed): readonly string[] {
  const isLog = command === 'logs' && kind === 'text'
  const out = stdout === '' ? [] : isLog ? (FORGED_ENTRY.test(stdout) ? ['a forged entry'] : []) : OWN[kind](stdout)
  const seen = kind === 'raw' || kind === 'ics' || kind === 'json' || kind === 'ndjson' ? [] : onScreen(stdout)
  const told = [...onScreen(stderr), ...OWN.text(stderr)]
  return [
    ...out.map((one) => `stdout: ${one}`),
    ...seen.map((one) => `stdout: ${one}`),
    ...told.map((one) => `stderr: ${one}`),
  ]
}
