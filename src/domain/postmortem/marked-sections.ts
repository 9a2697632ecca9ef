import {shortDigest} from '../text/digest.js'
import {markdownLines} from '../text/markdown.js'
import {type SectionFault, type SectionName, type SectionOutcome, SECTIONS} from './section-name.js'

const MARKER = /^<!-- faci:(begin|end) ([a-z]+)(?: ([0-9a-f]{16}))? -->[ \t]*\r?\n?$/
const IDENTITY = /^<!-- faci:postmortem ([0-9A-Z]{26}) -->[ \t]*\r?\n?$/
const DIGEST_LENGTH = 16

interface Marker {
  readonly kind: 'begin' | 'end'
  readonly name: SectionName
  /** Of the lines of the text. */
  readonly line: number
  readonly hash: string | null
}

/** Each with its line end: joined they are the text again, to the letter. */
function linesIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/)
}

/** Whether each line is text: what stands in a block of code is only shown. */
function areText(lines: readonly string[]): readonly boolean[] {
  return markdownLines(lines.map((line) => line.replace(/\r?\n$/, ''))).map(({kind}) => kind === 'text')
}

function isSection(name: string): name is SectionName {
  return (SECTIONS as readonly string[]).includes(name)
}

function markersIn(lines: readonly string[]): readonly Marker[] {
  const isText = areText(lines)
  return lines.flatMap((written, line) => {
    const [, kind, name = '', hash] = (isText[line] === true ? MARKER.exec(written) : null) ?? []
    if ((kind !== 'begin' && kind !== 'end') || !isSection(name)) return []
    return [{kind, name, line, hash: hash ?? null}]
  })
}

/** Line ends and space around it are an editor's. */
function hashOf(body: string): string {
  return shortDigest([
    body
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .trim(),
  ]).slice(0, DIGEST_LENGTH)
}

interface Place {
  readonly begin: Marker
  readonly end: Marker
}

/** Another section is within these lines, or they are within another. */
function overlaps({begin, end}: Place, markers: readonly Marker[]): boolean {
  const others = markers.filter(({name}) => name !== begin.name)
  if (others.some(({line}) => line > begin.line && line < end.line)) return true
  return SECTIONS.some((name) => {
    const own = others.filter((one) => one.name === name)
    const isBefore = own.some(({kind, line}) => kind === 'begin' && line < begin.line)
    const isAfter = own.some(({kind, line}) => kind === 'end' && line > end.line)
    // Between a section that was ended and one that begins later stands nothing of either.
    const isClosed = own.some(({kind, line}) => kind === 'end' && line < begin.line)
    return isBefore && isAfter && !isClosed
  })
}

function placeOf(name: SectionName, markers: readonly Marker[]): Place | SectionFault {
  const own = markers.filter((marker) => marker.name === name)
  const [first, second, ...more] = own
  const kinds = own.map(({kind}) => kind)
  if (first === undefined) return 'missing'
  if (more.length > 0 || new Set(kinds).size < kinds.length) return 'doubled'
  if (second === undefined || first.kind === 'end') return 'unclosed'
  const place = {begin: first, end: second}
  return overlaps(place, markers) ? 'nested' : place
}

function section(name: SectionName, body: string, lineEnd = '\n'): string {
  const lines = [`<!-- faci:begin ${name} ${hashOf(body)} -->`, '', body.trim(), '', `<!-- faci:end ${name} -->`]
  return `${lines.join('\n').replaceAll('\n', lineEnd)}${lineEnd}`
}

export type Bodies = Readonly<Record<SectionName, string>>

export interface Merged {
  readonly text: string
  readonly outcomes: Readonly<Record<SectionName, SectionOutcome>>
}

/** Ours to write: nobody changed what faci wrote, or nothing is between the markers yet. */
function isOurs({begin}: Place, body: string): boolean {
  return begin.hash === null ? body.trim() === '' : begin.hash === hashOf(body)
}

/**
 * The text with faci's own sections written anew. Whatever else stands in it, and each section that a person changed or whose markers are
 * not one pair that stands alone, stays to the letter.
 */
export function mergedSections(before: string, bodies: Bodies): Merged {
  const lines = linesIn(before)
  const markers = markersIn(lines)
  const lineEnd = before.includes('\r\n') ? '\r\n' : '\n'
  const parts: (string | null)[] = [...lines]
  const outcomes = SECTIONS.map((name): readonly [SectionName, SectionOutcome] => {
    const place = placeOf(name, markers)
    if (typeof place === 'string') return [name, place]
    const [from, to] = [place.begin.line, place.end.line]
    const body = lines.slice(from + 1, to).join('')
    if (!isOurs(place, body)) return [name, 'edited']
    if (hashOf(body) === hashOf(bodies[name]) && place.begin.hash !== null) return [name, 'same']
    parts.fill(null, from, to + 1)
    const isUnended = lines[to]?.endsWith('\n') === false
    const written = section(name, bodies[name], lineEnd)
    parts[from] = isUnended ? written.slice(0, -lineEnd.length) : written
    return [name, 'written']
  })
  return {
    text: parts.filter((part) => part !== null).join(''),
    outcomes: Object.fromEntries(outcomes) as Record<SectionName, SectionOutcome>,
  }
}

export function identityLine(id: string): string {
  return `<!-- faci:postmortem ${id} -->`
}

/** The incidents that a text says it is a post-mortem of. */
export function identitiesIn(text: string): readonly string[] {
  const lines = linesIn(text)
  const isText = areText(lines)
  return lines.flatMap((line, index) => (isText[index] === true ? (IDENTITY.exec(line)?.[1] ?? []) : []))
}

/** A new section with its markers. */
export function newSection(name: SectionName, bodies: Bodies): string {
  return section(name, bodies[name])
}

/** A part of a post-mortem: one of faci's sections, or what is people's. */
export interface Piece {
  readonly section: SectionName | null
  readonly text: string
}

/** All of a text in order, without its markers. */
export function piecesOf(text: string): readonly Piece[] {
  const lines = linesIn(text)
  const markers = markersIn(lines)
  const isText = areText(lines)
  const places = SECTIONS.flatMap((name) => {
    const place = placeOf(name, markers)
    return typeof place === 'string' ? [] : [place]
  })
  const marked = new Set(markers.map(({line}) => line))
  const pieces: {section: SectionName | null; text: string}[] = []
  for (const [index, line] of lines.entries()) {
    if (marked.has(index) || (isText[index] === true && IDENTITY.test(line))) continue
    const name = places.find(({begin, end}) => index > begin.line && index < end.line)?.begin.name ?? null
    const last = pieces.at(-1)
    if (last?.section === name) last.text += line
    else pieces.push({section: name, text: line})
  }
  return pieces
}
