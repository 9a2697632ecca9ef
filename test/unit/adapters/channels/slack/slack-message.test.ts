import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {slackMessage} from '../../../../../src/adapters/channels/slack/slack-message.js'
import {slackMrkdwn} from '../../../../../src/adapters/channels/slack/slack-mrkdwn.js'
import {shorten, splitText} from '../../../../../src/domain/notices/split-text.js'
import {ENGLISH, wordsFor} from '../../../../../src/render/words/words.js'
import {aNotice} from '../../../../support/builders/notice.js'
import {blocksProblem, charactersOf} from '../../../../support/servers/slack-blocks.js'

const BRAZIL = {words: wordsFor('pt-BR').notice, timezone: 'America/Sao_Paulo'}

describe('Markdown in Slack', () => {
  it.each([
    ['**bold** and __bold__', '*bold* and *bold*'],
    ['*italic* and _italic_', '_italic_ and _italic_'],
    ['**bold *and* italic**', '*bold _and_ italic*'],
    ['~~gone~~', '~gone~'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['## Heading ##', '*Heading*'],
    ['- one\n  * two\n+ three', '• one\n  • two\n• three'],
    ['- [ ] call\n- [x] done', '☐ call\n☑ done'],
    ['[text](https://x.y/?a=1&b=2)', '<https://x.y/?a=1&amp;b=2|text>'],
    ['![graph](https://x.y/g.png "title")', '<https://x.y/g.png|graph>'],
    ['<https://x.y>', '<https://x.y>'],
    ['[bad](javascript:alert)', 'bad (javascript:alert)'],
    ['`a < b` & c', '`a &lt; b` &amp; c'],
    ['`**not bold**`', '`**not bold**`'],
    ['```sh\necho "**<x>**"\n```', '```\necho "**&lt;x&gt;**"\n```'],
    ['```\nnever closed', '```\nnever closed\n```'],
    ['> quoted **text**', '> quoted *text*'],
    ['a\n\n---\nb', 'a\n\n———\nb'],
    ['shop__api__1 snake_case_name a*b*c', 'shop__api__1 snake_case_name a*b*c'],
    ['src/**/*.ts and lib/**/*.js', 'src/∗∗/∗.ts and lib/∗∗/∗.js'],
    ['5*3*2 and **API**s', '5*3*2 and ∗∗API**s'],
    ['~/a is ~5 and ~6~', '∼/a is ∼5 and ∼6~'],
    [String.raw`\*lit* \_so_ \`no\` 1\. x`, '∗lit* ˍso_ ˋnoˋ 1. x'],
    ['&amp; &lt;!channel&gt; &#42;x&#42;', '&amp; &lt;!channel&gt; ∗x*'],
    ['**a\\* b** c', '*a∗ b* c'],
    ['**a `x*` b**', '*a `x*` b*'],
    ['# a **b** *c*', '*a b _c_*'],
    ['**two\nlines**', '*two*\n*lines*'],
    ['one  \ntwo\\\nthree\nfour', 'one\ntwo\nthree\nfour'],
    ['at x:\n  at y\n\tat z', 'at x:\n  at y\n\tat z'],
    ['3. a\n4. b\n   1) c', '3. a\n4. b\n   1) c'],
    ['1. 2.', '1. 2.'],
    ['- a\n\n- b\n  more', '• a\n\n• b\n  more'],
    ['- [x] done\n  1. [ ] open', '☑ done\n  1. ☐ open'],
    ['1. a\n   ```\n   x\n     y\n   ```\n   b', '1. a\n```\nx\n  y\n```\n   b'],
    ['> a\n> ```\n> x\n> ```\n>\n> - b', '> a\n```\nx\n```\n>\n> • b'],
    ['- ```\n  x', '•\n```\nx\n```'],
    ['```py\nTraceback:\n  File "x"\n\n**E**\n```', '```\nTraceback:\n  File "x"\n\n**E**\n```'],
    ['````\n```\nx\n````', '```\nˋˋˋ\nx\n```'],
    ['    code', '```\ncode\n```'],
    ['[a (b)](https://x.y/a_(b) "t")', '<https://x.y/a_(b)|a (b)>'],
    [
      '[a][r] [r] ![g][r]\n\n[r]: <https://x.y/a b|c> "t"',
      '<https://x.y/a%20b%7Cc|a> <https://x.y/a%20b%7Cc|r> <https://x.y/a%20b%7Cc|g>',
    ],
    ['[a][none] [b]', '[a][none] [b]'],
    [
      'https://x.y/a_b. www.x.y <mailto:a@b.c> a@b.c',
      '<https://x.y/a_b>. <http://www.x.y|www.x.y> <mailto:a@b.c> a@b.c',
    ],
    ['[**a|b**](https://x.y) [![i](https://x.y/i)](https://x.y)', '<https://x.y|*a/b*> <https://x.y|i>'],
    ['[a](../b.md) ![](c.png)', 'a (../b.md) c.png'],
    [
      '<b>x</b> <!-- y -->\n\n<div>\n**x**\n</div>',
      '&lt;b&gt;x&lt;/b&gt; &lt;!-- y --&gt;\n\n&lt;div&gt;\n∗∗x**\n&lt;/div&gt;',
    ],
    ['| a | b |\n|---|---|\n| **long** | `x` |\n| 1 | [l](https://x.y) |', '```\na     b\nlong  x\n1     l\n```'],
  ])('%j becomes %j', (markdown, mrkdwn) => {
    expect(slackMrkdwn(markdown)).toBe(mrkdwn)
  })

  it('mentions and calls nobody', () => {
    expect(slackMrkdwn('<!channel> <@U1> <#C1|ops>')).toBe('&lt;!channel&gt; &lt;@U1&gt; &lt;#C1|ops&gt;')
  })
})

describe('splitting text', () => {
  it('cuts at line ends, and never loses a line', () => {
    const text = Array.from({length: 50}, (_, index) => `line ${String(index)}`).join('\n')
    const parts = splitText(text, 100)
    expect(parts.every((part) => part.length <= 100)).toBe(true)
    expect(parts.join('\n')).toBe(text)
  })

  it('closes a fence where it cuts, and opens it again', () => {
    const parts = splitText(`\`\`\`\n${'word\n'.repeat(40)}\`\`\``, 100)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.every((part) => part.startsWith('```\n') && part.endsWith('\n```'))).toBe(true)
  })

  it('never cuts a character in two', () => {
    expect(shorten('💥💥💥', 4)).toBe('💥…')
    const parts = splitText('💥'.repeat(200), 101)
    expect(parts.every((part) => part.isWellFormed() && part.length <= 101)).toBe(true)
  })

  it('has no parts without text', () => {
    expect(splitText('', 100)).toEqual([])
    expect(splitText(' \n ', 100)).toEqual([])
  })
})

