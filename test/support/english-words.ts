/** Words that no Portuguese sentence has: whatever faci writes in English holds one of them. */
const ENGLISH =
  /(?<!\p{L})(?:is|are|was|were|not|none|has|have|had|cannot|could|the|it|its|with|of|and|than|fires|firing|healthy|unhealthy|degraded|down|unknown|breached|missing|budget|left|reach|reached|reachable|told|running|starting|restarted|exited|code|more|only|measured|misses|target|worse|panel|panels|objective|failed|refused|skipped|undone|resolved|before|after|quit|gate|time|over|said|seen|ended|rolled|back|run)(?!\p{L})/giu
const RAW_FLOAT = /\d[.,]\d{5,}/g

/** What of a text for Portuguese readers is English prose or a raw float; commands behind an arrow and quoted names are neither. */
export function foreignIn(text: string): readonly string[] {
  const prose = text
    .replaceAll(/→ (?:faci|write) [^\n;]*/g, '')
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll(/https?:\S+/g, '')
  return [...prose.matchAll(ENGLISH), ...prose.matchAll(RAW_FLOAT)].map(([word]) => word)
}
