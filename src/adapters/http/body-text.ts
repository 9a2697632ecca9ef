type Utf16 = 'utf-16le' | 'utf-16be'

function marked(bytes: Buffer): Utf16 | null {
  const mark = bytes.subarray(0, 2).toString('hex')
  if (mark === 'fffe') return 'utf-16le'
  return mark === 'feff' ? 'utf-16be' : null
}

/** Of a text without a mark, by its first letter, which is of ASCII in JSON and in every word of health. */
function unmarked(bytes: Buffer, charset: string): Utf16 | null {
  const [first = 0, second = 0] = bytes
  const mayBe = charset === '' || charset.startsWith('utf-16') || charset === 'unicode'
  if (!mayBe || bytes.length < 2 || (first === 0) === (second === 0)) return null
  return first === 0 ? 'utf-16be' : 'utf-16le'
}

/** A body as text: UTF-8, or UTF-16 where it is that; `type` is its Content-Type. */
export function bodyText(bytes: Buffer, type: string): string {
  const charset = /charset\s?=\s?"?([\w-]{1,20})/i.exec(type)?.[1]?.toLowerCase() ?? ''
  const utf16 = marked(bytes) ?? unmarked(bytes, charset)
  return utf16 === null ? bytes.toString('utf8') : new TextDecoder(utf16).decode(bytes)
}
