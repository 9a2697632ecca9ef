import type {HiddenKind} from '../../../../domain/runbook/lint/runbook-fault.js'
import {escapeOf} from '../../../../domain/text/visible.js'

const CHARACTERS: Readonly<Record<string, string>> = {
  '\f': 'a form feed',
  '\u00A0': 'a no-break space',
  '\u00AD': 'a soft hyphen',
  '\u200B': 'a zero-width space',
  '\u202F': 'a narrow no-break space',
  '\uFEFF': 'a byte order mark',
}
export const CONFUSABLE: Readonly<Record<string, string>> = {
  '\u2010': 'a hyphen (U+2010)',
  '\u2011': 'a no-break hyphen (U+2011)',
  '\u2013': 'an en dash (U+2013)',
  '\u2014': 'an em dash (U+2014)',
  '\u2212': 'a minus sign (U+2212)',
  '\u2018': 'a curly quote (U+2018)',
  '\u201C': 'a curly quote (U+201C)',
  '\u201D': 'a curly quote (U+201D)',
}
export const HIDDEN: Readonly<Record<HiddenKind, string>> = {
  turns: 'turns the direction of what is shown after it',
  control: 'is a control character',
  unseen: 'cannot be seen',
}

export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

export function characterText(character: string): string {
  return `${CHARACTERS[character] ?? `\`${escapeOf(character)}\``} (${codeOf(character)})`
}
