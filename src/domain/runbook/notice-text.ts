const PLACEHOLDER = /\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}/g

/** What `{{…}}` in a notify block can always name, besides captures and inputs that are not secret. */
export const NOTICE_PLACEHOLDERS = ['outcome', 'duration', 'summary', 'runbook', 'environment', 'operator'] as const

export function noticePlaceholdersIn(body: string): readonly string[] {
  return [...new Set([...body.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))]
}

/** A name without a value (a capture that never came) is shown as a dash. */
export function fillNotice(body: string, values: Readonly<Record<string, string>>): string {
  return body.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '–').trim()
}
