import fc from 'fast-check'
import {fromMarkdown} from 'mdast-util-from-markdown'
import {describe, expect, it} from 'vitest'
import {fillNotice} from '../../../../src/domain/runbook/notice-text.js'
import {slackMrkdwn} from '../../../../src/adapters/channels/slack/slack-mrkdwn.js'
import {codeSpan, codeSpansIn, fenced, literal, markdown, oneLine} from '../../../../src/domain/text/markdown.js'

type Tree = ReturnType<typeof fromMarkdown>
type Nodes = Tree | Tree['children'][number]

/** Characters that mean something somewhere, and a few that mean nothing. */
const markup = fc
  .array(
    fc.constantFrom(
      ...'`*_~[]()<>#+-=|!\\&$:/.1)"\'@ab \n'.split(''),
      ...['http://', 'www.', '**', '```', '<b>', '&amp;', '- [ ] ', '[x](http://e.example)', '<!channel>'],
    ),
    {maxLength: 30},
  )
  .map((parts) => parts.join(''))

function kinds(node: Nodes): readonly string[] {
  return [node.type, ...('children' in node ? (node.children as readonly Nodes[]).flatMap(kinds) : [])]
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? (node.children as readonly Nodes[]).map(textOf).join('') : ''
}

describe('foreign text in Markdown', () => {
  it('is read as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(markup, (text) => {
        const read = fromMarkdown(markdown`a ${literal(text)} z`)
        expect(new Set(kinds(read))).toEqual(new Set(['root', 'paragraph', 'text']))
        expect(textOf(read)).toBe(`a ${oneLine(text)} z`)
      }),
    )
  })

  it('begins no heading, list, quote, rule or code where it begins a line', () => {
    fc.assert(
      fc.property(markup, (text) => {
        const read = kinds(fromMarkdown(`before\n${literal(text.trim())}`))
        expect(new Set(read)).toEqual(new Set(['root', 'paragraph', 'text']))
      }),
    )
  })

  it('is code, and ends no code', () => {
    fc.assert(
      fc.property(markup, (text) => {
        fc.pre(oneLine(text).trim() !== '')
        const read = fromMarkdown(markdown`a ${codeSpan(text)} z`)
        expect(new Set(kinds(read))).toEqual(new Set(['root', 'paragraph', 'text', 'inlineCode']))
        const block = fromMarkdown(fenced(text, 'sh'))
        expect(block.children).toHaveLength(1)
        expect(block.children[0]).toMatchObject({type: 'code', lang: 'sh', value: text.trimEnd()})
      }),
    )
  })

  it('makes no link of an address, as GitHub and GitLab would', () => {
    expect(literal('see http://evil.example or WWW.evil.example')).toBe(
      String.raw`see http\://evil.example or WWW\.evil.example`,
    )
    expect(literal('_www.evil.example')).toBe(String.raw`\_www\.evil.example`)
    expect(literal('2026-11-29 12:30, v1.2 (a-b) 50%')).toBe('2026-11-29 12:30, v1.2 (a-b) 50%')
  })
})

describe('code spans of a line', () => {
  it('are those of CommonMark', () => {
    const ticks = fc.array(fc.constantFrom('`', '``', 'a', ' b'), {maxLength: 20}).map((parts) => `x${parts.join('')}x`)
    fc.assert(
      fc.property(ticks, (line) => {
        const [paragraph] = fromMarkdown(line).children
        const nodes = paragraph?.type === 'paragraph' ? paragraph.children : []
        const expected = nodes.filter(({type}) => type === 'inlineCode').map(({position}) => position?.start.offset)
        expect(codeSpansIn(line).map(({start}) => start)).toEqual(expected)
      }),
    )
  })
})

describe('values in a notice', () => {
  it('are not markup, only the author writes that', () => {
    const hostile = '[reset your Slack password here](https://evil.example) *now* <!channel>'
    const body = fillNotice('**{{summary}}** at [the board](https://ours.example)', {summary: hostile})
    expect(slackMrkdwn(body)).toBe(
      '*[reset your Slack password here](https://evil.example) ∗now∗ &lt;!channel&gt;* at <https://ours.example|the board>',
    )
  })

  it('stay in the code that they are put into', () => {
    const body = fillNotice('`{{a}}`\n```\n{{b}}\n```\n{{b}}', {a: 'x` *y*\nz', b: 'one\n```\n<two>'})
    expect(body).toBe('`xˋ *y* ⏎ z`\n```\none\nˋˋˋ\n<two>\n```\n````\none\n```\n<two>\n````')
  })

  it('never become a link, a mention or a command of Slack', () => {
    fc.assert(
      fc.property(markup, markup, (first, second) => {
        const text = slackMrkdwn(fillNotice('A {{first}} `{{second}}` z {{second}}', {first, second}))
        expect(text).not.toContain('<')
        expect(text.match(/`/g)).toHaveLength(2)
      }),
    )
  })

  it.each(['{{value}}', '```\n{{value}}\n```', '~~~\n{{value}}\n~~~', '````\n{{value}}\n````'])(
    'end no code that stands in %j',
    (body) => {
      const lines = markup.map((text) => text.replaceAll(' ', '\n~~~\n').replaceAll('a', '\n```\n'))
      fc.assert(
        fc.property(lines, (value) => {
          const text = slackMrkdwn(`${fillNotice(body, {value: `x\n${value}\nx`})}\nafter`)
          expect(text).not.toContain('<')
          expect(text).toMatch(/^```\n(?:(?!```)[^])*\n```\nafter$/)
        }),
      )
    },
  )

  it('leave no code empty, which would begin another', () => {
    expect(slackMrkdwn(fillNotice('`{{a}}` and ``{{b}}``', {a: '', b: ' '}))).toBe('`–` and `–`')
  })

  it('hide nothing', () => {
    expect(fillNotice('{{a}}', {a: 'pay\u202Elap\u200B'})).toBe(String.raw`pay\\u202elap\\u200b`)
  })
})
