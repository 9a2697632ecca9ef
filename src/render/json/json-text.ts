import {HIDDEN_BUT_BREAKS} from '../../domain/text/visible.js'

/** What JSON itself leaves as it is, and a terminal, an editor, a line-based reader or a CI server (`##[error]`) would not. */
const HIDDEN = new RegExp(String.raw`#(?=#[a-z]*\[)|${HIDDEN_BUT_BREAKS}`, 'giu')
const HEX = 16

/** A character of the upper planes is two units, and JSON writes both. */
function escaped(character: string): string {
  return Array.from({length: character.length}, (_unit, at) => {
    const hex = character.charCodeAt(at).toString(HEX).padStart(4, '0')
    return String.raw`\u${hex}`
  }).join('')
}

/** JSON in which nothing is hidden: all control and format characters are `\uXXXX`, and what is parsed from it is what was given. */
export function jsonText(document: unknown, indent?: number): string {
  return JSON.stringify(document, null, indent).replaceAll(HIDDEN, escaped)
}
