import type {Prompt} from '../../ports/prompt.js'

/** A slip of the finger may be put right, once. */
const TRIES = 2

export interface WordQuestion {
  /** The only yes. */
  readonly word: string
  /** Shown once, above the question. */
  readonly card?: string
  readonly question: string
  /** Answers that are no yes. */
  readonly others?: readonly string[]
}

/**
 * What was typed: the word, one of `others`, or null when it was neither, twice. Nothing but the word itself, to the letter, is a yes.
 * Errors: `interrupted`.
 */
export async function askForWord(
  prompt: Prompt,
  {word, card = '', question, others = []}: WordQuestion,
  signal: AbortSignal,
): Promise<string | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const typed = await prompt.ask(`${tries === 0 ? card : `That was not ${word}. `}${question}`, signal)
    if (typed === word) return word
    const other = others.find((candidate) => candidate === typed.toLowerCase())
    if (other !== undefined) return other
  }
  return null
}
