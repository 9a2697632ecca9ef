const LINE = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(value)
  if (quoted) return quoted[1] === '"' ? (quoted[2] ?? '').replaceAll('\\n', '\n') : (quoted[2] ?? '')
  return value.replace(/(?<!\s)\s+#.*$/, '')
}

/** The variables of a `.env` file, as Compose reads it: `NAME=value` lines, quotes, comments. Other lines are ignored. */
export function parseDotenv(text: string): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const match = LINE.exec(line.trim())
    if (match?.[1] !== undefined) variables[match[1]] = unquote((match[2] ?? '').trim())
  }
  return variables
}
