import {createInterface} from 'node:readline'
import {FaciError} from '../../domain/errors.js'
import type {Choice, Prompt} from '../../ports/prompt.js'

type Input = NodeJS.ReadableStream & {readonly isTTY?: boolean}
type Output = NodeJS.WritableStream & {readonly isTTY?: boolean}

export interface TerminalPromptOptions {
  readonly input: Input
  /** stderr: stdout is for the answer. */
  readonly output: Output
  /** Hides secrets in what is asked. */
  readonly mask: (text: string) => string
}

function interrupted(): FaciError {
  return new FaciError('interrupted', 'Interrupted while waiting for an answer')
}

/** One line as typed. Ctrl-C, the end of input and a signal all mean that nobody answers. */
function question({input, output, mask}: TerminalPromptOptions, text: string, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(interrupted())
      return
    }
    const line = createInterface({input, output, terminal: output.isTTY === true})
    let answer: string | null = null
    const end = (): void => {
      line.close()
    }
    signal?.addEventListener('abort', end, {once: true})
    line.once('SIGINT', () => {
      output.write('\n')
      line.close()
    })
    line.once('close', () => {
      signal?.removeEventListener('abort', end)
      if (answer === null) reject(interrupted())
      else resolve(answer.trim())
    })
    line.question(mask(text), (typed) => {
      answer = typed
      line.close()
    })
  })
}

function menu(choices: readonly Choice[], fallback: string | undefined): string {
  return choices.map(({key, label}) => `${key}${key === fallback ? '*' : ''} = ${label}`).join(', ')
}

function chosen(typed: string, choices: readonly Choice[], fallback: string | undefined): Choice | undefined {
  const wanted = (typed === '' ? fallback : typed)?.toLowerCase()
  return choices.find(({key, label}) => wanted === key.toLowerCase() || wanted === label.toLowerCase())
}

/** Asks until the answer is one of the choices: a slip of the finger at a gate decides nothing. */
async function choose(
  options: TerminalPromptOptions,
  text: string,
  choices: readonly Choice[],
  fallback?: string,
  signal?: AbortSignal,
): Promise<string> {
  for (;;) {
    const choice = chosen(await question(options, `${text} (${menu(choices, fallback)}) `, signal), choices, fallback)
    if (choice !== undefined) return choice.key
  }
}

export function terminalPrompt(options: TerminalPromptOptions): Prompt {
  return {
    available: options.input.isTTY === true && options.output.isTTY === true,
    choose: (text, choices, fallback, signal) => choose(options, text, choices, fallback, signal),
    ask: (text, signal) => question(options, text, signal),
  }
}
