import {type Scratch, scratch} from './byte-layer.js'
import {hidden} from './hidden.js'
import {type Needles, parameterNeedles, secretNeedles} from './needles.js'
import {type SecretFinder, secretFinder} from './secret-spans.js'
import {streamMasker} from './stream-masker.js'
import type {StreamMasker} from './stream-masker.js'

/**
 * Hides secrets by value, in whatever spelling (quoted or escaped for URLs, HTML, JSON, Markdown, SQL and the shell, however often; in Base64 and hexadecimal
 * digits, one within the other), and by pattern (credentials in URLs, headers, Slack's tokens and webhooks). One masker serves every sink, so that a
 * secret learnt late is hidden everywhere at once.
 */
export interface Masker {
  /** Time is linear: up to 150 ms for the worst megabytes. */
  readonly mask: (text: string) => string
  /** The same for text that comes in chunks, cut anywhere. */
  readonly stream: () => StreamMasker
  /** From now on hides this value too. */
  readonly learn: (secret: string) => void
  /** From now on hides the value of this parameter in URLs, `name=value`, and leaves the same word alone elsewhere. */
  readonly learnParameter: (name: string, value: string) => void
  /** Another one, which hides what this one knows by now, and these too: for a text beside which they may be ordinary words. */
  readonly with: (secrets: readonly string[]) => Masker
}

/** A longer text is masked as a stream, whose searches need little beside the text. */
const LONG = 131_072

type Known = ReadonlyMap<string, () => Needles>

function maskerBeside(before: Known, secrets: readonly string[], room: Scratch): Masker {
  const known = new Map(before)
  let finder: SecretFinder | null = null
  const add = (key: string, needles: () => Needles): void => {
    if (known.has(key)) return
    known.set(key, needles)
    finder = null
  }
  const learn = (secret: string): void => {
    add(secret, () => secretNeedles(secret))
  }
  for (const secret of secrets) learn(secret)
  const find: SecretFinder = (text, isOpen) =>
    (finder ??= secretFinder(
      [...known.values()].map((needles) => needles()),
      room,
    ))(text, isOpen)
  const stream = (): StreamMasker => streamMasker(find)
  const inPieces = (text: string): string => {
    const {push, end} = stream()
    return push(text) + end()
  }
  return {
    mask: (text) => (text.length > LONG ? inPieces(text) : hidden(text, find(text, false).spans)),
    stream,
    learn,
    learnParameter: (name, value) => {
      add(`${name}=${value}`, () => parameterNeedles(name, value))
    },
    with: (more) => maskerBeside(known, more, room),
  }
}

export function masker(secrets: readonly string[]): Masker {
  return maskerBeside(new Map(), secrets, scratch())
}
