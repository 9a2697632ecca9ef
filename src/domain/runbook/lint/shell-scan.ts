/** A word of a command; `plain` when the shell expands nothing in it. `at` is where it begins in the script. */
export interface ShellWord {
  readonly text: string
  readonly plain: boolean
  readonly at: number
}

export interface ShellCommand {
  readonly words: readonly ShellWord[]
}

export interface ShellVariable {
  readonly name: string
  /** Where its `$` stands in the script. */
  readonly at: number
  /** Nothing happens when it is not set: `${name:-x}` and the like. */
  readonly guarded: boolean
}

/** What is open around the scanner: a quote, a substitution, a subshell, the elements of an array. */
interface Frame {
  readonly kind: 'top' | 'double' | 'substitution' | 'backtick' | 'group' | 'array'
  words: ShellWord[]
  word: ShellWord | null
  /** The next word is where a redirection goes. */
  redirecting: boolean
}

export interface Scan {
  readonly frames: Frame[]
  readonly commands: ShellCommand[]
  readonly variables: ShellVariable[]
  /** Strings, comments and here-documents: what a reader takes for data. */
  readonly literals: {readonly from: number; readonly to: number}[]
  readonly heredocs: {readonly end: string; readonly expands: boolean}[]
  /** Where what is read now begins in the script. */
  at: number
}

export function open(scan: Scan, kind: Frame['kind']): void {
  scan.frames.push({kind, words: [], word: null, redirecting: false})
}

export function top(scan: Scan): Frame {
  const frame = scan.frames.at(-1)
  if (frame === undefined) throw new TypeError('The outermost frame is never closed')
  return frame
}

/** The frame that words go to: a quote is part of a word. */
export function wordFrame(scan: Scan): Frame {
  return scan.frames.findLast(({kind}) => kind !== 'double') ?? top(scan)
}

export function append(scan: Scan, text: string, plain: boolean): void {
  const frame = wordFrame(scan)
  const {text: before, plain: wasPlain, at} = frame.word ?? {text: '', plain: true, at: scan.at}
  frame.word = {text: before + text, plain: plain && wasPlain, at}
}

export function endWord(scan: Scan): void {
  const frame = wordFrame(scan)
  if (frame.word !== null && !frame.redirecting) frame.words.push(frame.word)
  if (frame.word !== null) frame.redirecting = false
  frame.word = null
}

export function endCommand(scan: Scan): void {
  endWord(scan)
  const frame = wordFrame(scan)
  // Between [[ and ]] operators are part of the condition.
  if (frame.words[0]?.text === '[[' && frame.words.at(-1)?.text !== ']]') return
  if (frame.words.length > 0 && frame.kind !== 'array') scan.commands.push({words: frame.words})
  frame.words = []
}

export function close(scan: Scan, ...kinds: readonly Frame['kind'][]): boolean {
  const {kind} = top(scan)
  if (!kinds.includes(kind)) return false
  if (kind !== 'double') endCommand(scan)
  scan.frames.pop()
  if (kind === 'substitution' || kind === 'backtick') append(scan, '', false)
  return true
}

/** One that stands `after` the beginning of what is read now. */
export function variable(scan: Scan, name: string, guarded: boolean, after = 0): void {
  scan.variables.push({name, at: scan.at + after, guarded})
}
