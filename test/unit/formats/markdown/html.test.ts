import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {drawnMarkdown} from '../../../../src/formats/markdown/drawn-markdown.js'
import {HTML, htmlText} from '../../../../src/formats/markdown/html.js'
import {HOSTILE} from '../../../support/hostile/texts.js'
import {readXml, type XmlElement} from '../../../support/xml.js'

const page = (written: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<root>${written}</root>`
const html = (markdown: string): string => drawnMarkdown(markdown, HTML)

const ELEMENTS = new Set('root p br hr strong em del code pre a div blockquote h2 h3 h4 h5 h6'.split(' '))
const ATTRIBUTES = new Set(['href', 'rel', 'style'])
const HIDDEN = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115F\u1160\u3164\uFFA0\uE00A]/u

function elementsOf(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap(elementsOf)]
}

function checkHarmless(written: string): void {
  for (const {name, attributes} of elementsOf(readXml(page(written)))) {
    expect(ELEMENTS).toContain(name)
    for (const attribute of Object.keys(attributes)) expect(ATTRIBUTES).toContain(attribute)
    if (name === 'a') expect(attributes['href']).toMatch(/^(?:https?:\/\/|mailto:)/i)
    if (attributes['style'] !== undefined) expect(attributes['style']).toBe('margin-left:1.5em')
  }
  expect(written).not.toMatch(HIDDEN)
}

const PIECES = [
  ...'`*_~[]()<>#+-=|!\\&$:/.1)"\'@ab \n\t\r'.split(''),
  ...['**', '```', '~~', '<b>', '&amp;', '- [ ] ', '- [x] ', '1. ', '\n\n', '\n> ', '\n    ', '\n- ', '|-|-|\n'],
  ...['<script>', '</pre>', '<img src=x onerror=y>', 'javascript:', '![', '](http://e.example)', '\n[a]: ', '[a]'],
  ...['&#27;', '&#x202e;', '&lt;b&gt;', '\u001B[31m', '\u202E', '\u0000', '\uE00A', '\uD800', '" onclick="'],
]
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({maxLength: 3, unit: 'binary'})), {maxLength: 40})
  .map((parts) => parts.join(''))

describe('Markdown as HTML', () => {
  it('is a page of these elements, whoever wrote it', () => {
    fc.assert(
      fc.property(hostile, (markdown) => checkHarmless(html(markdown))),
      {numRuns: 400},
    )
  })

  it.each(HOSTILE)('shows %j and obeys nothing of it', (text) => {
    checkHarmless(html(text))
    checkHarmless(`<p>${htmlText(text)}</p>`)
  })

  it('shows a text that is made for every channel at once as text', () => {
    const written = html(']]><script>alert(1)</script>\u001B[31m<!channel>|')
    expect(written).not.toMatch(/<script|<!channel/)
    expect(readXml(page(written)).children.map(({name}) => name)).toContain('p')
    expect(written).toContain('&lt;!channel&gt;')
  })

  it('draws what people write', () => {
    expect(html('# Title\n\n**API** is `down`\nsince _six_ ~~five~~')).toBe(
      '<h2>Title</h2>\n\n<p><strong>API</strong> is <code>down</code><br/>\nsince <em>six</em> <del>five</del></p>',
    )
    expect(html('- one\n- [x] two\n\n7. seven')).toBe(
      [
        '<div style="margin-left:1.5em">• one</div>',
        '<div style="margin-left:1.5em">☑ two</div>',
        '',
        '<div style="margin-left:1.5em">7. seven</div>',
      ].join('\n'),
    )
    expect(html('> quoted\n\n```sh\na < b && c\n\nd\n```')).toBe(
      '<blockquote>\n<p>quoted</p>\n</blockquote>\n\n<pre>a &lt; b &amp;&amp; c\n\nd</pre>',
    )
    expect(html('| a | b |\n|-|-|\n| 1 | 22 |')).toBe('<pre>a  b\n1  22</pre>')
  })

  it.each([
    ['[runbook](https://x.test/a?b=1&c=2)', '<a href="https://x.test/a?b=1&amp;c=2" rel="noreferrer">runbook</a>'],
    ['<mailto:ops@x.test>', '<a href="mailto:ops@x.test" rel="noreferrer">mailto:ops@x.test</a>'],
    ['[x](javascript:alert(1))', 'x (javascript:alert(1))'],
    ['[x](data:text/html,y)', 'x (data:text/html,y)'],
    ['![a picture](https://x.test/p.png)', '<a href="https://x.test/p.png" rel="noreferrer">a picture</a>'],
  ])('links of %s only what may be opened, and loads no picture', (markdown, written) => {
    expect(html(markdown)).toBe(`<p>${written}</p>`)
  })
})
