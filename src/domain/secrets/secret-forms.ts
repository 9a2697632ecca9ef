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

function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  const cores = [0, 1, 2].map((lead) => base64Core(bytes, lead))
  return [...cores, ...cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'))]
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

function jsonForm(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}

/** Every spelling under which a secret could show up, longest first; none when it is too short to be one. */
export function secretForms(secret: string): readonly string[] {
  const value = secret.trim()
  if (value.length < MINIMUM_SECRET_LENGTH) return []
  const lines = value.includes('\n') ? value.split('\n').map((line) => line.trim()) : []
  const parts = [...lines, ...urlForms(value), ...base64Forms(value), jsonForm(value)]
  const forms = new Set([value, ...parts.filter((part) => part.length >= MINIMUM_PART_LENGTH)])
  return [...forms].sort((left, right) => right.length - left.length)
}
