/** A text, a scalar, or a sign of JSON; a text that is cut off ends with it. */
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs

function textOf(token: string): string | null {
  try {
    const value: unknown = JSON.parse(token)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}

function scalarOf(token: string): string | boolean | null {
  if (token === 'true' || token === 'false') return token === 'true'
  return token.startsWith('"') ? textOf(token) : null
}

type Scalar = string | boolean

const STEP: Readonly<Record<string, number>> = {'{': 1, '[': 1, '}': -1, ']': -1}

function keepFirst(found: Map<string, Scalar>, key: string | null, value: Scalar | null): void {
  if (key !== null && value !== null && !found.has(key)) found.set(key, value)
}

/** The texts and yes-or-no fields at the top level of a JSON object that is cut off, or broken further down; in linear time. */
export function topLevelFields(text: string): Readonly<Record<string, Scalar>> {
  const found = new Map<string, Scalar>()
  let depth = 0
  let key: string | null = null
  let isValue = false
  for (const [token] of text.matchAll(TOKEN)) {
    depth += STEP[token] ?? 0
    if (depth !== 1) continue
    if (token === ':' || token === ',') isValue = token === ':'
    else if (!isValue) key = token.startsWith('"') ? textOf(token) : null
    else {
      keepFirst(found, key, scalarOf(token))
      key = null
    }
  }
  return Object.fromEntries(found)
}
