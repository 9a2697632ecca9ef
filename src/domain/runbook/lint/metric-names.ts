import {withoutStrings} from './query-windows.js'

const WORDS = new Set(
  'and or unless atan2 bool offset by without on ignoring group_left group_right start end inf nan'.split(' '),
)
const LABEL_LISTS = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi
const NAME = /(?<![\w:.@$])[A-Za-z_:][\w:]*(?!\s*\()(?![\w:])/g

/** The metrics that an expression selects by name. */
export function metricNames(expression: string): readonly string[] {
  const bare = withoutStrings(expression)
    .replaceAll(/#[^\n]*/g, '')
    .replaceAll(/\{[^{}]*\}|\[[^\][]*\]/g, ' ')
    .replaceAll(LABEL_LISTS, ' ')
  return [...new Set([...bare.matchAll(NAME)].map(([name]) => name).filter((name) => !WORDS.has(name.toLowerCase())))]
}
