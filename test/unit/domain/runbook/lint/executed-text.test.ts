import fc from 'fast-check'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {parseRunbook} from '../../../../../src/formats/runbook/parse-runbook.js'
import {
  executedTextProblems,
  turnedProse,
  usedTextProblems,
} from '../../../../../src/domain/runbook/lint/executed-text.js'
import {lintRunbooks} from '../../../../../src/usecases/runbook/lint-runbooks.js'
import {LINT_INPUT, lintDeps} from '../../../../support/lint-deps.js'

function runbook(text: string) {
  const read = parseRunbook('x', 'x.md', text)
  return read.kind === 'valid' ? read.runbook : read.draft
}
function refusals(text: string) {
  const read = parseRunbook('x', 'x.md', text)
  return read.kind === 'valid' ? [] : read.problems
}
const told = (text: string) => executedTextProblems(runbook(text)).map(({rule, line, column}) => [rule, line, column])

/** One of everything that runs; `¤` marks the places. */
const BOOK = `---
title: Não é nada
alerts: [APIDown¤]
inputs: {service: {default: 'ap¤i'}} # coment¤ário
resolved: {all: [{promql: 'up¤ == 1', expect: '>= 1'}]}
---
# Ação
## Passo

\`\`\`sh {diagnose id=a timeout=1m¤ expect="== 1¤"}
fa¤ci logs "$servi¤ce" 'a¤b' # no¤ta
cat <<EOF
tex¤to
EOF
\`\`\`

\`\`\`promql {diagnose}
sum(u¤p{job="a¤"}) # no¤ta
\`\`\`

\`\`\`http {diagnose}
GET http://x/¤a
X-A: b¤

{"a": "b¤"}
\`\`\`

\`\`\`md {notify to=slack¤}
texto
\`\`\`
`
const PLACES = [...BOOK.matchAll(/¤/g)].map(({index}) => index)
const CLEAN = BOOK.replaceAll('¤', '')

function withAt(place: number, text: string): string {
  return `${BOOK.slice(0, place).replaceAll('¤', '')}${text}${BOOK.slice(place + 1).replaceAll('¤', '')}`
}

function everyCodePoint(pattern: RegExp): readonly string[] {
  const found: string[] = []
  for (let code = 0; code <= 0x10_ff_ff; code += 1) {
    const character = code >= 0xd8_00 && code < 0xe0_00 ? '' : String.fromCodePoint(code)
    if (pattern.test(character)) found.push(character)
  }
  return found
}

const HIDDEN = everyCodePoint(/^(?:[^\P{Cc}\n\r\t]|[\p{Cf}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0])$/u)
const SPACES = everyCodePoint(/^[^\P{Zs} ]$/u)

describe('what runs', () => {
  it('has no finding where nothing is hidden', () => {
    expect(told(CLEAN)).toEqual([])
    expect(told(CLEAN.replaceAll('\n', '\r\n'))).toEqual([])
    expect(told(`\uFEFF${CLEAN}`)).toEqual([])
  })

  it('holds no hidden character, wherever it stands', () => {
    expect(HIDDEN.length).toBeGreaterThan(200)
    const all = HIDDEN.map((character) => `x${character}y`).join('')
    for (const place of PLACES) {
      const text = withAt(place, all)
      const found = told(text).filter(([rule]) => rule === 'hidden')
      // Braces that cannot be read any more are no block: refused for that.
      if (found.length === 0) expect(refusals(text)).not.toEqual([])
      else expect(found.length).toBeGreaterThanOrEqual(HIDDEN.length)
    }
    fc.assert(
      fc.property(fc.constantFrom(...HIDDEN), fc.constantFrom(...PLACES), (character, place) => {
        const text = withAt(place, character)
        expect([...told(text), ...refusals(text)]).not.toEqual([])
      }),
    )
  })

  it('has no space that is none to a program outside quotes and comments', () => {
    for (const space of SPACES) {
      expect(told(CLEAN.replace('faci logs', `faci${space}logs`))).toEqual([['hidden', 11, 5]])
      expect(told(CLEAN.replace('sum(up', `sum(${space}up`))).toEqual([['hidden', 18, 5]])
      expect(told(CLEAN.replace('timeout=1m', `timeout=1m${space}`))).toEqual([['hidden', 10, 32]])
      expect(told(CLEAN.replace("'ab' # nota", `'a${space}b' # no${space}ta`))).toEqual([])
      expect(told(CLEAN.replace('Não é', `Não${space}é`).replace('texto\nEOF', `tex${space}to\nEOF`))).toEqual([])
    }
  })

  it.each([
    ['faci', 'fаci', [['mixed-script', 11, 2]]],
    ['sum', 'ѕum', [['mixed-script', 18, 1]]],
    ['APIDown', 'APΙDown', [['mixed-script', 3, 12]]],
    ["'ab'", "'аb'", []],
    ['# nota', '# nоta', []],
    ['faci logs', 'файл logs', []],
    ['faci logs', 'açãо_é logs', [['mixed-script', 11, 4]]],
  ])('%s as %s: %j', (plain, forged, found) => {
    expect(told(CLEAN.replace(plain, forged))).toEqual(found)
  })

  it('has no lone carriage return anywhere, which an editor shows as another text', () => {
    expect(told(CLEAN.replace('faci logs', 'rm -rf /\rfaci logs'))).toEqual([['hidden', 11, 1]])
  })

  it('may hold emoji in strings and comments, and nothing hidden beside them', () => {
    const emoji = '👩‍💻 🌡️ 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👋🏽'
    expect(told(CLEAN.replace("'ab' # nota", `'${emoji}' # ${emoji}`))).toEqual([])
    expect(told(CLEAN.replace("'ab'", "'a\u200Db'"))).not.toEqual([])
    expect(told(CLEAN.replace("'ab'", 'x\uFE0F'))).not.toEqual([])
  })

  it('is no prose: there only a turn of the direction of writing is pointed out', () => {
    const turned = CLEAN.replace('## Passo', '## Pas\u202Eso').replace('\ntexto\n```\n', '\ntex\u2066to\n```\n')
    expect(told(turned)).toEqual([])
    expect(turnedProse(runbook(turned)).map(({rule, line}) => [rule, line])).toEqual([
      ['bidi', 8],
      ['bidi', 29],
    ])
  })

  it('has no finding for Portuguese prose in strings, comments, titles and notices', () => {
    const word = fc.constantFrom(
      ...'não ação às três “aspas” — – … • → ≥ º ª R$ 50% ✔ 🎉 👩‍💻 ⚠️ d’água café Ünïcode µs Δt'.split(' '),
    )
    const prose = fc.array(word, {minLength: 1, maxLength: 8}).map((words) => words.join(' '))
    fc.assert(
      fc.property(prose, (text) => {
        const book = CLEAN.replace("'ab' # nota", () => `'${text}' "${text}" # ${text}`)
          .replace('Não é nada', () => text)
          .replace('job="a"', () => `job="${text}"`)
          .replace('texto\nEOF', () => `${text}\nEOF`)
          .replace('# Ação', () => `# ${text}`)
          .replace('# comentário', () => `# ${text}`)
        expect(told(book)).toEqual([])
        expect(turnedProse(runbook(book))).toEqual([])
      }),
    )
  })
})

