/** Words that no Portuguese sentence has: whatever faci writes in English holds one of them. */
const ENGLISH =
  /(?<!\p{L})(?:is|are|was|were|not|none|nobody|has|have|had|cannot|could|the|it|its|with|of|and|than|fires|firing|healthy|unhealthy|degraded|down|unknown|breached|missing|budget|left|reach|reached|reachable|told|running|starting|restarted|exited|code|more|only|measured|misses|target|worse|panel|panels|objective|failed|refused|skipped|undone|resolved|before|after|quit|gate|time|over|said|seen|ended|rolled|back|run)(?!\p{L})/giu
const RAW_FLOAT = /\d[.,]\d{5,}/g

/** What of a text for Portuguese readers is English prose or a raw float; commands behind an arrow and quoted names are neither. */
export function foreignIn(text: string): readonly string[] {
  const prose = text
    .replaceAll(/→ (?:faci|write) [^\n;]*/g, '')
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll(/https?:\S+|--[a-z]\S*/g, '')
  return [...prose.matchAll(ENGLISH), ...prose.matchAll(RAW_FLOAT)].map(([word]) => word)
}

/** Words that are the same in both languages, and names of things that have no other. */
const SAME = /^(?:bytes?|faci|health|label|log|mib|nan|ok|prometheus|promql|runbook|terminal)$/i
/** Not what is in capitals, as a code of the system is, nor a part of an id. */
const WORD = /(?<![\p{L}\p{N}])(?=\p{L}*\p{Ll})\p{L}{2,}(?![\p{L}\p{N}])/gu

function wordsOf(text: string): ReadonlySet<string> {
  const prose = text
    .replaceAll(/→ (?:faci|write) [^\n;]*/g, '')
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll(/\$\w+|\S*@\S*|--\S+|faci\.yml/g, '')
  return new Set((prose.match(WORD) ?? []).map((word) => word.toLowerCase()))
}

/** Words of a sentence that its English has too: nobody translated them. */
export function sharedWords(text: string, english: string): readonly string[] {
  const known = wordsOf(english)
  return [...wordsOf(text)].filter((word) => known.has(word) && !SAME.test(word))
}
