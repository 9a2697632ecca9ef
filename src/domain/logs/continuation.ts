/** The text of the line so many lines before the one that is asked about; null before the first. */
export type LinesBefore = (back: number) => string | null

/** Bytes of a line that are looked at. */
export const LOOKED_AT = 240
/** Lines that are looked back over for the head of a traceback. */
const FARTHEST = 400

/**
 * Begins an entry although it is indented: a request of koa's logger or of Next.js, a group of exceptions, a level that is set off,
 * tracing's pretty form, ActiveMQ's levels, Zabbix' processes.
 */
const INDENTED_HEAD =
  /^ +(?:(?:<--|-->|xxx) [A-Z]{3,7} \/|[A-Z][a-z]{3,8} {2,}\S|[A-Z]{3,7} \/\S* \d{3} in \d|(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL) \| |\d{1,7}:\d{8}:\d{6}\.\d{3} )|^ {2}(?:\u001b\[[\d;]*m)*\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/
const GROUP_HEAD = /^ {2}\+ Exception Group Traceback /

/** As most lines of a log begin: with a time, or a group that is none of Go's or PHP's. */
const BEGINS = /^(?:\d|\[[^s])/

/** Lines that only a stack trace has, wherever they stand. */
const ALWAYS = new RegExp(
  [
    String.raw`Caused by:|\.\.\. |created by |goroutine \d+ \[|\[signal |#\d+ |Stack trace:|\[stacktrace\]|"\}`,
    String.raw`Node\.js v\d|note: (?:run with|Some details)|stack backtrace:|--- End of |The above exception was`,
    String.raw`During handling of the above|\S{1,200}:\d+:in [${'`'}'][^']{0,80}'$`,
  ]
    .map((each) => `^(?:${each})`)
    .join('|'),
)
/** A head that tells of trouble: what is thrown is told below it. */
const TROUBLE = /\b(?:warn|wrn|err|crit|fatal|ftl|severe|except|fail|panic)|^[EWF]\d{4} /i
const CLASS_OF_ERROR = /^(?:[A-Za-z][\w$]{0,60}\.){1,12}[A-Z][\w$]{0,80}(?:Exception|Error|Throwable|Failure)\b/
const OPENS_A_LINE = /^(?:file:\/\/)?(?:\/|node:)\S{0,200}:\d+$/
const PANICKED = /^thread '.{0,120} panicked at /
const JUL_HEAD = /^[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M /

function isIndented(line: string): boolean {
  return /^[ \t]/.test(line)
}

/** The last line above that is neither blank nor, where asked, indented. */
function above(before: LinesBefore, skipped: (line: string) => boolean): string | null {
  for (let back = 1; back <= FARTHEST; back += 1) {
    const line = before(back)
    if (line === null || !skipped(line)) return line
  }
  return null
}

function isBlank(line: string): boolean {
  return line.trim() === ''
}

function isTroubled(line: string | null): boolean {
  return line !== null && TROUBLE.test(line) && !isIndented(line)
}

interface Rule {
  readonly shape: RegExp
  readonly continues: (before: LinesBefore) => boolean
}

/** Lines that continue an entry by what stands before them. */
const RULES: readonly Rule[] = [
  {
    shape: /^Traceback \(/,
    continues: (before) => {
      const line = above(before, isBlank)
      return isTroubled(line) || /^(?:The above exception|During handling)/.test(line ?? '')
    },
  },
  {
    // The last line of Python's traceback: it says what was raised.
    shape: /^[A-Za-z_][\w.]{0,200}(?::|$)/,
    continues: (before) =>
      isIndented(before(1) ?? '') &&
      above(before, (line) => isBlank(line) || isIndented(line))?.startsWith('Traceback (') === true,
  },
  {
    // Tomcat writes a blank line between them.
    shape: CLASS_OF_ERROR,
    continues: (before) => {
      const line = above(before, isBlank)
      return isTroubled(line) && !CLASS_OF_ERROR.test(line ?? '')
    },
  },
  {
    // Go's frames: a function, its place indented below it.
    shape: /^(?:panic\(.*\)|[\w./*()@%-]{1,200}\.[\w.()*-]{1,100}(?:\([^()]*\))?)$/,
    continues: (before) => /^\t|^goroutine |^\[signal |^[^\t]+\t[^\t]+\t/.test(before(1) ?? ''),
  },
  {
    // Of `go run`, below a panic.
    shape: /^exit status \d{1,3}$/,
    continues: (before) => /^\t\S+:\d+(?: \+0x[\da-f]+)?$/.test(above(before, isBlank) ?? ''),
  },
  {shape: /^\S{1,200}:\d+:in [`']/, continues: (before) => /^\s+from /.test(before(1) ?? '')},
  {shape: /^Next [\w\\]+/, continues: (before) => above(before, isBlank)?.startsWith('#') === true},
  {
    shape: /^(?:Uncaught )?[\w.$]{0,80}(?:Error|Exception)\b/,
    continues: (before) => /^\s*\^+\s*$/.test(above(before, isBlank) ?? ''),
  },
  {shape: /^\*\* \(/, continues: (before) => isTroubled(before(1))},
  {shape: /^\*\* [A-Za-z]/, continues: (before) => /^=[A-Z ]{4,20} REPORT====|^\*\* /.test(before(1) ?? '')},
  {
    shape: /^(?:Function|Last message|State|Start Call|Args|Initial Call|Ancestors)(?: \(from .{0,80}\))?: /,
    continues: (before) => /^\s|^\*\* \(|^(?:Last message|Function|Start Call)/.test(before(1) ?? ''),
  },
  {shape: /^(?:SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST): /, continues: (before) => JUL_HEAD.test(before(1) ?? '')},
]

/** Node and Rust say where in one line and what in the next. */
function followsAPlace(before: LinesBefore): boolean {
  const line = before(1) ?? ''
  return OPENS_A_LINE.test(line) || PANICKED.test(line)
}

/** Whether a line that is not blank goes on with the entry of the lines before it: indented ones, and those of stack traces. */
export function continuesEntry(line: string, before: LinesBefore): boolean {
  if (isIndented(line)) {
    if (GROUP_HEAD.test(line)) return isTroubled(before(1))
    return !INDENTED_HEAD.test(line)
  }
  if (BEGINS.test(line)) return false
  if (/^[}\]]/.test(line) || ALWAYS.test(line)) return true
  return RULES.some(({shape, continues}) => shape.test(line) && continues(before)) || followsAPlace(before)
}
