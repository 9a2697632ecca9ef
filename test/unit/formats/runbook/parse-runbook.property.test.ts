import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {parseRunbook} from '../../../../src/formats/runbook/parse-runbook.js'
import {quickSummary} from '../../../../src/formats/runbook/quick-summary.js'
import {lintRunbook} from '../../../../src/domain/runbook/lint/lint-runbook.js'
import {queriesOf, toolsOf, unknownServices, urlsOf} from '../../../../src/domain/runbook/lint/live-subjects.js'
import {slowSummary} from '../../../../src/formats/runbook/slow-summary.js'

const PIECES = [
  '---\n',
  '# T\n',
  '## Step\n',
  '```sh {diagnose}\n',
  '```\n',
  '~~~promql {verify expect="> 1"}\n',
  '~~~\n',
  'up{a="${x}"}\n',
  '- [ ] task\n',
  '  - nested\n',
  '> quote\n',
  '| a | b |\n|---|---|\n',
  '<!-- \n',
  '-->\n',
  '<pre>\n',
  '\t',
  '\r\n',
  '\uFEFF',
  'title: &a x\n',
  'alerts: *a\n',
  'inputs: {a: {oneOf: [1, 2]}}\n',
  '<<: *a\n',
  '🚨',
  '\0',
  '\uD800',
  '{',
  '}',
  '"',
  '```md {notify to=slack}\n{{summary}}\n',
  'resolved: {all: [{health: api}]}\n',
  '```http {mitigate confirm=always}\nPOST http://x/${a}\n\n',
  '[[[[',
  '- ? : - ? :\n',
  '\\\n',
  '&#123;',
]

const EOL = fc.constantFrom('\n', '\r\n', '\r')
const INLINE = fc.oneof(
  fc.constantFrom('word', '🚨👩‍🚒', '\t', '`code`', '[a](b "c")', '<b>', '&amp;', '{x}', '| a | b |', '|---|:-:|', '***'),
  fc.string({unit: 'binary', maxLength: 12}),
  fc.string({unit: 'grapheme', maxLength: 12}),
)
const LINE = fc.array(INLINE, {maxLength: 5}).map((parts) => parts.join(' '))

/** Lists, quotes and tables in one another, HTML around them. */
const nested = fc
  .tuple(fc.array(fc.constantFrom('  ', '    ', '\t', '> ', '- ', '1. ', '- [ ] ', '* '), {maxLength: 8}), LINE)
  .map(([prefix, line]) => prefix.join('') + line)
const fenced = fc
  .tuple(
    fc.constantFrom('', '  ', '- ', '> '),
    fc.constantFrom('```', '~~~', '````'),
    fc.constantFrom(
      'sh {diagnose}',
      'promql {verify}',
      'http {mitigate id=a}',
      'md {notify to=x}',
      'sh {',
      'sh {}',
      'x {y=}',
      '',
    ),
    LINE,
    fc.boolean(),
  )
  .map(([prefix, marker, info, body, closed]) => [prefix + marker + info, body, ...(closed ? [marker] : [])].join('\n'))
const frontMatter = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'title: &a x',
        'alerts: [*a]',
        'owner: *a',
        'inputs: &i {a: {default: b}}',
        '<<: *i',
        'services: [&s api, *s]',
      ),
      fc.constantFrom(
        'resolved: {all: [{promql: "up", expect: 1}]}',
        'timeout: !!str 5m',
        '? [a]',
        'a: *nowhere',
        '%YAML 1.2',
        '...',
      ),
      LINE,
    ),
    {maxLength: 5},
  )
  .map((lines) => ['---', ...lines, '---'].join('\n'))
const html = fc.constantFrom('<details>', '<!-- x', '-->', '<pre>', '</pre>', '<?', '<![CDATA[', '<script>', '<div\n')
const document = fc
  .tuple(
    fc.constantFrom('', '\uFEFF'),
    fc.option(frontMatter, {nil: ''}),
    fc.array(fc.oneof(nested, fenced, html, LINE, fc.constantFrom('## Step', '# Title', '')), {maxLength: 30}),
    EOL,
  )
  .map(([mark, front, lines, end]) => mark + [front, ...lines].join('\n').replaceAll('\n', end))

const pieces = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({unit: 'binary', maxLength: 12})), {maxLength: 60})
  .map((parts) => parts.join(''))
const markdown = fc.oneof(pieces, document)

