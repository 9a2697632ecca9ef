import {LINE_BREAK} from '../../domain/text/visible.js'
import {broken} from './frame.js'
import {canBeTyped} from './next-step.js'
import type {Style} from './style.js'
import {wrap} from './wrap.js'

const INDENT = '  '
/** Before a line that goes on: what is copied from the screen is still one command. */
const GOES_ON = ' \\'

function onLines(text: string, style: Style): readonly string[] {
  if (!style.edge) return [text]
  const [first = '', ...rest] = broken(`${INDENT}${text}`, style.width)
  return [first.slice(INDENT.length), ...rest]
}

/** A command goes on after a backslash; one with quotes is left to the terminal, which breaks it without changing it. */
function suggestionLines(suggestion: string, style: Style): readonly string[] {
  const room = style.width - 2 * INDENT.length
  const isCommand = suggestion.startsWith('faci ')
  const mark = canBeTyped(suggestion) ? `${style.accent('→')} ` : ''
  if (!style.edge || (isCommand && suggestion.includes("'"))) return [`${INDENT}${mark}${suggestion}`]
  const lines = wrap(suggestion, suggestion.length > room && isCommand ? room - GOES_ON.length : room)
  return lines.map((line, index) => {
    const end = isCommand && index < lines.length - 1 ? GOES_ON : ''
    return `${INDENT}${index === 0 || mark === '' ? mark : INDENT}${line}${end}`
  })
}

/** An error as a person sees it on stderr: what broke, then what to type or to do next; on a screen no word is broken. */
export function failureText(message: string, suggestions: readonly string[], style: Style): string {
  const [head = '', ...rest] = style.times.sentence(message).split('\n')
  const lines = [
    ...onLines(`${style.bad('✖')} ${head}`, style),
    ...rest.flatMap((line) => onLines(`  ${line}`, style)),
    ...suggestions.flatMap((suggestion) => suggestionLines(suggestion.replaceAll('\n', LINE_BREAK), style)),
  ]
  return lines.join('\n') + '\n'
}

/** Beside an answer, what was wrong on the way to it. */
export function warningText(text: string, style: Style): string {
  return `${onLines(`${style.warn('!')} ${style.times.sentence(text)}`, style).join('\n')}\n`
}
