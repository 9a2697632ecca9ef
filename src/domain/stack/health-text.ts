import {shortened, tellsOfError, tracedError} from './error-text.js'
import {ofLines} from './health-lines.js'
import {ofMarkup} from './health-markup.js'
import {outcomeOf, statedWord, type StatedHealth} from './health-words.js'

const LABELLED = /^(?:status|health)\s*[:=]\s*["']?([\w -]{1,40}?)["']?$/i
/** Of a text, so many characters are looked at: a statement is short. */
const LONGEST_LOOKED_AT = 20_000
/** Of one line. */
const LONGEST_LINE = 400

/** A whole answer that is one sentence: `Service is down.`, `SERVER_IS_NOT_READY`. */
const SENTENCE =
  /^(?:the )?([a-z]+(?: [a-z]+){0,2}) is (?:currently )?(down|unhealthy|unavailable|offline|degraded|stopped|not (?:ready|available|healthy|running)|shutting down)[.!]?$/i
const MOST_SENTENCES = 3
/** What is denied, asked or supposed states nothing. */
const NO_STATEMENT = /\b(?:no|none|nothing|nobody|neither|never|if|when|what|whether|why|who|page)\b/i

/** A few sentences, each on a line: what one of them is about need not be the whole. */
function ofSentences(text: string): StatedHealth | null {
  const lines = text.split('\n', MOST_SENTENCES + 1)
  if (lines.length === 1 || lines.length > MOST_SENTENCES) return ofSentence(text)
  const said = lines.map((line) => ofSentence(line.trim())).find((one) => one !== null)
  return said === undefined ? null : {...said, outcome: 'degraded'}
}

function ofSentence(text: string): StatedHealth | null {
  const [, subject = '', word = ''] = SENTENCE.exec(text.replaceAll('_', ' ')) ?? []
  const outcome = word === '' || NO_STATEMENT.test(subject) ? null : outcomeOf(word)
  return outcome === null ? null : {outcome, word: text, parts: []}
}

/** A whole answer that is the text of an error: what it is of, it does not say. */
function ofErrorText(text: string): StatedHealth | null {
  const traced = tracedError(text)
  if (traced !== null) return {outcome: 'degraded', word: traced, parts: []}
  const isOne = text.length <= LONGEST_LINE && !text.includes('\n')
  return isOne && tellsOfError(text) ? {outcome: 'degraded', word: shortened(text), parts: []} : null
}

/** What the text begins with, unless it is the first line of many and one word: that is a heading as often. */
function ofStart(whole: string): StatedHealth | null {
  const [line = ''] = whole.split('\n', 1)
  const first = line.trim()
  const said = statedWord(LABELLED.exec(whole)?.[1] ?? first)
  return said !== null && (first === whole || said.word !== first) ? {...said, parts: []} : null
}

/** Of a text: it is such a word and nothing else, or begins with one that a reason follows; or it is a list, a sentence, an error or markup of one. */
export function ofText(whole: string): StatedHealth | null {
  if (whole.length > LONGEST_LOOKED_AT) return null
  const start = ofStart(whole)
  if (start !== null) return start
  return whole.startsWith('<') ? ofMarkup(whole) : (ofLines(whole) ?? ofSentences(whole) ?? ofErrorText(whole))
}