describe('a notice as a Slack message', () => {
  it('says how it stands, what happened, the facts and who says so', () => {
    const message = slackMessage(aNotice(), BRAZIL)
    expect(message).toEqual({
      text: '🔴 Em andamento: API down – The API is in progress.',
      blocks: [
        {type: 'header', text: {type: 'plain_text', text: '🔴 Em andamento: API down', emoji: true}},
        {type: 'section', text: {type: 'mrkdwn', text: 'The *API* is in progress.', verbatim: true}},
        {type: 'section', fields: [{type: 'mrkdwn', text: '*Runbook*\napi-down', verbatim: true}]},
        {
          type: 'context',
          elements: [
            {
              type: 'mrkdwn',
              verbatim: true,
              text: 'Crítico · faciliauto · Ambiente: staging · Operador: ana@laptop · 23/11/2026, 03:12:04 BRT',
            },
          ],
        },
      ],
    })
  })

  it.each([
    ['resolved', '✅ Resolved: API down'],
    ['unresolved', '❌ Not resolved: API down'],
    ['update', '🔄 Update: API down'],
    ['info', '🔴 Information: API down'],
  ] as const)('has a sign and a word for %s', (state, header) => {
    const {blocks} = slackMessage(aNotice({state}), {words: ENGLISH.notice, timezone: 'UTC'})
    expect(blocks[0]).toMatchObject({text: {text: header}})
  })

  it('says that it was shortened', () => {
    const {blocks} = slackMessage(aNotice({body: 'a line of the log\n'.repeat(5000)}), {
      words: ENGLISH.notice,
      timezone: 'UTC',
    })
    const text = 'Shortened, without the rest of the text and 1 fact: see faci runs 01ARZ3NDEKTSV4RRFFQ69G5FAV'
    expect(blocks).toContainEqual({type: 'section', text: {type: 'mrkdwn', text, verbatim: true}})
  })

  it('calls a person by their id, and by nothing that is none', () => {
    const called = (slackMember: string): string =>
      JSON.stringify(slackMessage(aNotice({facts: [{name: 'On call', value: 'Ana <!channel>', slackMember}]}), BRAZIL))
    expect(called('U012AB3CD')).toContain(String.raw`*On call*\n<@U012AB3CD> Ana &lt;!channel&gt;`)
    expect(called('!channel')).not.toContain('<!channel>')
    expect(called('U1><!here')).not.toContain('<!here')
  })

  it('leaves out facts before any of the text, and says how many and where they are', () => {
    const facts = Array.from({length: 12}, (_, index) => ({name: String(index), value: 'v'.repeat(1900)}))
    const incident = {
      id: 'x',
      handle: 'INC-7',
      subject: 'API down',
      priority: 'P0',
      reopenings: 0,
      step: 'opened',
    } as const
    const notice = aNotice({body: 'b'.repeat(6000), facts, incident})
    const {blocks} = slackMessage(notice, {words: ENGLISH.notice, timezone: 'UTC'})
    const shown = JSON.stringify(blocks)
    expect(shown.match(/b/g)?.length).toBeGreaterThanOrEqual(6000)
    expect(shown).toContain('Shortened, without 9 facts: see INC-7')
    expect(blocksProblem(blocks)).toBeNull()
  })

  it('is within what Slack takes of a whole message, though every block would be', () => {
    const long = fc.nat({max: 5000}).map((length) => '&x\n'.repeat(length))
    const facts = fc.array(fc.record({name: fc.string(), value: long}), {maxLength: 12})
    fc.assert(
      fc.property(fc.string({maxLength: 300}), long, facts, (title, body, given) => {
        const {text, blocks} = slackMessage(aNotice({title, body, facts: given}), BRAZIL, true)
        expect(blocksProblem(blocks)).toBeNull()
        expect(charactersOf(blocks) + text.length).toBeLessThanOrEqual(13_200)
      }),
      {numRuns: 6},
    )
  })

  it('is always one that Slack takes', () => {
    const long = fc.string({unit: 'grapheme', maxLength: 400})
    const body = fc.array(fc.oneof(long, fc.constantFrom('```', '# x', '- [ ] y', '&&&<<<', '')), {maxLength: 60})
    const facts = fc.array(fc.record({name: long, value: long}), {maxLength: 60})
    fc.assert(
      fc.property(long, body, facts, (title, lines, given) => {
        const {text, blocks} = slackMessage(aNotice({title, body: lines.join('\n'), facts: given}), BRAZIL)
        expect(blocksProblem(blocks)).toBeNull()
        expect(text.length).toBeGreaterThan(0)
      }),
      {numRuns: 200},
    )
  })
})