describe('any text', () => {
  it.each([
    ['inside its line where a list expands a tab', '\n- ```promql {verify}\n\t', {line: 3, column: 2}],
    ['where it stands in the file', '```promql {diagnose}\nsum(\nup ))\n```', {line: 3, column: 5}],
    ['also in a list', '- a list\n  ```promql {diagnose}\n  up )\n  ```', {line: 3, column: 6}],
    [
      'in a folded condition',
      "---\nresolved:\n  all:\n    - {expect: 1, promql: 'up\n      and ))'}\n---",
      {line: 5, column: 11},
    ],
    [
      'in a block of text',
      '---\nresolved:\n  all:\n    - promql: |\n        up ))\n      expect: 1\n---',
      {line: 5, column: 12},
    ],
  ])('has its PromQL problem %s', (_, text, place) => {
    const read = parseRunbook('x', 'x.md', text)
    const places = read.kind === 'invalid' ? read.problems.filter(({rule}) => rule === 'promql') : []
    expect(places).toMatchObject([place])
  })

  it.each([
    ['of an alias to a text over lines', '---\ntitle: &a x\n {x}\nalerts: [*a]\n---', {line: 3, column: 4}],
    ['after an escape', '---\nalerts: ["\\u0041 {b"]\n---\nAll', {line: 2, column: 20}],
  ])('has its problem with an alert %s', (_, text, place) => {
    const read = parseRunbook('x', 'x.md', text)
    expect(read.kind === 'invalid' ? read.problems : []).toMatchObject([{rule: 'alert', ...place}])
  })

  it('is a runbook or a list of problems with places in the file, never a crash', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const read = parseRunbook('x', 'x.md', text)
        const lines = text.split(/\r\n|\r|\n/)
        if (read.kind === 'invalid')
          for (const {line, column, message} of read.problems) {
            expect(line).toBeGreaterThanOrEqual(1)
            expect(line).toBeLessThanOrEqual(lines.length)
            expect(column).toBeGreaterThanOrEqual(1)
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
            expect(message).not.toBe('')
          }
        else
          expect(new Set(read.runbook.steps.flatMap(({items}) => items.map(({id}) => id))).size).toBe(
            read.runbook.steps.flatMap(({items}) => items).length,
          )
      }),
      {numRuns: 500},
    )
  })

  it('is judged by every rule, with places in the file', () => {
    const context = {channels: ['slack'], setups: {}, healthNames: ['api'], alertRules: [], all: []}
    fc.assert(
      fc.property(markdown, (text) => {
        const read = parseRunbook('x', 'x.md', text)
        const runbook = read.kind === 'valid' ? read.runbook : read.draft
        const lines = text.split(/\r\n|\r|\n/)
        const places = [...lintRunbook(runbook, false, context), ...unknownServices(runbook, [])]
        const subjects = [...queriesOf(runbook), ...urlsOf(runbook, {}), ...toolsOf(runbook)].map(({place}) => place)
        for (const {line, column} of [...places, ...subjects]) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines.length)
          expect(column).toBeGreaterThanOrEqual(1)
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
        }
      }),
      {numRuns: 500},
    )
  })

  const value = fc.oneof(
    fc.constantFrom(
      'API down',
      "'q: x'",
      '"z"',
      '[a, b]',
      '[]',
      '3',
      'a # b',
      '- x',
      '|',
      '*a',
      'a:',
      '? x',
      '# c',
      '',
    ),
    fc.constantFrom('\'Burn{slo="uptime"}\'', "'a # b'", '- - x', '- a: b', '-'),
    fc.string({maxLength: 8}),
  )
  /** Beside the key, or in lines below it, at depths that may differ. */
  const written = fc.oneof(
    value.map((text) => ` ${text}`),
    fc
      .array(fc.tuple(fc.constantFrom('- ', '  - ', '  - ', '    - ', '  ', '  # ', '# ', '', '\t- '), value), {
        maxLength: 4,
      })
      .map((items) => items.map(([before, text]) => `\n${before}${text}`).join('')),
  )

  it('has a summary, the quick one the same as the slow one', () => {
    fc.assert(
      fc.property(written, written, (title, alerts) => {
        const text = `---\ntitle:${title}\nalerts:${alerts}\n---\n# Heading\n`
        const quick = quickSummary('x', text)
        const read = parseRunbook('x', 'x.md', text)
        if (quick !== null && read.kind === 'valid') expect(quick).toEqual(slowSummary('x', text))
      }),
      {numRuns: 1000},
    )
  })

  it('has a quick summary when its alerts are a list of lines', () => {
    const text =
      '---\nalerts: # of the guide\n  - APIDown # at once\n\n  # and\n  - \'Burn{slo="uptime"}\'\nservices: [api]\n---\n# Down\n'
    expect(quickSummary('x', text)).toEqual({
      name: 'x',
      title: 'Down',
      severity: 'warning',
      alerts: ['APIDown', 'Burn{slo="uptime"}'],
      services: ['api'],
    })
  })

  it('has the title of its heading, whichever reads it', () => {
    expect(slowSummary('x', '---\nseverity: critical\n---\n# Down\n').title).toBe('Down')
  })
})

describe('a 5 MB file', () => {
  const many = (piece: string): string => piece.repeat(Math.ceil(5_000_000 / piece.length))
  it.each([
    ['prose', many('a line of prose with `code` and *stars* and a [link](x)\n')],
    ['headings', many('## Step\n\ntext\n\n')],
    ['fences that do not run', many('```sh\necho {x}\n```\n')],
    ['fences that run', many('## Step\n```sh {diagnose}\ntrue\n```\n')],
    ['one long line', many('x {')],
    ['brackets', many('[')],
    ['task lists', many('- [ ] do it\n')],
    ['quotes', many('>')],
    ['backticks', many('`')],
    ['a front matter', `---\n${many('a: {\n')}\n---\n`],
    ['noise', many('\0\uFFFD\u0001~~~\n')],
  ])('of %s is read, or told to be too large', (_, text) => {
    const read = parseRunbook('x', 'x.md', text)
    if (read.kind === 'valid') expect(read.runbook.source).toHaveLength(text.length)
    else expect(read.problems.length).toBeGreaterThan(0)
  })
})
