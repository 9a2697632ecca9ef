import stringWidth from 'fast-string-width'

const UNITS = /\u001B\[[0-9;]*m|./gsu

/** A word that is longer than a line, in pieces; colours take no room. */
function pieces(word: string, room: number): readonly string[] {
  const lines = ['']
  let used = 0
  for (const unit of word.match(UNITS) ?? []) {
    const width = unit.startsWith('\u001B') ? 0 : stringWidth(unit)
    if (used + width > room) {
      lines.push('')
      used = 0
    }
    lines.push(`${lines.pop() ?? ''}${unit}`)
    used += width
  }
  return lines
}

/** What is to be typed, at the end of a text; colours before it are its own. */
const TYPED = /(?<= )(?:\u001B\[[0-9;]*m)*→ .*$/su

/** What may stand in different lines: words, and what is to be typed as one where a line has room for it, so that it can be copied. */
function wordsOf(text: string, room: number): readonly string[] {
  const typed = TYPED.exec(text)
  if (typed === null || stringWidth(typed[0]) > room) return text.split(' ')
  return [...text.slice(0, typed.index - 1).split(' '), typed[0]]
}

/** Broken at spaces, and within a word only where it has to be. */
export function wrap(text: string, room: number): readonly string[] {
  if (stringWidth(text) <= room) return [text]
  const lines: string[] = []
  let line: string | null = null
  for (const word of wordsOf(text, room)) {
    const longer: string = line === null ? word : `${line} ${word}`
    if (stringWidth(longer) <= room) {
      line = longer
      continue
    }
    if (line !== null) lines.push(line.trimEnd())
    const parts = pieces(word, room)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
  }
  return line === null ? lines : [...lines, line]
}

/** A colour is its first number; what comes behind it says that it is ours (`cli/process/screen.ts`). */
const SGR = /\u001B\[[0-9;]*m/g
const ENDS = /^\u001B\[(?:0|2[2-9]|39|49)?(?:;[0-9;]*)?m$/
const FIRST = /^\u001B\[\d*/

/** Ends all colours, as whoever began this one would: what ends them must be ours too. */
function resetOf(code: string): string {
  return code.replace(FIRST, '\u001B[0')
}

/** As `wrap`; each line begins with the colours that the one before had, and ends them, so that nothing beside it takes them. */
export function wrapStyled(text: string, room: number): readonly string[] {
  if (stringWidth(text) <= room) return [text]
  const open: string[] = []
  return wrap(text, room).map((line) => {
    const begins = open.join('')
    for (const code of line.match(SGR) ?? []) {
      if (ENDS.test(code)) open.pop()
      else open.push(code)
    }
    const last = open.at(-1)
    return `${begins}${line}${last === undefined ? '' : resetOf(last)}`
  })
}
