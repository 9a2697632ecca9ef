import {
  append,
  close,
  endCommand,
  endWord,
  open,
  type Scan,
  type ShellCommand,
  type ShellVariable,
  top,
  variable,
  wordFrame,
} from './shell-scan.js'

export interface ShellReading {
  readonly commands: readonly ShellCommand[]
  readonly variables: readonly ShellVariable[]
  readonly literals: Scan['literals']
}

type Token = RegExpExecArray

const SIMPLE = /\$([A-Za-z_]\w*)/y
const BRACED = /\$\{[#!]?([A-Za-z_]\w*)?(?:\[[^\]]*\])?(:?[-=?+])?/y
const EXPANSION = new RegExp(`${SIMPLE.source}|${BRACED.source}`, 'g')

function skipHeredocs(scan: Scan, script: string, at: number): number {
  let next = at
  for (const {end, expands} of scan.heredocs.splice(0)) {
    for (let line = ''; next < script.length && line.trim() !== end;) {
      const found = script.indexOf('\n', next)
      line = script.slice(next, found === -1 ? undefined : found)
      for (const {1: name, 2: braced, 3: guard, index} of expands ? line.matchAll(EXPANSION) : [])
        variable(scan, name ?? braced ?? '', guard !== undefined, next - scan.at + index)
      next += line.length + 1
    }
  }
  scan.literals.push({from: at, to: next})
  return next
}

function openParenthesis(scan: Scan): void {
  const {word} = wordFrame(scan)
  if (word?.text.endsWith('=') === true) {
    open(scan, 'array')
    return
  }
  endCommand(scan)
  open(scan, 'group')
}

/** One that closes nothing ends the pattern of a `case`. */
function closeParenthesis(scan: Scan): void {
  if (close(scan, 'substitution', 'group', 'array')) return
  endWord(scan)
  wordFrame(scan).words = []
}

/** What is written between them belongs to a word, which may begin with it. */
function openWithin(scan: Scan, kind: 'substitution' | 'backtick'): void {
  append(scan, '', false)
  open(scan, kind)
}

function backtick(scan: Scan): void {
  if (!close(scan, 'backtick')) openWithin(scan, 'backtick')
}

function literal(scan: Scan, [text]: Token): void {
  append(scan, text, !/[*?[~{]/.test(text))
}

interface TokenKind {
  readonly pattern: RegExp
  readonly read: (scan: Scan, token: Token) => void
  readonly literal?: true
}

const EXPANSIONS: readonly TokenKind[] = [
  {pattern: /\\\n/y, read: () => undefined},
  {pattern: /\\[^]?/y, read: (scan, [text]) => append(scan, text.slice(1), true)},
  {
    pattern: /\$\(\((?:[^()]|\([^()]*\))*\)\)/y,
    read: (scan, [text]) => {
      for (const {1: name = '', index} of text.matchAll(/\$([A-Za-z_]\w*)/g)) variable(scan, name, false, index)
      append(scan, text, false)
    },
  },
  {pattern: /\$\(/y, read: (scan) => openWithin(scan, 'substitution')},
  {
    pattern: SIMPLE,
    read: (scan, [text, name = '']) => {
      variable(scan, name, false)
      append(scan, text, false)
    },
  },
  {
    pattern: BRACED,
    read: (scan, [text, name = '', guard]) => {
      if (name !== '') variable(scan, name, guard !== undefined)
      append(scan, text, false)
    },
  },
  {pattern: /\$[^"'\s]/y, read: (scan, [text]) => append(scan, text, false)},
  {pattern: /`/y, read: backtick},
]

const IN_QUOTES: readonly TokenKind[] = [
  {pattern: /"/y, read: (scan) => void close(scan, 'double')},
  ...EXPANSIONS,
  {
    pattern: /[^"\\$`]+|\$/y,
    literal: true,
    read: (scan, [text]) => append(scan, text, true),
  },
]

const OUTSIDE: readonly TokenKind[] = [
  {pattern: /[ \t\r]+/y, read: endWord},
  {pattern: /\n/y, read: endCommand},
  {pattern: /(?<![^\s;&|()])#[^\n]*/y, literal: true, read: endWord},
  {
    pattern: /\$?'(?:(?<=\$')(?:\\[^]|[^'\\])*|[^']*)'/y,
    literal: true,
    read: (scan, [text]) => append(scan, text.replace(/^\$?'|'$/g, ''), true),
  },
  {
    pattern: /\$?"/y,
    read: (scan) => {
      append(scan, '', true)
      open(scan, 'double')
    },
  },
  ...EXPANSIONS,
  {
    pattern: /<<-?[ \t]*(["'\\]?)(\w+)["']?/y,
    read: (scan, [, quote = '', end = '']) => {
      endWord(scan)
      scan.heredocs.push({end, expands: quote === ''})
    },
  },
  {
    pattern: /(?:&>>?|<<<|[<>]\(|<>|>\||[<>]&|>>|[<>])/y,
    read: (scan, [text]) => {
      const frame = wordFrame(scan)
      if (/^\d+$/.test(frame.word?.text ?? '')) frame.word = null
      endWord(scan)
      if (text.endsWith('(')) open(scan, 'substitution')
      else frame.redirecting = true
    },
  },
  {pattern: /\(\((?:[^()]|\([^()]*\))*\)\)/y, read: endCommand},
  {pattern: /\(/y, read: openParenthesis},
  {pattern: /\)/y, read: closeParenthesis},
  {pattern: /[;&|]+/y, read: endCommand},
  {pattern: /[^\s"'\\$`;&|()<>]+|\$/y, read: literal},
]

function step(scan: Scan, script: string, at: number): number {
  for (const {pattern, read, literal: isLiteral} of top(scan).kind === 'double' ? IN_QUOTES : OUTSIDE) {
    pattern.lastIndex = at
    const token = pattern.exec(script)
    if (token === null) continue
    scan.at = at
    read(scan, token)
    const next = at + token[0].length
    if (isLiteral === true) scan.literals.push({from: at, to: next})
    return token[0] === '\n' && scan.heredocs.length > 0 ? skipHeredocs(scan, script, next) : next
  }
  return at + 1
}

/**
 * The commands and variables of a bash script, as far as they can be told without running it. It is for advice: what is unusual is
 * rather missed than told wrongly.
 */
export function readShell(script: string): ShellReading {
  const scan: Scan = {frames: [], commands: [], variables: [], literals: [], heredocs: [], at: 0}
  open(scan, 'top')
  for (let at = 0; at < script.length;) at = step(scan, script, at)
  while (scan.frames.length > 1) if (!close(scan, top(scan).kind)) break
  endCommand(scan)
  return {commands: scan.commands, variables: scan.variables, literals: scan.literals}
}
