import {ofParts, outcomeOf, type Part, statedWord, type StatedHealth} from './health-words.js'

const LABELLED = /^(?:status|health)\s*[:=]\s*["']?([\w -]{1,40}?)["']?$/i
/** `db: OK`, as a line of a list or of YAML. */
const NAMED = /^["']?([\w.-]{1,60})["']?[:=] ?["']?(\w[\w -]{0,40})["']?$/
/** More lines than a list of parts has. */
const MOST_LINES = 200
/** Of a text, so many characters are looked at: a statement is short. */
const LONGEST_LOOKED_AT = 20_000

/** A whole answer that is one sentence: `Service is down.`, `SERVER_IS_NOT_READY`. */
const SENTENCE =
  /^(?:the )?([a-z]+(?: [a-z]+){0,2}) is (?:currently )?(down|unhealthy|unavailable|offline|degraded|not (?:ready|available|healthy)|shutting down)[.!]?$/i
/** What is denied, asked or supposed states nothing. */
const NO_STATEMENT = /\b(?:no|none|nothing|nobody|neither|never|if|when|what|whether|why|who|page)\b/i

/** Lines of Kubernetes' and its relatives' verbose answer. */
const CHECK_LINE = /^\[([+-])\]([\w./-]{1,100})/

function ofSentence(text: string): StatedHealth | null {
  const [, subject = '', word = ''] = SENTENCE.exec(text.replaceAll('_', ' ')) ?? []
  const outcome = word === '' || NO_STATEMENT.test(subject) ? null : outcomeOf(word)
  return outcome === null ? null : {outcome, word: text, parts: []}
}

function ofCheckLines(lines: readonly string[]): StatedHealth | null {
  const parts = lines.flatMap((line): Part[] => {
    const [, sign, name = ''] = CHECK_LINE.exec(line) ?? []
    if (sign === undefined) return []
    return [{name, outcome: sign === '+' ? 'healthy' : 'failing', word: sign === '+' ? 'ok' : 'failed'}]
  })
  const said = ofParts(parts)
  return said !== null && lines.some((line) => /^(?:healthz|livez|readyz) check failed$/i.test(line))
    ? {...said, outcome: 'failing'}
    : said
}

/** Where every line is a name with a value: its own status, else that of those that are named. */
function ofNamedLines(lines: readonly string[]): StatedHealth | null {
  const isNamed = (line: string): boolean => NAMED.test(line) || /^[\w.-]{1,60}:$/.test(line)
  if (lines.length < 2 || !lines.every(isNamed)) return null
  const own = lines.map((line) => LABELLED.exec(line)?.[1]).find((word) => word !== undefined)
  const stated = own === undefined ? null : statedWord(own)
  if (stated !== null) return {...stated, parts: []}
  const parts = lines.flatMap((line): Part[] => {
    const [, name = '', word = ''] = NAMED.exec(line) ?? []
    const said = statedWord(word)
    return said === null ? [] : [{...said, name}]
  })
  return parts.length === lines.length ? ofParts(parts) : null
}

const IS_HTML = /^(?:<!doctype html|<html\b|<(?:body|pre|h1|p|div)\b)/i
const XML_STATUS = /<(status|health|state)>([\w -]{1,40})<\/\1>/i

/** Of a page that is one word and nothing else, whatever its title; of XML, the first status. */
function ofMarkup(text: string): StatedHealth | null {
  const word = IS_HTML.test(text)
    ? text
        .replace(/<(head|title|style|script)\b[^>]*>[^]*?<\/\1>/gi, ' ')
        .replace(/<[^<>]*>/g, ' ')
        .trim()
    : (XML_STATUS.exec(text)?.[2] ?? '')
  const outcome = outcomeOf(word)
  return outcome === null ? null : {outcome, word, parts: []}
}

/** A list of lines, of which each is about something that the service needs. */
function ofLinesOf(whole: string): StatedHealth | null {
  const lines = whole
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines.length > MOST_LINES ? null : (ofCheckLines(lines) ?? ofNamedLines(lines))
}

/** What the text begins with, unless it is the first line of many and one word: that is a heading as often. */
function ofStart(whole: string): StatedHealth | null {
  const [line = ''] = whole.split('\n', 1)
  const first = line.trim()
  const said = statedWord(LABELLED.exec(whole)?.[1] ?? first)
  return said !== null && (first === whole || said.word !== first) ? {...said, parts: []} : null
}

/** Of a text: it is such a word and nothing else, or begins with one that a reason follows; or it is a list, a sentence or markup of one. */
export function ofText(whole: string): StatedHealth | null {
  if (whole.length > LONGEST_LOOKED_AT) return null
  return ofStart(whole) ?? (whole.startsWith('<') ? ofMarkup(whole) : (ofLinesOf(whole) ?? ofSentence(whole)))
}
