import {createInterface} from 'node:readline'
import {FaciError} from '../../domain/errors.js'
import {visible} from '../../domain/text/visible.js'
import type {Choice, Prompt} from '../../ports/prompt.js'
import {discardTypeAhead, type TypedInput} from './type-ahead.js'

type Input = TypedInput & {
  readonly setRawMode?: (raw: boolean) => unknown
  readonly readableEnded?: boolean
  readonly destroyed?: boolean
}
type Output = NodeJS.WritableStream & {readonly isTTY?: boolean}

export interface TerminalPromptOptions {
  readonly input: Input
  /** stderr: stdout is for the answer. */
  readonly output: Output
  /** What is asked as it may be seen: without secrets, and with nothing hidden. */
  readonly shown: (text: string) => string
}

function interrupted(): FaciError {
  return new FaciError('interrupted', 'Interrupted while waiting for an answer')
}

/** One line as typed, after `prompt`, which is on the screen already. */
function readLine({input, output}: TerminalPromptOptions, prompt: string, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true || input.readableEnded === true || input.destroyed === true) {
      reject(interrupted())
      return
    }
    const line = createInterface({input, output, prompt, terminal: output.isTTY === true, historySize: 0})
    let answer: string | null = null
    let isEnding = false
    // Closing sets the terminal, which one that is gone answers with an error of its own: in the middle of this.
    const end = (): void => {
      if (!isEnding) {
        isEnding = true
        line.close()
      }
    }
    signal?.addEventListener('abort', end, {once: true})
    line.on('error', end)
    line.once('SIGINT', () => {
      output.write('\n')
      end()
    })
    line.once('close', () => {
      signal?.removeEventListener('abort', end)
      if (answer === null) reject(interrupted())
      else resolve(answer.trim())
    })
    line.once('line', (typed) => {
      answer = typed
      end()
    })
  })
}

/**
 * Asks, forgets what was typed before the whole question was on the screen, and takes one line. Raw from before the question, so that a
 * line that was only begun is forgotten too. Ctrl-C, the end of input and a signal all mean that nobody answers.
 */
async function question(options: TerminalPromptOptions, text: string, signal?: AbortSignal): Promise<string> {
  const {input, output, shown} = options
  if (signal?.aborted === true) throw interrupted()
  const asked = shown(text)
  input.setRawMode?.(true)
  try {
    await new Promise((resolve) => output.write(asked, resolve))
    if (!(await discardTypeAhead(input))) return await readLine(options, asked.split('\n').at(-1) ?? '', signal)
    output.write('\n')
    throw interrupted()
  } finally {
    input.setRawMode?.(false)
  }
}

function isYesOrNo(choices: readonly Choice[]): boolean {
  return choices.map(({label}) => label).join() === 'yes,no'
}

/** A line each, above the question; empty when all of them fit behind it. */
function list(choices: readonly Choice[]): string {
  if (choices.every(({note}) => note === undefined)) return ''
  const [keys, labels] = [choices.map(({key}) => key.length), choices.map(({label}) => visible(label).length)]
  const line = ({key, label, note = ''}: Choice): string =>
    `  ${key.padStart(Math.max(...keys))}  ${visible(label).padEnd(Math.max(...labels))}  ${visible(note)}`.trimEnd()
  return `${choices.map(line).join('\n')}\n`
}

/** `[y/N]`, the capital for what Enter means; of anything else each choice is told. */
function menu(choices: readonly Choice[], fallback: string | undefined): string {
  if (isYesOrNo(choices)) {
    return `[${choices.map(({key}) => (key === fallback ? key.toUpperCase() : key)).join('/')}]`
  }
  if (list(choices) !== '') return `[1–${String(choices.length)} or a name]`
  const all = choices.map(({key, label}) => `${key}${key === fallback ? ' or Enter' : ''} = ${label}`).join(', ')
  return `(${all})`
}

function chosen(typed: string, choices: readonly Choice[], fallback: string | undefined): Choice | undefined {
  const wanted = (typed === '' ? fallback : typed)?.toLowerCase()
  return choices.find(({key, label}) => wanted === key.toLowerCase() || wanted === label.toLowerCase())
}

/** Asks until the answer is one of the choices: a slip of the finger at a gate decides nothing. Every turn waits for a person, and Ctrl-C, the end of input or the signal ends it. */
async function choose(
  options: TerminalPromptOptions,
  text: string,
  choices: readonly Choice[],
  fallback?: string,
  signal?: AbortSignal,
): Promise<string> {
  for (;;) {
    const choice = chosen(
      await question(options, `${list(choices)}${text} ${menu(choices, fallback)} `, signal),
      choices,
      fallback,
    )
    if (choice !== undefined) return choice.key
  }
}

type Asking<T> = (signal: AbortSignal) => Promise<T>

/** One answer is for one question: a new one (what an interruption from outside is to mean) ends the one that is open like Ctrl-C at it. */
function oneAtATime(): <T>(ask: Asking<T>, signal: AbortSignal | undefined) => Promise<T> {
  let open: {readonly end: AbortController; readonly closed: Promise<unknown>} | null = null
  return async (ask, signal) => {
    const before = open
    const end = new AbortController()
    const answer = (async () => {
      before?.end.abort()
      await before?.closed
      return ask(signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]))
    })()
    const own = {end, closed: answer.catch(() => undefined)}
    open = own
    try {
      return await answer
    } finally {
      if (open === own) open = null
    }
  }
}

export function terminalPrompt(options: TerminalPromptOptions): Prompt {
  // A terminal that was closed cannot be read or set any more: the question ends, not the process.
  options.input.on('error', () => undefined)
  const alone = oneAtATime()
  return {
    available: options.input.isTTY === true && options.output.isTTY === true,
    choose: (text, choices, fallback, signal) =>
      alone((ending) => choose(options, text, choices, fallback, ending), signal),
    ask: (text, signal) => alone((ending) => question(options, text, ending), signal),
  }
}
