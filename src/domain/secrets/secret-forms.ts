/** Shorter values are left alone: masking every `on` or `dev` would make the text useless and hide nothing. */
const MINIMUM_SECRET_LENGTH = 4

/** A line of a multi-line secret (a PEM key), or an encoded form, must be this long to be told from ordinary text. */
const MINIMUM_PART_LENGTH = 6

const PRINTED_BITS = 6
const BYTE_BITS = 8

/**
 * The characters of the Base64 text of anything that contains `bytes` at an offset of `lead` modulo 3: the characters at both ends
 * also carry bits of the neighbours and are left out.
 */
function base64Core(bytes: Uint8Array, lead: number): string {
  const text = Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64')
  const first = Math.ceil((lead * BYTE_BITS) / PRINTED_BITS)
  const last = Math.floor(((lead + bytes.length) * BYTE_BITS) / PRINTED_BITS)
  return text.slice(first, last)
}

/** What `base64` and `openssl base64` make of a long text: lines of 76 or 64 characters. */
function wrapped(text: string, width: number): readonly string[] {
  return text.length <= width ? [] : (text.match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? [])
}

function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  const cores = [0, 1, 2].map((lead) => base64Core(bytes, lead))
  const alone = cores[0] ?? ''
  return [
    ...cores,
    ...cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_')),
    ...cores.flatMap((core) => urlForms(core)),
    ...wrapped(alone, 76),
    ...wrapped(alone, 64),
  ]
}

function hexForms(value: string): readonly string[] {
  const hex = Buffer.from(value).toString('hex')
  return [hex, hex.toUpperCase()]
}

function lowerCaseEscapes(text: string): string {
  return text.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())
}

function urlForms(value: string): readonly string[] {
  // A lone surrogate cannot be URL-encoded.
  const encoded = encodeURIComponent(value.toWellFormed())
  const strict = encoded.replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  const all = [encoded, strict, strict.replaceAll('%20', '+')]
  return [...all, ...all.map(lowerCaseEscapes)]
}

function unicodeEscapes(text: string, which: RegExp): string {
  return text.replaceAll(which, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** As JavaScript writes it, Go (which escapes what HTML minds), Python (which keeps to ASCII), and JSON inside JSON. */
function jsonForms(value: string): readonly string[] {
  const json = (text: string): string => JSON.stringify(text).slice(1, -1)
  const plain = json(value)
  return [plain, unicodeEscapes(plain, /[&<>]/g), unicodeEscapes(plain, /[^ -~]/g), json(plain)]
}

/** As `set -x`, `printf %q` and a double-quoted word have it. */
function shellForms(value: string): readonly string[] {
  return [
    value.replaceAll("'", String.raw`'\''`),
    value.replaceAll(/[^\w./:=+@%,^-]/g, String.raw`\$&`),
    value.replaceAll(/["$`\\]/g, String.raw`\$&`),
  ]
}

/** Of a secret of several lines: each line, and the whole with either line end. */
function lineForms(value: string): readonly string[] {
  if (!value.includes('\n')) return []
  const lines = value.split('\n').map((line) => line.trim())
  return [...lines, lines.join('\n'), lines.join('\r\n')]
}

/** A key in a variable often has `\n` for its line ends, and what reads it prints real ones. */
function lineEndsMeant(value: string): readonly string[] {
  return value.includes(String.raw`\n`) ? lineForms(value.replaceAll(/(?:\\r)?\\n/g, '\n')) : []
}

/** Every spelling under which a secret could show up, longest first; none when it is too short to be one. */
export function secretForms(secret: string): readonly string[] {
  const value = secret.trim()
  if (value.length < MINIMUM_SECRET_LENGTH) return []
  const parts = [
    ...[...lineForms(value), ...lineEndsMeant(value)],
    ...[value, ...lineForms(value).filter((form) => form.includes('\n'))].flatMap((whole) => [
      ...urlForms(whole),
      ...base64Forms(whole),
      ...jsonForms(whole),
    ]),
    ...hexForms(value),
    ...shellForms(value),
  ]
  const forms = new Set([value, ...parts.filter((part) => part.length >= MINIMUM_PART_LENGTH)])
  return [...forms].sort((left, right) => right.length - left.length)
}
