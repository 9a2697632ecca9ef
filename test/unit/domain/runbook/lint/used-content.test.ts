import {describe, expect, it} from 'vitest'
import {type UsedContent, usedFileProblems} from '../../../../../src/domain/runbook/lint/used-content.js'
import {runbookFaultText} from '../../../../../src/render/words/en/lint/runbook.js'
import {aDiagnosis, aPlan} from '../../../../support/runbook-builder.js'

function problems(file: string, content: Partial<UsedContent>, body = 'true') {
  const {runbook} = aPlan([aDiagnosis('look', {body})], {runbook: {uses: [file]}})
  const faults = usedFileProblems(runbook, file, {text: null, begins: 'other', ...content})
  return faults.map((fault) => ({...fault, ...runbookFaultText(fault)}))
}

function rules(file: string, content: Partial<UsedContent>, body?: string): readonly string[] {
  return problems(file, content, body).map(({rule}) => rule)
}

describe('a file of `uses` that is no text', () => {
  it.each(['fix.sh', 'fix.bash', 'FIX.PY', 'a/fix.mjs', 'fix.sql', 'fix.awk', 'fix.rb', 'fix.pl', 'fix.ts'])(
    '%s is refused by its name, whatever it begins with',
    (file) => {
      for (const begins of ['script', 'program', 'other'] as const) expect(rules(file, {begins})).toEqual(['hidden'])
    },
  )

  it('is refused when it begins as a script', () => {
    expect(rules('fix', {begins: 'script'})).toEqual(['hidden'])
  })

  it.each([
    'sh fix',
    'bash -eu ./fix',
    '/bin/dash bin/fix',
    '. ./fix',
    'source fix',
    'sudo -n python3.12 fix',
    'python -W ignore fix',
    'bash -o pipefail fix',
    'cd bin && sh fix --now',
    'sh "$dir/fix"',
    'x=$(timeout 10 node ./fix)',
  ])('is refused where a block has it run: %s', (body) => {
    expect(rules('bin/fix', {begins: 'program'}, body)).toEqual(['hidden'])
  })

  it('is refused where a block starts it, and the system would leave it to a shell', () => {
    expect(rules('fix', {}, './fix')).toEqual(['hidden'])
    expect(rules('fix', {begins: 'program'}, './fix --now')).toEqual([])
  })

  it.each(['./fix.sh table.bin', 'python3 plot.py table.bin', 'cat table.bin', 'sh -c "true" table.bin'])(
    'is let be where it is only read: %s',
    (body) => {
      expect(rules('table.bin', {}, body)).toEqual([])
    },
  )

  it('says what to do', () => {
    expect(problems('fix', {begins: 'program'}, 'sh fix')[0]).toMatchObject({
      message: 'content that is not text, so that nobody can read what it does, and a block runs it with `sh`',
      suggestion: 'save it as UTF-8, without NUL bytes',
    })
  })
})

describe('data of `uses`', () => {
  const ROWS = '\uFEFFname;price\nação;1\u00A0000,00\u202F€\nπr;2\f\nраy;❤️\n'

  it.each(['fix.csv', 'fix.tsv', 'fix.json', 'fix.txt', 'fix.md', 'fix.HTML', 'fix.xml'])('%s is free', (file) => {
    expect(rules(file, {text: ROWS}, `./tool ${file}`)).toEqual([])
  })

  it('is a script to a block that runs it, and when it begins as one', () => {
    expect(rules('fix.txt', {text: 'rm\u00A0-r x\n'}, 'sh fix.txt')).toEqual(['hidden'])
    expect(rules('fix.txt', {text: '#!/bin/sh\nrm\u00A0-r x\n', begins: 'script'})).toEqual(['hidden'])
  })

  it.each(['\u202E', '\u001B[2J', '\u0000', '\u200B', '\u009B', 'a\rb'])('hides nothing: %j', (text) => {
    expect(rules('fix.csv', {text: `name;${text}\n`})).toEqual(['hidden'])
  })

  it('of another name may begin with a byte order mark; a shell script may not', () => {
    expect(rules('fix.py', {text: '\uFEFFprint(1)\n'})).toEqual([])
    expect(rules('fix.py', {text: 'print(1)\uFEFF\n'})).toEqual(['hidden'])
    expect(rules('fix.sh', {text: '\uFEFFtrue\n'})).toEqual(['hidden'])
  })

  it('names what it is and where', () => {
    expect(problems('fix.py', {text: 'x = 1\nif\u00A0x: y()\n'})).toMatchObject([
      {line: 2, column: 3, message: 'a no-break space (U+00A0), which looks like a space and is none to a program'},
    ])
  })
})
