import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {slackMrkdwn} from '../../../../src/adapters/channels/slack/slack-mrkdwn.js'
import {drawnMarkdown} from '../../../../src/formats/markdown/drawn-markdown.js'
import {PLAIN_TEXT} from '../../../../src/formats/markdown/plain-text.js'
import {terminalMarkdown} from '../../../../src/render/notices/terminal-markdown.js'
import {PLAIN} from '../../../../src/render/text/style.js'

const onTerminal = (markdown: string): string => terminalMarkdown(markdown, 80, PLAIN).join('\n')

/** What begins or ends something, what is hidden, and what Slack would obey. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'`*_~[]()<>#+-=|!\\&$:/.1)"\'@ab \n\t\r'.split(''),
        ...['**', '```', '~~~', '~~', '<b>', '&amp;', '- [ ] ', '1. ', '\n\n', '\n> ', '\n    ', '\n- ', '|-|-|\n'],
        ...[
          '[x](http://e.example)',
          '<!channel>',
          '<@U1>',
          '<#C1|ops>',
          '<http://',
          'https://a.b|<!here>',
          '\n[a]: ',
          '[a]',
        ],
        ...[
          '&#27;',
          '&#x202e;',
          '&lt;!here&gt;',
          '\u001B[31m',
          '\u202E',
          '\u200B',
          '\u0000',
          '\uE00A',
          '\uD800',
          '&#10;',
        ],
      ),
      fc.string({maxLength: 3, unit: 'binary'}),
    ),
    {maxLength: 40},
  )
  .map((parts) => parts.join(''))

const LINK = /<(?:https?|mailto):[^<>|\s]*(?:\|[^<>|\n]*)?>/gi
const HIDDEN = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115F\u1160\u3164\uFFA0\uE00A]/u

describe('Markdown of whoever wrote it', () => {
  it('mentions nobody in Slack, and the only markup with angles is a link', () => {
    fc.assert(
      fc.property(hostile, (markdown) => {
        const text = slackMrkdwn(markdown)
        const quotes = text.replaceAll(LINK, '').replaceAll(/^[ \d.)•☐☑]*(?:> ?[ \d.)•☐☑]*)+/gmu, '')
        expect(quotes).not.toMatch(/[<>]/)
        expect(text).not.toMatch(HIDDEN)
      }),
      {numRuns: 500},
    )
  })

  it('hides nothing on a terminal, and is as wide as that', () => {
    fc.assert(
      fc.property(hostile, (markdown) => {
        expect(onTerminal(markdown)).not.toMatch(HIDDEN)
      }),
      {numRuns: 300},
    )
  })

  it('keeps every line of its code', () => {
    const line = fc.constantFrom(
      'Traceback:',
      '  File "x", **y**',
      '',
      '> a',
      '- b',
      '# c',
      '<!channel>',
      '[r]: x',
      '``',
    )
    fc.assert(
      fc.property(
        fc.array(line, {minLength: 1, maxLength: 12}),
        fc.constantFrom('', '> ', '- ', '1. '),
        (code, item) => {
          const next = item === '> ' ? item : ' '.repeat(item.length)
          const body = ['```', ...code, '```'].map((text, index) => (index === 0 ? item : next) + text).join('\n')
          const escaped = code.map((text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
          expect(slackMrkdwn(body)).toContain(['```', ...escaped, '```'].join('\n'))
          expect(drawnMarkdown(body, PLAIN_TEXT)).toBe(code.join('\n'))
        },
      ),
    )
  })

  // Each of them takes a parser minutes, or nests deeper than a stack.
  it.each([
    ...[
      '[',
      '![',
      '*',
      '*a_ ',
      'a*',
      '*_',
      '`',
      '<',
      '<!--',
      'a <?',
      '>',
      '> ',
      '- ',
      '1. ',
      '- + * ',
      '[a](',
      '[a]',
      '~~',
      '|',
      '\\',
    ],
    ...['- a\n', '- [ ] a\n', 'a|b\n', '[a]: b\n\n', '# a\n', 'a\n'],
  ])(
    'is read in bounded time: %j, over and over',
    (unit) => {
      const body = unit.repeat(60_000 / unit.length)
      expect(slackMrkdwn(body)).not.toBe('')
      expect(() => onTerminal(body)).not.toThrow()
    },
    60_000,
  )

  it('is not made long by references', () => {
    const url = `https://x.y/${'z'.repeat(30_000)}`
    expect(slackMrkdwn(`[a]: ${url}\n\n${'[a]\n\n'.repeat(4000)}`).length).toBeLessThan(100_000)
  })

  it('is text where it is too deep, with nothing left out', () => {
    expect(drawnMarkdown(`${'> '.repeat(45)}end`, PLAIN_TEXT)).toMatch(/^(?:> )*end$/)
    expect(slackMrkdwn(`${'**a '.repeat(40)}end${'**'.repeat(40)}`)).toContain('end')
  })

  it('is text where it is too long, after what was read', () => {
    const lines = ['**a**', ...Array.from({length: 4000}, (_, index) => `line ${String(index)}`), '**z**']
    const shown = slackMrkdwn(lines.join('\n')).split('\n')
    expect(shown).toHaveLength(lines.length)
    expect(shown.at(0)).toBe('*a*')
    expect(shown.at(-1)).toBe('∗∗z**')
  })

  it('is nothing where there is nothing', () => {
    expect([slackMrkdwn(''), slackMrkdwn(' \n\n '), onTerminal('')]).toEqual(['', '', ''])
  })
})
