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

/** Broken at spaces, and within a word only where it has to be. */
export function wrap(text: string, room: number): readonly string[] {
  const lines: string[] = []
  let line: string | null = null
  for (const word of text.split(' ')) {
    const longer: string = line === null ? word : `${line} ${word}`
    if (stringWidth(longer) <= room) {
      line = longer
      continue
    }
    if (line !== null) lines.push(line)
    const parts = pieces(word, room)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
  }
  return line === null ? lines : [...lines, line]
}

const SGR = /\u001B\[[0-9;]*m/g
const RESET = '\u001B[0m'
const ENDS = /^\u001B\[(?:0|2[2-9]|39|49)?m$/

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
    return `${begins}${line}${open.length > 0 ? RESET : ''}`
  })
}
