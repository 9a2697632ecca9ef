import {shortened, tellsOfError} from './error-text.js'
import {outcomeOf, type Part, type StatedHealth, worst} from './health-words.js'

const IS_HTML = /^(?:<!doctype html|<html\b|<(?:body|pre|h1|p|div)\b)/i
/** A whole block of a page that says it of the whole: Laravel's `/up`, pages of maintenance. */
const TROUBLE =
  /^(?:(?:the |this |our )?(?:application|app|service|server|system|site|website) (?:is )?(?:currently |temporarily )*(?:experiencing (?:problems|issues|difficulties)|unavailable|unhealthy|offline|(?:under|down for) (?:scheduled )?maintenance)|we(?:'re| are) (?:currently )?(?:down for|undergoing|under) (?:scheduled )?maintenance)[.!]?$/i

const HEADING = /<h[12][^<>]{0,200}>([^<>]{1,100})<\/h[12]>/gi

const XML_WORD = /<(status|health|state)>\s{0,20}([\w -]{1,40}?)\s{0,20}<\/\1>/gi
const XML_ATTRIBUTE = /<([\w:.-]{1,60})((?:\s[^<>]{0,400})?)>/g
const STATUS_ATTRIBUTE = /\s(?:status|health|state)\s?=\s?["']([\w -]{1,40})["']/i
const NAME_ATTRIBUTE = /\s(?:name|id|component)\s?=\s?["']([^"'<>]{1,60})["']/i
const SOAP_FAULT = /<(?:[\w-]{1,20}:)?Fault[\s>]/

function said(word: string, outcome: StatedHealth['outcome'] | null): StatedHealth | null {
  return outcome === null ? null : {outcome, word, parts: []}
}

/** Of a page that is one word and nothing else, whatever its title; or one of whose blocks says that the whole is in trouble. */
function ofPage(text: string): StatedHealth | null {
  const blocks = text
    .replace(/<(head|title|style|script)\b[^>]*>[^]*?<\/\1>/gi, ' ')
    .split(/<[^<>]*>/)
    .map((block) => block.trim().replaceAll(/\s+/g, ' '))
    .filter((block) => block !== '')
  const whole = blocks.join(' ')
  const sentences = blocks.map((block) => block.split(/(?<=[.!]) /, 1)[0] ?? '')
  const headings = Array.from(text.matchAll(HEADING), ([, heading = '']) => heading.trim())
  const trouble = sentences.find((one) => one.length <= 100 && TROUBLE.test(one)) ?? headings.find(tellsOfError)
  return said(whole, outcomeOf(whole)) ?? (trouble === undefined ? null : said(shortened(trouble), 'degraded'))
}

interface Told extends Part {
  /** Where it stands: what comes first is of the whole. */
  readonly at: number
}

function ofAttributes(text: string): readonly Told[] {
  return Array.from(text.matchAll(XML_ATTRIBUTE)).flatMap(({index, 1: element = '', 2: attributes = ''}): Told[] => {
    const word = STATUS_ATTRIBUTE.exec(attributes)?.[1]
    const outcome = word === undefined ? null : outcomeOf(word)
    if (word === undefined || outcome === null) return []
    return [{at: index, name: NAME_ATTRIBUTE.exec(attributes)?.[1] ?? element, word, outcome}]
  })
}

function ofElements(text: string): readonly Told[] {
  return Array.from(text.matchAll(XML_WORD)).flatMap(({index, 1: name = '', 2: word = ''}): Told[] => {
    const outcome = outcomeOf(word)
    return outcome === null ? [] : [{at: index, name, word, outcome}]
  })
}

/** The first status is of the whole; where that is well, the worst of the others counts too. */
function ofXml(text: string): StatedHealth | null {
  if (SOAP_FAULT.test(text)) return said('Fault', 'degraded')
  const [first, ...others] = [...ofAttributes(text), ...ofElements(text)].sort((one, other) => one.at - other.at)
  if (first === undefined) return null
  const bad = worst(others.filter(({outcome}) => outcome === 'failing' || outcome === 'degraded'))
  if (first.outcome !== 'healthy' || bad === null) return said(first.word, first.outcome)
  return {outcome: 'degraded', word: bad.word, parts: [bad.name]}
}

/** Of HTML and XML. */
export function ofMarkup(text: string): StatedHealth | null {
  return IS_HTML.test(text) ? ofPage(text) : ofXml(text)
}
