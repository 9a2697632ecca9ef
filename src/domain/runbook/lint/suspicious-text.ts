import {escapeOf, hiddenIn} from '../../text/visible.js'

/** A part of a text, from `from` up to `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Suspicion {
  readonly rule: 'hidden' | 'mixed-script'
  readonly offset: number
  readonly message: string
  readonly suggestion: string
}

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

const NAMES: Readonly<Record<string, string>> = {
  '\f': 'a form feed',
  '\u00A0': 'a no-break space',
  '\u00AD': 'a soft hyphen',
  '\u200B': 'a zero-width space',
  '\u202F': 'a narrow no-break space',
  '\uFEFF': 'a byte order mark',
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

function kindOf(character: string): string {
  if (TURNS.test(character)) return 'turns the direction of what is shown after it'
  return /\p{Cc}/u.test(character) ? 'is a control character' : 'cannot be seen'
}

function hidden(offset: number, character: string, what: string): Suspicion {
  const name = NAMES[character] ?? `\`${escapeOf(character)}\``
  const message = `${name} (${codeOf(character)}), which ${what}`
  return {rule: 'hidden', offset, message, suggestion: 'delete it; where it is meant, write it as an escape'}
}

/** Unseen characters outside quotes and comments, and spaces that are none to a program. */
function odd(text: string, literals: readonly Span[]): readonly Suspicion[] {
  const outside = ({index}: {readonly index: number}): boolean => !isWithin(literals, index)
  return [
    ...[...text.matchAll(ODD_SPACE)].filter(outside).map(({0: found, index}) => ({
      ...hidden(index, found, 'looks like a space and is none to a program'),
      suggestion: 'write an ordinary space',
    })),
    ...[...text.matchAll(UNSEEN)].filter(outside).map(({0: found, index}) => hidden(index, found, 'cannot be seen')),
  ]
}

function mixed(text: string, literals: readonly Span[]): readonly Suspicion[] {
  return [...text.matchAll(WORD)].flatMap(({0: word, index}) => {
    const letters = [...word.matchAll(/./gsu)].filter(({index: at}) => !isWithin(literals, index + at))
    const foreign = letters.find(([letter]) => LOOKS_LATIN.test(letter))
    if (foreign === undefined || !letters.some(([letter]) => LATIN.test(letter))) return []
    const message = `\`${word}\`, which mixes alphabets: \`${foreign[0]}\` (${codeOf(foreign[0])}) is not the Latin letter that it looks like`
    return [{rule: 'mixed-script' as const, offset: index + foreign.index, message, suggestion: 'type the word again'}]
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
