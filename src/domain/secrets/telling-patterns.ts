import type {Span} from './needle-scan.js'

/** Where a credential stands, and where begins what tells that it is one. */
export interface ToldSpan extends Span {
  readonly from: number
}

/** Between a name and its value, in a header, in JSON, in JSON within JSON. */
const IS = String.raw`[\\"']{0,4}[ \t]{0,8}[:=][ \t]{0,8}[\\"']{0,4}`
/** No placeholder, and not what was hidden already. */
const VALUE = String.raw`([^\s&"'<>;,$…*{()[\]|\\][^\s&"'<>;,\\]{2,})`

/**
 * What is secret wherever it stands, known or not; the first group, at the end of each, is the secret part. None of them reaches across a line end, and none looks at
 * a character more often than a fixed number of times.
 */
const PATTERNS: readonly RegExp[] = [
  // Slack's incoming webhooks and workflow triggers: the path is the credential.
  /\bhttps?:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/([^\s"'<>|\\]+)/gi,
  // Slack's tokens: bot, user, app, refresh, configuration.
  /\b((?:xox[a-z]|xapp|xoxe\.xox[a-z])-[A-Za-z0-9-]{6,})/g,
  new RegExp(String.raw`authorization${IS}(?:bearer|basic|token|digest|apikey)[ \t]{1,8}([^\s"'\\]+)`, 'gi'),
  new RegExp(String.raw`authorization${IS}([^\s"'\\]{12,})`, 'gi'),
  new RegExp(String.raw`\bcookie[\\"']{0,4}[ \t]{0,8}:[ \t]{0,8}[\\"']{0,4}([^\s"'\\;=]{1,100}=[^"'\\\r\n]+)`, 'gi'),
  new RegExp(
    String.raw`(?:\bx-(?:[a-z]{1,20}-){0,3}(?:key|token|secret|auth)|private-token|api-?key|csrf-?token)${IS}([^\s"'\\]+)`,
    'gi',
  ),
  /\bbearer[ \t]{1,8}([\w.~+/-]{16,}=*)/gi,
  // Parameters of a URL.
  /(?:[?&;]|\\u0026)(?:[\w.-]{0,30}[_.-])?(?:[a-z]{0,20}(?:token|password|passwd|secret|session|signature|credential)|(?:api|access)?key|sig|pwd|auth|code|jwt|sid)=([^\s&#"'<>;\\]+)/gi,
  // password=…, in a connection string, a command; not where a variable or a placeholder stands for it.
  new RegExp(
    String.raw`(?:passw(?:or)?d|pwd|secret|token|api[-_]?key|access[-_]?key|signature)=[\\"']{0,4}${VALUE}`,
    'gi',
  ),
  // "password": "…"
  /(?:passw(?:or)?d|pwd|secret|token|api[-_]?key|access[-_]?key)\\{0,3}["'][ \t]{0,8}:[ \t]{0,8}\\{0,3}["']([^"'\\*]{3,})/gi,
  // user:password@host without a scheme; of an image's digest, `name:tag@sha256`, no.
  /(?<=^|[\s"'=(,])[\w.-]{1,64}:(?=[^\s@]{0,100}\d)([^\s:@/"'\\]{6,100})(?=@(?!sha\d)[\w.-])/gm,
]

const SCHEME_END = '://'
const AUTHORITY = /[^\s/?#"'<>\\]*/y
/** Before `://`, in either case. */
const SCHEME_CHARACTER = /[a-z0-9+.-]/i
const SCHEME = /[a-z0-9+.-]{1,20}$/i
const HTTP = /https?$/i
const LONGEST_SCHEME = 20

/**
 * Of what stands between `//` and the path: the password after the first colon; of `http` all before the `@`, because a token stands in the user's place
 * there.
 */
function userInfoIn(authority: string, isHttp: boolean): Span | null {
  const end = authority.lastIndexOf('@')
  const colon = authority.indexOf(':')
  const hasPassword = colon !== -1 && colon < end
  const start = hasPassword && !isHttp ? colon + 1 : 0
  return end <= start || !(hasPassword || isHttp) ? null : {start, end}
}

/** The credentials in `scheme://user:password@host`. The authority ends at the next slash, so that no character is looked at twice. */
function userInfoSpans(text: string): ToldSpan[] {
  const spans: ToldSpan[] = []
  for (let at = text.indexOf(SCHEME_END); at !== -1; at = text.indexOf(SCHEME_END, at + SCHEME_END.length)) {
    if (!SCHEME_CHARACTER.test(text.charAt(at - 1))) continue
    const after = at + SCHEME_END.length
    AUTHORITY.lastIndex = after
    const [authority = ''] = AUTHORITY.exec(text) ?? []
    const [scheme = ''] = SCHEME.exec(text.slice(Math.max(0, at - LONGEST_SCHEME), at)) ?? []
    const found = userInfoIn(authority, HTTP.test(scheme))
    if (found !== null) spans.push({from: at - scheme.length, start: after + found.start, end: after + found.end})
  }
  return spans
}

/** None of them is in a text without one of these: most texts have none, and V8 takes a millisecond for each pattern that it meets first. */
const TELLING =
  /hooks\.slack|xox|xapp|auth|cookie|key|token|secret|bearer|passw|pwd|session|sig|credential|code|jwt|sid|@/i

/** Where credentials stand that are told by what is around them. */
export function tellingSpans(text: string): readonly ToldSpan[] {
  if (!TELLING.test(text)) return []
  const spans = userInfoSpans(text)
  for (const pattern of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length
      spans.push({from: match.index, start: end - (match[1] ?? '').length, end})
    }
  }
  return spans
}
