import type {FillProblem} from '../journal/fill-problem.js'

/** `${name}` in promql and http texts. Values never change the structure of what they are put into. */
const PLACEHOLDER = /\$\{([a-z][a-z0-9_]*)\}/g

export type Filled =
  {readonly ok: true; readonly text: string} | {readonly ok: false; readonly problems: readonly FillProblem[]}

export function placeholdersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))]
}

const AUTHORITY = /^[a-z]+:\/\/[^/?#]*/i
const DOTS = /^(?:\.|%2e){1,2}$/i
const NOT_LATIN_1 = /[^\t\x20-\x7E\xA0-\xFF]/

/** Placeholders that decide which server is asked. */
export function placeholdersInAuthority(url: string): readonly string[] {
  return placeholdersIn(AUTHORITY.exec(url)?.[0] ?? '')
}

/** Whether a header can be sent as it is: one line of Latin-1. */
export function isHeaderText(text: string): boolean {
  return !NOT_LATIN_1.test(text)
}

function segmentsOf(url: string): readonly string[] {
  const [path = ''] = url.slice(AUTHORITY.exec(url)?.[0].length ?? 0).split(/[?#]/)
  return path.split('/').slice(1)
}

/** A dot, two, or nothing is another place than the one that is written. */
function problemInPath(template: string, filled: string): FillProblem | null {
  const written = segmentsOf(template)
  const wrong = segmentsOf(filled).findIndex(
    (segment, index) => placeholdersIn(written[index] ?? '').length > 0 && (segment === '' || DOTS.test(segment)),
  )
  if (wrong === -1) return null
  return {why: 'unfitForPath', names: placeholdersIn(written[wrong] ?? '')}
}

/** Every value is URL-encoded, and none leads to another place than its own part of the path. */
export function fillUrl(text: string, values: Readonly<Record<string, string>>): Filled {
  const filled = encoded(text, values)
  const problem = filled.ok ? problemInPath(text, filled.text) : null
  return problem === null ? filled : {ok: false, problems: [problem]}
}

/** Every value is URL-encoded. */
export function fillBody(text: string, values: Readonly<Record<string, string>>): Filled {
  return encoded(text, values)
}

/** Header values as they are: what is not Latin-1, or begins another line, is refused. */
export function fillHeader(text: string, values: Readonly<Record<string, string>>): Filled {
  return fillWith(text, values, (value) => (isHeaderText(value) ? value : null))
}

function encoded(text: string, values: Readonly<Record<string, string>>): Filled {
  return fillWith(text, values, (value) => encodeURIComponent(value.toWellFormed()))
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
  return {ok: false, problems: [{why: 'unfitForRequest', names: refused}]}
}
