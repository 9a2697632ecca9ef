const ELLIPSIS = '…'
const FENCE = '```'
const HIGH_SURROGATE = /[\uD800-\uDBFF]$/

/** The first `limit` UTF-16 units at most, never half a character; an ellipsis shows that something is missing. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  return text.slice(0, limit - ELLIPSIS.length).replace(HIGH_SURROGATE, '') + ELLIPSIS
}

function cutLine(line: string, limit: number): string[] {
  const parts: string[] = []
  let rest = line
  while (rest.length > limit) {
    const part = rest.slice(0, limit).replace(HIGH_SURROGATE, '')
    parts.push(part)
    rest = rest.slice(part.length)
  }
  return [...parts, rest]
}

/**
 * Text in parts of at most `limit` UTF-16 units, cut at line ends where possible. A fenced block that is cut is closed and opened again,
 * so that each part stands alone. Empty text has no parts.
 */
export function splitText(text: string, limit: number): readonly string[] {
  const room = limit - 2 * (FENCE.length + 1)
  const parts: string[] = []
  let current: string[] = []
  let length = 0
  let inFence = false
  const close = (): void => {
    if (current.some((text) => text.trim() !== '' && text !== FENCE))
      parts.push([...current, ...(inFence ? [FENCE] : [])].join('\n'))
    current = inFence ? [FENCE] : []
    length = 0
  }
  for (const line of text.split('\n').flatMap((whole) => cutLine(whole, room))) {
    if (length + line.length + 1 > room) close()
    current.push(line)
    length += line.length + 1
    if (line === FENCE) inFence = !inFence
  }
  close()
  return parts
}
