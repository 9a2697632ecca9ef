import {scratch, textLayer} from './byte-layer.js'
import {unquote} from './unquote.js'

/** Shorter values are left alone: masking every `on` or `dev` would make the text useless and hide nothing. */
const SHORTEST_SECRET = 4
/** Shorter ones are common words: they are hidden in their own case only, and `doctor` warns of them. */
export const SAFE_SECRET_LENGTH = 8
/** In bytes. A line of a secret of several, or what is left of one that is full of quotes, must be this long to be told from ordinary text. */
const SHORTEST_PART = 6

/** Bytes to be looked for, and which of them and of their neighbours are hidden. */
export interface Needle {
  readonly bytes: Uint8Array
  /** In this case only. */
  readonly isExact: boolean
  /** How many of its first bytes are no secret. */
  readonly shown: number
  /** How many bytes after it are hidden too. */
  readonly more: number
  /** The byte before it that is hidden too, if it is this one; -1: none. */
  readonly lead: number
  /** How many bytes of the text say it, at the least: where fewer do, it is another word. */
  readonly spread: number
}

export interface Needles {
  /** For the text, as it is and unquoted. */
  readonly outside: readonly Needle[]
  /** For what is decoded from it: in that many bytes, what is short is found by chance. */
  readonly inside: readonly Needle[]
}

const room = scratch()

/** What says what it says, behind a backslash too. */
const PLAIN = /^[^\\"'%&;nrtux][^\\"'%&;]*$/

function unquotedBytes(text: string): Uint8Array {
  const source = textLayer(Buffer.from(text))
  const {layer} = unquote(source, room.placed(0, source.length))
  return layer.bytes.slice(0, layer.length)
}

/** Ends like an escape that has only begun: together with what follows, it may read as something else. */
const UNFINISHED =
  /(?:\\(?:u[0-9a-f]{0,3}|x[0-9a-f]?)?|%[0-9a-f]?|&(?:#?x?[0-9a-f]{0,6}|am?|amp|lt?|gt?|qu?|quot?|ap?|apos?))$/i

function needle(bytes: Uint8Array, shown: number, more = 0, spread = 0): Needle {
  return {bytes, isExact: bytes.length - shown < SAFE_SECRET_LENGTH, shown, more, lead: -1, spread}
}

/** How `text` looks in a text whose quoting was taken off: what is like quoting in it has lost that too. */
function unquotedNeedles(text: string, known: Uint8Array, shown: number): readonly Needle[] {
  if (PLAIN.test(text)) return []
  const complete = text.replace(UNFINISHED, '')
  const unquoted = (form: string, length: number, more = 0): Needle => {
    const bytes = unquotedBytes(form)
    // No spelling is shorter than what it says: so little is told from ordinary words by the room that it takes.
    return needle(bytes, shown, more, bytes.length < shown + SHORTEST_PART ? length - shown : 0)
  }
  const forms = [
    unquoted(text, known.length),
    // Behind a backslash that is not its own.
    ...(text.length < SAFE_SECRET_LENGTH ? [] : [unquoted(`\\${text}`, known.length)]),
    ...(complete === text ? [] : [unquoted(complete, Buffer.byteLength(complete), 1)]),
  ]
  return forms.filter(({bytes}) => bytes.length >= Math.min(known.length, shown + SHORTEST_SECRET))
}

/** Of what was decoded, the first byte may have been let through with the line before; without it, it says nothing. */
function insideNeedle(whole: Needle): Needle {
  const {bytes, shown} = whole
  if (shown > 0 || bytes.length <= SHORTEST_PART) return whole
  return {...whole, bytes: bytes.subarray(1), lead: bytes[0] ?? -1}
}

function formsOf(text: string, shown: number): readonly Needle[] {
  const bytes = new Uint8Array(Buffer.from(text))
  return [needle(bytes, shown), ...unquotedNeedles(text, bytes, shown)]
}

/** Of a secret of several lines (a PEM key, its line ends written as `\n` perhaps): with either line end, and each line. */
function partsOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n|(?:\\r)?\\n/).map((line) => line.trim())
  if (lines.length < 2) return [value]
  const whole = [lines.join('\n'), lines.join('\r\n')].filter((text) => text.length >= SHORTEST_SECRET)
  return [value, ...whole, ...lines.filter((line) => line.length >= SHORTEST_PART)]
}

function different(needles: readonly Needle[]): readonly Needle[] {
  return [...new Map(needles.map((one) => [`${one.bytes.join()}/${String(one.more)}`, one])).values()]
}

function needlesOf(forms: readonly Needle[]): Needles {
  const outside = different(forms)
  return {
    outside,
    inside: outside.filter(({bytes, spread}) => Math.max(bytes.length, spread) >= SHORTEST_PART).map(insideNeedle),
  }
}

/** Of a secret; none when it is too short to be one. */
export function secretNeedles(secret: string): Needles {
  const value = secret.trim()
  if (value.length < SHORTEST_SECRET) return {outside: [], inside: []}
  return needlesOf(partsOf(value).flatMap((part) => formsOf(part, 0)))
}

/** Of a parameter of a URL, `t=abc`: its value, where it is this parameter's. */
export function parameterNeedles(name: string, value: string): Needles {
  if (value === '') return {outside: [], inside: []}
  return needlesOf(['?', '&'].flatMap((mark) => formsOf(`${mark}${name}=${value}`, Buffer.byteLength(name) + 2)))
}