function booksIn(folder: string): Readonly<Record<string, string>> {
  const path = fileURLToPath(new URL(folder, import.meta.url))
  const names = readdirSync(path).filter((name) => name.endsWith('.md') && name !== 'README.md')
  return Object.fromEntries(names.map((name) => [name.slice(0, -3), readFileSync(join(path, name), 'utf8')]))
}

describe('runbooks as people write them', () => {
  it.each(['../../../../support/fixtures/runbooks-pt-br', '../../../../../runbooks'])('%s', async (folder) => {
    const books = booksIn(folder)
    expect(Object.keys(books).length).toBeGreaterThanOrEqual(5)
    const {data} = await lintRunbooks(lintDeps(books), LINT_INPUT)
    expect(data.findings).toEqual([])
  })
})

describe('a file that scripts call', () => {
  const places = (name: string, text: string) =>
    usedTextProblems(name, text, false).map(({rule, line, column}) => [rule, line, column])

  it('holds no hidden character, in strings and comments either', () => {
    for (const character of HIDDEN) {
      expect(places('fix.sh', `true\n# a${character}b\n`)).toEqual([['hidden', 2, 4]])
      expect(places('fix.py', `"""\na${character}b\n"""\n`)).toEqual([['hidden', 2, 2]])
    }
  })

  it.each([
    ['fix.sh', `echo 'a\u00A0ação πr' # nota\u00A0\n`],
    ['fix.py', `"""\ndoc\u00A0παr\n"""\nx = 'a\u00A0b' # παr\n`],
    ['fix.js', `/* a\u00A0b\n παr */ const x = \`a\u00A0b\` // παr\n`],
    ['body.json', '{"title": "ação\u00A0👩‍🚒"}\r\n'],
  ])('%s has accents, no-break spaces and emoji in its strings and comments', (name, text) => {
    expect(places(name, text)).toEqual([])
  })

  it('finds a false space and a false letter in what is neither', () => {
    expect(places('fix', '#!/bin/bash\nrm\u00A0-r x\nfаci status\n')).toEqual([
      ['hidden', 2, 3],
      ['mixed-script', 3, 2],
    ])
    expect(places('fix.py', 'fаci()\n')).toEqual([['mixed-script', 1, 2]])
    expect(places('fix.sh', 'echo a\rrm -r x\n')).toEqual([['hidden', 1, 1]])
  })

  it.each(['/*', '"\\', "'\\", '`a', '"""', '// /*', '" '])('takes no longer than it is long: %j', (opening) => {
    expect(places('fix.py', `${opening.repeat(200_000)}\u202E`)).toHaveLength(1)
  })

  it('is told by lint with its own name and place', async () => {
    const text = '---\nuses: [fix.sh, gone.sh]\n---\n## a\n```sh {diagnose}\n./fix.sh\n./gone.sh\n```\n'
    const {data} = await lintRunbooks(lintDeps({a: text}, {used: {'fix.sh': 'true\n\u202Ex\n'}}), LINT_INPUT)
    expect(data.findings).toMatchObject([{file: 'fix.sh', rule: 'hidden', line: 2, column: 1, severity: 'error'}])
  })
})
