const CELL = {width: 8.4, height: 18}
const MARGIN = 16
const COLOURS: Readonly<Record<string, string>> = {31: '#ff7b72', 32: '#56d364', 33: '#e3b341', 36: '#79c0ff'}
const FOREGROUND = '#e6edf3'
const DIM = '#8b949e'

interface Look {
  readonly bold: boolean
  readonly dim: boolean
  readonly colour: string | null
}

const PLAIN: Look = {bold: false, dim: false, colour: null}

function next(look: Look, code: string): Look {
  if (code === '0' || code === '') return PLAIN
  if (code === '1') return {...look, bold: true}
  if (code === '2') return {...look, dim: true}
  if (code === '22') return {...look, bold: false, dim: false}
  if (code === '39') return {...look, colour: null}
  return {...look, colour: COLOURS[code] ?? look.colour}
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function span(text: string, {bold, dim, colour}: Look): string {
  if (text === '') return ''
  const fill = colour ?? (dim ? DIM : FOREGROUND)
  return `<tspan fill="${fill}"${bold ? ' font-weight="bold"' : ''}>${escape(text)}</tspan>`
}

function line(text: string, start: Look): {readonly svg: string; readonly end: Look} {
  let look = start
  let svg = ''
  for (const [index, part] of text.split(/\u001B\[([\d;]*)m/).entries()) {
    if (index % 2 === 0) svg += span(part, look)
    else for (const code of part.split(';')) look = next(look, code)
  }
  return {svg, end: look}
}

/** What was printed on a terminal, as an SVG. */
export function drawTerminal(text: string): string {
  const lines = text.trimEnd().split('\n')
  const widest = Math.max(...lines.map((one) => one.replaceAll(/\u001B\[[\d;]*m/g, '').length))
  const width = Math.ceil(widest * CELL.width + 2 * MARGIN)
  const height = lines.length * CELL.height + 2 * MARGIN
  let look = PLAIN
  const rows = lines.map((one, index) => {
    const {svg, end} = line(one, look)
    look = end
    return `<text x="${MARGIN}" y="${MARGIN + (index + 0.8) * CELL.height}" xml:space="preserve">${svg}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${rows.join('\n')}
</svg>
`
}
