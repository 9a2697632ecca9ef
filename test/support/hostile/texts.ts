/** Each tries to move the cursor, to hide, to turn or to forge something, or is alive in some language; `FORGED` never begins a line. */
export const HOSTILE: readonly string[] = [
  '\u001B[2J\u001B[HFORGED',
  '\u001B[1A\u001B[2K\rFORGED',
  '\u001B]0;FORGED\u0007',
  '\u001B]8;;http://evil.example\u0007click\u001B]8;;\u0007',
  '\u001B[32m● healthy\u001B[0m',
  '\u001B[8mhidden',
  '\u001B[?25l',
  '\u001B7\u001B8',
  '\u009B2J',
  '\u009D0;FORGED\u009C',
  'a\rFORGED',
  'a\nFORGED ● healthy',
  'a\r\nFORGED',
  'a\n::error::FORGED',
  'a\u000BFORGED',
  'a\u000CFORGED',
  'a\u0085FORGED',
  'a\u2028FORGED',
  'a\u2029FORGED',
  '\u0008\u0008\u0008FORGED',
  '\u007F',
  '\u0000FORGED',
  '\u202EDEGROF\u202C',
  '\u2066FORGED\u2069',
  'pay\u200Bpal',
  '\uFEFFFORGED',
  'so\u00ADft',
  '\u{E0041}\u{E0042}',
  '\u3164\u115F\u1160\uFFA0',
  '\uE00AFORGED',
  '=HYPERLINK("http://evil.example")',
  '@SUM(1)',
  '[reset](http://evil.example)',
  '<http://evil.example|reset>',
  '</testcase><forged a="&b;">]]>',
  '<img src=http://evil.example>',
  '| a | b |\n# FORGED',
  '```\n# FORGED',
  'pay\u034Fpal\u17B4\u180B\u180F',
  'pay\uFE0Fpal\uFE00\u{E0100}\u{E01EF}',
  'a\uFFFE\uFFFF\u{1FFFE}b',
  '\u001BPq#0FORGED\u001B\\',
  '\u001B_FORGED\u001B\\\u001B^FORGED\u001B\\\u001BXFORGED\u001B\\',
  '\u001B]52;c;Rk9SR0VE\u0007',
  '\u001Bc\u001B(0\u001B[6n\u001B[200~FORGED',
  '\u0090FORGED\u009C\u0098FORGED\u009C\u009F',
  '\u000E\u000FFORGED',
  '\u2800\u2800\uFFFC',
  'e\u0301\u0302\u0303\u0304\u0305\u0306\u0307',
  '\u0627\u0644\u200F\u061CFORGED',
  '::add-mask::FORGED',
  '##[error]FORGED',
  'a,title=FORGED::b%0A::error::FORGED',
  '\t=1+1',
  '\uFF1D1+1',
  '-1+cmd|calc',
  '+1;=1',
  '"=1+1"',
  '![x](http://evil.example)',
  '<!-- FORGED -->',
  '~~~\n# FORGED',
  '[x]: http://evil.example',
  '<!channel> <@U1> &lt;!here&gt;',
  ']]><!DOCTYPE forged [<!ENTITY a "b">]>&a;',
  '$(id) `id` ${HOME} {{ 7 }} %s%n',
]

const seen = new Map<string, number>()

/** Found in what came out, however it was wrapped. */
function markerOf(field: string): string {
  const number = seen.get(field) ?? seen.size
  seen.set(field, number)
  return `qz${String(number)}zq`
}

/** All of them, another one first for each field, and the field's mark: before a break of lines, for some are shown by their first line only. */
export function evil(field: string): string {
  const mark = markerOf(field)
  const at = (seen.get(field) ?? 0) % HOSTILE.length
  const [first = '', ...rest] = [...HOSTILE.slice(at), ...HOSTILE.slice(0, at)]
  const head = /[\n\r]/.test(first) ? [mark, first] : [first, mark]
  return [...head, ...rest].join(' | ')
}

/** As `evil`, where a line break, NUL or more than a few characters cannot be. */
export function evilLine(field: string): string {
  return evil(field).replaceAll(/[\n\r\0]/g, ' ')
}

/** The mark of each field that a world carries. */
export function markers(): ReadonlyMap<string, string> {
  return new Map([...seen.keys()].map((field) => [field, markerOf(field)]))
}
