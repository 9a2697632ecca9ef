import {hiddenIn} from '../../text/visible.js'
import type {CheckedFault, HiddenKind} from './runbook-fault.js'

/** A part of a text, from `from` up to `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

export type Suspicion = Extract<CheckedFault, {readonly rule: 'hidden' | 'mixed-script'}> & {readonly offset: number}

/** Everything that an editor shows is this and what is below looked at closer. */
const ORDINARY = /^[\n\t\x20-\x7e]*$/
const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u
const ODD_SPACE = /[^\P{Zs} ]/gu
/** Nothing to see, and yet part of the word: variation selectors and the like. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800]/gu
const WORD = /[\p{L}\p{M}\p{N}_]+/gu
const LATIN = /\p{Script=Latin}/u
const LOOKS_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u
/** What joins one emoji is hidden, and belongs there. */
const EMOJI = new RegExp(String.raw`\p{RGI_Emoji}`, 'gv')

/** `spans` in their order, none in another: there may be as many as there are characters to look for. */
function isWithin(spans: readonly Span[], at: number): boolean {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.from ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return at < (spans[low - 1]?.to ?? 0)
}

export function spansOf(pattern: RegExp, text: string): readonly Span[] {
  return [...text.matchAll(pattern)].map(({0: found, index}) => ({from: index, to: index + found.length}))
}

function kindOf(character: string): HiddenKind {
  if (TURNS.test(character)) return 'turns'
  return /\p{Cc}/u.test(character) ? 'control' : 'unseen'
}

function hidden(offset: number, character: string, kind: HiddenKind): Suspicion {
  return {rule: 'hidden', what: 'character', offset, character, kind}
}

/** Unseen characters outside quotes and comments, and spaces that are none to a program. */
function odd(text: string, literals: readonly Span[]): readonly Suspicion[] {
  const outside = ({index}: {readonly index: number}): boolean => !isWithin(literals, index)
  return [
    ...[...text.matchAll(ODD_SPACE)]
      .filter(outside)
      .map(({0: character, index}) => ({rule: 'hidden', what: 'oddSpace', offset: index, character}) as const),
    ...[...text.matchAll(UNSEEN)].filter(outside).map(({0: found, index}) => hidden(index, found, 'unseen')),
  ]
}

function mixed(text: string, literals: readonly Span[]): readonly Suspicion[] {
  return [...text.matchAll(WORD)].flatMap(({0: word, index}) => {
    const letters = [...word.matchAll(/./gsu)].filter(({index: at}) => !isWithin(literals, index + at))
    const foreign = letters.find(([letter]) => LOOKS_LATIN.test(letter))
    if (foreign === undefined || !letters.some(([letter]) => LATIN.test(letter))) return []
    return [{rule: 'mixed-script' as const, offset: index + foreign.index, word, letter: foreign[0]}]
  })
}

/**
 * What in a text that runs is not what a reader sees. `literals` are its strings and comments: there a no-break space, a Greek letter and
 * an emoji are data. They are in their order, and none is in another.
 */
export function suspicionsIn(text: string, literals: readonly Span[]): readonly Suspicion[] {
  if (ORDINARY.test(text)) return []
  const emoji = spansOf(EMOJI, text).filter(({from}) => isWithin(literals, from))
  const anywhere = hiddenIn(text)
    .filter(({offset}) => !isWithin(emoji, offset))
    .map(({character, offset}) => hidden(offset, character, kindOf(character)))
  const told = new Set(anywhere.map(({offset}) => offset))
  const rest = [...odd(text, literals), ...mixed(text, literals)].filter(({offset}) => !told.has(offset))
  return [...anywhere, ...rest]
}

/** Whether a text for people turns the direction of writing. */
export function turnIn(text: string): number {
  return text.search(TURNS)
}
