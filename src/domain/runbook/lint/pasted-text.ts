import {commandBlocksOf, type PlacedRunbook} from '../runbook.js'
import {readShell} from './shell-reading.js'
import type {Span} from './suspicious-text.js'
import type {CheckedFault, PlacedFault} from './runbook-fault.js'

type Found = Extract<CheckedFault, {readonly rule: 'confusable' | 'prompt'}> & {readonly offset: number}

/** What shells and clients of databases write before a command: `$`, `%`, `PS C:\\>`, `root@host:~#`, `mysql>`, `shop=#`. */
const PROMPT =
  /^[ \t]*(\$|%|❯|➜|PS(?: [^>\n]*)?>|\[?[\w.-]+@[\w.-]+[^\n$#%>]{0,60}[$#%>]|[\w.-]+%|mysql>|MariaDB \[[^\]\n]{0,60}\]>|[\w.]+[=-][>#])[ \t]+\S/gm
/** A `>` is a prompt where what follows is a command rather than a file. */
const ANGLE = /^[ \t]*(>)[ \t]+[a-z][a-z-]*[ \t]+\S/gm
const DASH = /(?<![^\s=])([\u2010-\u2015\u2212\uFE58\uFE63\uFF0D])[\w\-\u2010-\u2015]/gu
const QUOTE = /([\u201C-\u201F\u2033\uFF02]|(?<!\S)\u2018)/gu
/** Forms of Latin letters and digits that are none to a program. */
const LETTER = /([\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\u{1D400}-\u{1D7FF}])/gu
/**
 * Forms of a shell's signs that are words to it: wide and small ones, a Greek question mark, lines of a table, an ellipsis. Beside letters
 * that are not Latin they are the punctuation of a text.
 */
const OPERATOR =
  /(?<![^\0-\x7f\u2026\u2500-\u257F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF5E])([\u037E\u00B4\u2026\u2044\u2215\u2216\u2217\u2223\u2502\u2503\u2551\uFE54\uFE60-\uFE62\uFE64-\uFE66\uFE68\uFE69\uFE6B\uFF01\uFF03-\uFF0C\uFF0E\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF5E])(?![^\0-\x7f\u2026\u2500-\u257F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF5E])/gu
/** Words all of whose letters only look Latin. */
const LOOKALIKE = /(?<![\p{L}\p{N}])([асеорхуіјѕһԁԛԝАВСЕНІЈКМОРЅТХοαρυνκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]+)(?![\p{L}\p{N}])/gu

function found(text: string, pattern: RegExp, made: (character: string) => CheckedFault): readonly Found[] {
  return [...text.matchAll(pattern)].map(({0: whole, 1: character = '', index}) => {
    return {...made(character), offset: index + whole.indexOf(character)} as Found
  })
}

/** Continues what the line before it says. */
function isContinued(text: string, offset: number): boolean {
  return /(?:\\|\||&&)[ \t]*\n[ \t]*$/.test(text.slice(Math.max(0, offset - 200), offset))
}

function wrongIn(text: string, literals: readonly Span[]): readonly Found[] {
  const confusable = (what: 'dash' | 'letter' | 'operator' | 'quote') => (character: string) =>
    ({rule: 'confusable', what, character}) as const
  const prompt = (mark: string) => ({rule: 'prompt', mark}) as const
  const all = [
    ...[PROMPT, ANGLE].flatMap((pattern) =>
      found(text, pattern, prompt).filter(({offset}) => !isContinued(text, offset)),
    ),
    ...found(text, DASH, confusable('dash')),
    ...found(text, QUOTE, confusable('quote')),
    ...found(text, OPERATOR, confusable('operator')),
    ...[LETTER, LOOKALIKE].flatMap((pattern) => found(text, pattern, confusable('letter'))),
  ]
  return all.filter(({offset}) => !literals.some(({from, to}) => offset >= from && offset < to))
}

/** What was copied along with a command, or made of it by a word processor: no shell takes it for what it looks like. */
export function pastedText(runbook: PlacedRunbook): readonly PlacedFault[] {
  return commandBlocksOf(runbook).flatMap((block) => {
    if (block.language !== 'sh') return []
    const {body, line} = block
    return wrongIn(body, readShell(body).literals).map(({offset, ...fault}): PlacedFault => {
      const before = body.slice(0, offset).split('\n')
      return {...fault, line: line + before.length, column: (before.at(-1)?.length ?? 0) + 1}
    })
  })
}
