import {htmlText} from '../../formats/markdown/html.js'

export interface Page {
  /** BCP 47. */
  readonly language: string
  readonly title: string
  /** HTML, each block by itself. */
  readonly blocks: readonly string[]
  /** Beside that of every page. */
  readonly style: string
}

const STYLE = `:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --faint: #57606a; --rule: #d0d7de; --shade: #ffe3e0; --code: #f3f4f6; --link: #0550ae; --s0: #0550ae; --s1: #a1260d; --s2: #116329; }
@media (prefers-color-scheme: dark) { :root { --paper: #0f1318; --ink: #e6edf3; --faint: #9aa5b1; --rule: #343c46; --shade: #4a1f1c; --code: #1a2027; --link: #79b8ff; --s0: #79b8ff; --s1: #ff9d8a; --s2: #7ee2a0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2.2rem; border-bottom: 1px solid var(--rule); padding-bottom: .2rem; } h3 { font-size: 1.05rem; margin-top: 1.4rem; }
h1, h2, h3, p, td, li, div { overflow-wrap: anywhere; }
a { color: var(--link); }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .92rem; }
th, td { border: 1px solid var(--rule); padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: var(--code); }
pre { background: var(--code); padding: .6rem .8rem; font-size: .82rem; white-space: pre-wrap; overflow-wrap: anywhere; }
code { background: var(--code); padding: 0 .2em; overflow-wrap: anywhere; }
blockquote { margin: .8rem 0; padding-left: .8rem; border-left: 3px solid var(--rule); color: var(--faint); }
.item { margin-left: 1.5em; text-indent: -1.2em; }
figure { margin: 1rem 0 0; } figcaption { color: var(--faint); font-size: .9rem; }
@page { size: A4; margin: 16mm; }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --faint: #444; --rule: #999; --shade: #eee; --code: #f3f3f3; --link: #000; --s0: #0550ae; --s1: #a1260d; --s2: #116329; } body { font-size: 10.5pt; } main { max-width: none; padding: 0; } h2, h3 { break-after: avoid; } figure, tr, pre { break-inside: avoid; } thead { display: table-header-group; } }`

/** Nothing is fetched, run, framed or sent, whatever stands in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** One file that opens from disk: no script, nothing from elsewhere, for screens in light and dark and for A4. */
export function htmlPage({language, title, blocks, style}: Page): string {
  return [
    '<!doctype html>',
    `<html lang="${htmlText(language)}">`,
    '<head>',
    '<meta charset="utf-8"/>',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<meta name="robots" content="noindex"/>',
    `<title>${htmlText(title)}</title>`,
    `<style>\n${STYLE}\n${style}\n</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...blocks,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** Cells are HTML. */
export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
    `<tr>${row.map((text) => (tag === 'th' ? `<th scope="col">${text}</th>` : `<td>${text}</td>`)).join('')}</tr>`
  return [
    '<table>',
    `<thead>${cells('th', head)}</thead>`,
    '<tbody>',
    ...rows.map((row) => cells('td', row)),
    '</tbody>',
    '</table>',
  ].join('\n')
}
