/** What programs and their libraries write when something that they need is not there. */
const ERRORS = [
  String.raw`\bE(?:CONN(?:REFUSED|RESET|ABORTED)|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|PIPE)\b`,
  String.raw`\b(?:connection|connect|request|operation|query|ping|read|write|dial|handshake|login|authentication|health ?check)(?: was| has| is)? (?:refused|reset|failed|timed out|timeout|aborted|lost|closed|not available|unavailable|error)\b`,
  String.raw`\b(?:i\/o timeout|timed[ -]?out|timeout (?:of|after|exceeded|reached|while|waiting)|deadline exceeded|socket hang up|broken pipe|bad connection|lost connection)\b`,
  String.raw`\b(?:no such host|no route to host|name or service not known|unknown host|host is unreachable|network is unreachable|temporary failure in name resolution)\b`,
  String.raw`\b(?:could not|couldn'?t|cannot|can'?t|can not|unable to|failed to|failure to) (?:be )?(?:connect|reach|find|open|read|write|resolve|access|get|load|establish|acquire|obtain|ping|query|fetch|execute|initiali[sz]e|start|communicate|talk|contact|authenticate|login|complete|perform|validate|verify)\w*\b`,
  String.raw`\bfailed(?: with)?:`,
  String.raw`\b(?:is|are) (?:not|currently not) (?:(?:yet|currently) )?(?:ready|connected|reachable|available|running|serving|responding|alive|healthy|initiali[sz]ed)\b`,
  String.raw`\bnot (?:yet )?(?:ready|connected|reachable|serving|responding)\b`,
  String.raw`\b(?:is|are|host|server|service|database) (?:unreachable|unavailable|unhealthy|offline)\b`,
  String.raw`^(?:unreachable|unavailable|unhealthy|unexpected result|unknown error|internal error|timeout|timed out|fatal|not connected|disconnected)\b`,
  String.raw`\b(?:access|permission) denied\b`,
  String.raw`\b(?:no (?:leader|master|primary|nodes? replied|space left)|out of (?:memory|disk|space)|disk (?:is )?full|too many (?:connections|clients|open files))\b`,
  String.raw`\bTraceback \(most recent call last\)|\bException in thread\b|\bUncaught [\w\\]*(?:Error|Exception)\b`,
  String.raw`\b[A-Za-z_$][\w$.\\]*(?:Error|Exception)(?:: |\(|$)`,
  String.raw`\bSQLSTATE\[|\bORA-\d{4,5}\b|\b(?:fatal|unexpected|internal|internal server) error\b|^Err\(|^panic: `,
  String.raw`\berror (?:establishing|connecting|opening|code:? ?'?\w{3,10}'?|while|during|in)\b|\bno healthy upstream\b|\bupstream connect error\b`,
  String.raw`^5\d\d (?:bad gateway|service (?:temporarily )?unavailable|internal server error|gateway time-?out)`,
]
const ERROR = new RegExp(ERRORS.join('|'), 'gi')
/** Before such words: what is denied, asked, supposed or past is no error of now. */
const DENIED = /\b(?:no|none|nothing|nobody|neither|never|not|without|0|zero)\b(?:(?! (?:or|and|but) )[^.;:!,]){0,15}$/i
const NOT_NOW =
  /\b(?:if|when|whenever|what|whether|why|who|how|until|unless|in case|last|previous(?:ly)?|recent(?:ly)?|recovered|earlier|avoids?|prevents?|handles?|e\.g|example)\b[^.;!]{0,40}$/i
/** Behind them: that there is none. */
const COUNTED_NONE = /^\s{0,4}[:=]\s{0,4}(?:0|no|none|false)\b/i
/** Lines of a stack trace: of Python, of Java and JavaScript, of Go, of Rust. */
const TRACE =
  /^(?:Traceback \(most recent call last\)|[ \t]{1,20}at [\w.$<>/]{1,200}[^\n]{0,200}[(:]|goroutine \d{1,9} \[|panic: |thread '[^'\n]{1,60}' panicked at)/m

/** Characters that are looked at of one text, and shown of it. */
const LOOKED_AT = 2000
const LONGEST_SHOWN = 60
/** Of each end of a body. */
const PHP_LOOKED_AT = 8000

const PHP =
  /(?:^|\n|<br ?\/?>|<b>)\s{0,8}(?:PHP )?(fatal error|parse error|recoverable fatal error|warning|notice|deprecated)(?:<\/b>)?:\s{1,8}([^\n]{1,400}?)(?:\s{1,8}in\s|<|\n|$)/i

/** As it may be shown: on one line, and no longer than people read. */
export function shortened(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_SHOWN).trimEnd()
}

/** Whether a text tells of an error of this moment, whatever else it is about. */
export function tellsOfError(text: string): boolean {
  const looked = text.slice(0, LOOKED_AT)
  return Array.from(looked.matchAll(ERROR)).some(({0: error, index}) => {
    const before = looked.slice(0, index)
    return !DENIED.test(before) && !NOT_NOW.test(before) && !COUNTED_NONE.test(looked.slice(index + error.length))
  })
}

/** Of a stack trace, the line that says what it is of; null where the text has none. */
export function tracedError(text: string): string | null {
  const found = TRACE.exec(text.slice(0, LOOKED_AT))
  if (found === null) return null
  const lines = text
    .slice(0, LOOKED_AT)
    .split('\n')
    .filter((line) => line.trim() !== '')
  return shortened((found[0].startsWith('Traceback') ? lines.at(-1) : lines[0]) ?? '')
}

/** What PHP writes into its own answer where it is told to display errors; a notice of bad style is none. */
export function phpError(text: string): string | null {
  const [, kind = '', message = ''] =
    PHP.exec(text.slice(0, PHP_LOOKED_AT)) ?? PHP.exec(text.slice(-PHP_LOOKED_AT)) ?? []
  if (kind === '' || /^(?:notice|deprecated)$/i.test(kind)) return null
  // A warning may be of anything: it counts where it tells of an error.
  if (/^warning$/i.test(kind) && !tellsOfError(message)) return null
  return shortened(`${kind}: ${message}`)
}
