import type {ShellCommand, ShellWord} from './shell-scan.js'

const KEYWORDS = new Set('if then elif else while until do ! { time'.split(' '))
/** Programs that run the command after their own options. */
const WRAPPERS = new Set('sudo env exec command nohup nice timeout xargs stdbuf setsid'.split(' '))
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[.*\])?\+?=/
const OPTION = /^-|^\d+(?:\.\d+)?[smhd]?$/

function first(words: readonly ShellWord[], isSkipped: (word: ShellWord) => boolean): readonly ShellWord[] {
  const at = words.findIndex((word) => !isSkipped(word))
  return at === -1 ? [] : words.slice(at)
}

/** The program that a command starts, with its arguments: without keywords and assignments before it. */
export function programOf({words}: ShellCommand): readonly ShellWord[] {
  return first(words, ({text}) => KEYWORDS.has(text) || ASSIGNMENT.test(text))
}

/** As `programOf`, also without what only runs another one: `sudo`, `timeout 10`, `xargs -r`. */
export function wrappedProgramOf(command: ShellCommand): readonly ShellWord[] {
  let words = programOf(command)
  while (WRAPPERS.has(words[0]?.text ?? ''))
    words = first(words.slice(1), ({text}) => OPTION.test(text) || ASSIGNMENT.test(text))
  return words
}
