/** `${name}` in promql and http texts. Values never change the structure of what they are put into. */
const PLACEHOLDER = /\$\{([a-z][a-z0-9_]*)\}/g

/** Outside a PromQL string only what cannot end an expression: a number, a duration, a metric or label name. */
const SAFE_TOKEN = /^[A-Za-z0-9_.:]+$/

export type Filled = {readonly ok: true; readonly text: string} | {readonly ok: false; readonly message: string}

export function placeholdersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))]
}

/** The quote that is open at `offset` of a PromQL text, or null. Backquoted strings know no escapes. */
export function openQuoteAt(text: string, offset: number): string | null {
  let quote: string | null = null
  for (let index = 0; index < offset; index += 1) {
    const character = text[index] ?? ''
    if (quote === null) quote = '"\'`'.includes(character) ? character : null
    else if (character === '\\' && quote !== '`') index += 1
    else if (character === quote) quote = null
  }
  return quote
}

function promqlValue(value: string, quote: string | null): string | null {
  if (quote === null) return SAFE_TOKEN.test(value) ? value : null
  if (quote === '`') return value.includes('`') ? null : value
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return escaped.replaceAll(quote, `\\${quote}`)
}

/** Inside a string a value is escaped; elsewhere it must be a plain number, duration or name. */
export function fillPromql(text: string, values: Readonly<Record<string, string>>): Filled {
  const refused: string[] = []
  const filled = text.replace(PLACEHOLDER, (whole, name: string, offset: number) => {
    const value = values[name]
    const safe = value === undefined ? null : promqlValue(value, openQuoteAt(text, offset))
    if (safe === null) refused.push(name)
    return safe ?? whole
  })
  if (refused.length === 0) return {ok: true, text: filled}
  return {
    ok: false,
    message: `the value of ${refused.map((name) => `\`${name}\``).join(', ')} is missing or cannot stand in PromQL`,
  }
}

/** Every value is URL-encoded. */
export function fillUrl(text: string, values: Readonly<Record<string, string>>): Filled {
  return fillWith(text, values, (value) => encodeURIComponent(value.toWellFormed()))
}

/** Header values as they are; a line break would start another header. */
export function fillHeader(text: string, values: Readonly<Record<string, string>>): Filled {
  return fillWith(text, values, (value) => (/[\r\n\0]/.test(value) ? null : value))
}

function fillWith(
  text: string,
  values: Readonly<Record<string, string>>,
  encode: (value: string) => string | null,
): Filled {
  const refused: string[] = []
  const filled = text.replace(PLACEHOLDER, (whole, name: string) => {
    const value = values[name]
    const encoded = value === undefined ? null : encode(value)
    if (encoded === null) refused.push(name)
    return encoded ?? whole
  })
  if (refused.length === 0) return {ok: true, text: filled}
  return {
    ok: false,
    message: `the value of ${refused.map((name) => `\`${name}\``).join(', ')} is missing or cannot stand here`,
  }
}
