/** A half-open range of character positions. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What is secret wherever it stands, known or not; the first group is the secret part. None of them reaches across a line end. */
const PATTERNS: readonly RegExp[] = [
  // The password in scheme://user:password@host.
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/]+)@/dgi,
  // Slack's incoming webhooks and workflow triggers: the path is the credential.
  /\bhttps?:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/([^\s"'<>|]+)/dgi,
  // Slack's tokens: bot, user, app, refresh, configuration.
  /\b((?:xox[a-z]|xapp|xoxe\.xox[a-z])-[A-Za-z0-9-]{6,})/dg,
  /\bauthorization["']?[ \t]*[:=][ \t]*["']?(?:bearer|basic|token)[ \t]+([^\s"']+)/dgi,
]

/** Where `form` stands; occurrences that overlap are one, so that an endless row of the same is not millions. */
function formSpans(text: string, form: string): Span[] {
  const spans: Span[] = []
  let start = text.indexOf(form)
  while (start !== -1) {
    let end = start + form.length
    let next = text.indexOf(form, start + 1)
    for (; next !== -1 && next < end; next = text.indexOf(form, next + 1)) end = next + form.length
    spans.push({start, end})
    start = next
  }
  return spans
}

function patternSpans(text: string): Span[] {
  return PATTERNS.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const range = match.indices?.[1]
      return range === undefined ? [] : [{start: range[0], end: range[1]}]
    }),
  )
}

/** Where secrets stand in `text`: in order, overlapping ones joined, so that no tail of one survives beside another. */
export function secretSpans(text: string, forms: readonly string[]): readonly Span[] {
  const found = [...forms.flatMap((form) => formSpans(text, form)), ...patternSpans(text)]
  const joined: Span[] = []
  for (const span of found.sort((left, right) => left.start - right.start || right.end - left.end)) {
    const last = joined.at(-1)
    if (last !== undefined && span.start < last.end) {
      joined[joined.length - 1] = {start: last.start, end: Math.max(last.end, span.end)}
    } else {
      joined.push(span)
    }
  }
  return joined
}
