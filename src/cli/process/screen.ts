import {escapeOf, HIDDEN_BUT_BREAKS, LINE_BREAK} from '../../domain/text/visible.js'

/** Four groups, because what measures text takes up to four digits for a part of a colour. */
const GROUPS = 4

/** Known to this process alone: whoever wrote a text before it began could not write a colour of ours. */
const STAMP = Array.from({length: GROUPS}, () => String(Math.floor(1000 + Math.random() * 9000))).join(';')

const ESCAPE = '\u001B'
const COLOUR = /\u001B\[([\d;]*)m/g
/** Our colours, or what is hidden but for line breaks and tabs. */
const OURS_OR_HIDDEN = new RegExp(String.raw`\u001B\[([\d;]*);${STAMP}m|${HIDDEN_BUT_BREAKS}`, 'gu')
const SHOWN_LINE_BREAK = '⏎'

function shownCharacter(character: string): string {
  return character === LINE_BREAK ? SHOWN_LINE_BREAK : escapeOf(character)
}

/** `paint`, whose colours are ours. Colours of ours in the text stay so; any other is text. */
export function ours(paint: (text: string) => string): (text: string) => string {
  return (text) => {
    const plain = text.includes(ESCAPE)
      ? text.replaceAll(OURS_OR_HIDDEN, (found, codes: string | undefined) => {
          if (codes !== undefined) return `${ESCAPE}[${codes}m`
          return found === ESCAPE ? escapeOf(found) : found
        })
      : text
    return paint(plain).replaceAll(COLOUR, (_found, codes: string) => `${ESCAPE}[${codes};${STAMP}m`)
  }
}

const OUR_COMMAND = `${ESCAPE}[${STAMP}w`
/**
 * What a CI server obeys in any output: GitHub's `::name …::` at the start of a line, and `##[name]` of GitHub, Azure and TeamCity anywhere
 * (actions/runner, ActionCommand.cs).
 */
const WORKFLOW_COMMAND = /^([^\S\n\r\u2028\u2029]*):(?=:[a-z][\w-]*(?:[ \t][^\n]*)?::)|#(?=#[a-z]*\[)/gim

/** A line that a CI server is to obey: any other that looks so is text. */
export function ourCommand(line: string): string {
  return OUR_COMMAND + line
}

function withoutCommands(text: string): string {
  return text.replaceAll(WORKFLOW_COMMAND, (_found, space: string | undefined) =>
    space === undefined ? escapeOf('#') : `${space}${escapeOf(':')}`,
  )
}

/** The one way to a screen: our colours are colours, and whatever else would move, hide or turn something is seen. */
export function screenText(text: string): string {
  const own = withoutCommands(text).replaceAll(OUR_COMMAND, '')
  return own.replaceAll(OURS_OR_HIDDEN, (found, codes: string | undefined) =>
    codes === undefined ? shownCharacter(found) : `${ESCAPE}[${codes}m`,
  )
}

type Mask = (text: string) => string

/** Text for people on a stream: masked, and nothing in it moves the cursor. */
export function toScreen(stream: 'stdout' | 'stderr', text: string, mask: Mask = (same) => same): void {
  process[stream].write(screenText(mask(text)))
}
