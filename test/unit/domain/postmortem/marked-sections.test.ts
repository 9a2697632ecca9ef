import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {
  type Bodies,
  identitiesIn,
  identityLine,
  mergedSections,
  newSection,
  piecesOf,
} from '../../../../src/domain/postmortem/marked-sections.js'
import {SECTIONS, type SectionName} from '../../../../src/domain/postmortem/section-name.js'

const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

function bodies(text: string): Bodies {
  return Object.fromEntries(SECTIONS.map((name) => [name, `## ${name}\n\n${text}`])) as Record<SectionName, string>
}

/** A document in which a person wrote before, between and after the sections. */
function written(between: readonly string[], all = bodies('old')): string {
  const parts = SECTIONS.map((name, index) => `${between[index] ?? ''}\n${newSection(name, all)}`)
  return `${parts.join('')}${between[SECTIONS.length] ?? ''}`
}

const LINES = [
  ...['', '# Title', 'we were lucky', '- [ ] call the vendor', '| a | b |', 'é ⏎ \u202e', '<b>', '-->', '  indented'],
  ...['> quoted', '<!-- a comment -->', '`code`', 'faci:begin impact', '<!-- faci:begin impacts -->'],
]
const person = fc.array(fc.constantFrom(...LINES), {maxLength: 4}).map((lines) => lines.join('\n'))
const people = fc.array(person, {minLength: SECTIONS.length + 1, maxLength: SECTIONS.length + 1})

describe('the sections of a post-mortem', () => {
  it('are written anew, and nothing that a person wrote is changed', () => {
    fc.assert(
      fc.property(people, fc.constantFrom('\n', '\r\n'), (between, lineEnd) => {
        const before = written(between).replaceAll('\n', lineEnd)
        const {text, outcomes} = mergedSections(before, bodies('new'))
        expect(Object.values(outcomes)).toEqual(SECTIONS.map(() => 'written'))
        expect(text).toBe(written(between, bodies('new')).replaceAll('\n', lineEnd))
        expect(mergedSections(text, bodies('new'))).toEqual({
          text,
          outcomes: Object.fromEntries(SECTIONS.map((name) => [name, 'same'])),
        })
      }),
    )
  })

  it('lose no line of a text that was cut up, moved and copied in any way', () => {
    const all = written(['a person wrote this', 'and this'])
    const pieces = [...all.split(/(?<=\n)/), 'mine\n', '```\n', '<!-- faci:end impact -->\n', '\n']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), {maxLength: 60}), (lines) => {
        const before = lines.join('')
        const {text, outcomes} = mergedSections(before, bodies('new'))
        // Of each section that was written its own old lines are gone, and no others.
        const isOwn = (line: string): boolean =>
          /^(?:## [a-z]+|old|new|<!-- faci:(?:begin|end) .*-->)?$/.test(line.trim())
        const kept = (one: string): readonly string[] => one.split('\n').filter((line) => !isOwn(line))
        expect(kept(text)).toEqual(kept(before))
        const isUntouched = Object.values(outcomes).every((outcome) => outcome !== 'written')
        if (isUntouched) expect(text).toBe(before)
      }),
      {numRuns: 300},
    )
  })

  it('are kept as a person left them', () => {
    const before = written([]).replace('## impact\n\nold', '## impact\n\nold, but worse')
    const {text, outcomes} = mergedSections(before, bodies('new'))
    expect(outcomes).toMatchObject({impact: 'edited', summary: 'written'})
    expect(text).toContain('## impact\n\nold, but worse\n')
    expect(text).not.toContain('## impact\n\nnew')
  })

  it('count an editor’s line ends and spaces at ends of lines as no change', () => {
    const before = written([]).replaceAll('\n\nold', '  \r\n\r\nold  ')
    expect(mergedSections(before, bodies('new')).outcomes.impact).toBe('written')
  })

  it('are written where a person puts an empty pair of markers', () => {
    const before = 'mine\n<!-- faci:begin impact -->\n<!-- faci:end impact -->'
    const {text, outcomes} = mergedSections(before, bodies('new'))
    expect(outcomes).toMatchObject({impact: 'written', summary: 'missing'})
    expect(text).toMatch(
      /^mine\n<!-- faci:begin impact [0-9a-f]{16} -->\n\n## impact\n\nnew\n\n<!-- faci:end impact -->$/,
    )
  })

  it.each([
    ['missing', (text: string) => text.replaceAll(/<!-- faci:(?:begin|end) impact.*-->\n/g, '')],
    ['unclosed', (text: string) => text.replace('<!-- faci:end impact -->\n', '')],
    ['unclosed', (text: string) => text.replace(/<!-- faci:begin impact.*-->\n/, '')],
    ['doubled', (text: string) => `${text}<!-- faci:begin impact -->\n<!-- faci:end impact -->\n`],
    ['doubled', (text: string) => `${text}<!-- faci:end impact -->\n`],
    ['missing', (text: string) => text.replace('<!-- faci:begin impact', '```\n<!-- faci:begin impact')],
    [
      'nested',
      (text: string) =>
        text
          .replace('<!-- faci:end impact -->\n', '')
          .replace('<!-- faci:end signals -->\n', (end) => `${end}<!-- faci:end impact -->\n`),
    ],
  ])('are refused with markers that are %s, to the letter', (fault, spoiled) => {
    const before = spoiled(written(['mine', 'yours']))
    const {text, outcomes} = mergedSections(before, bodies('old'))
    expect(outcomes.impact).toBe(fault)
    expect(text).toBe(before)
  })

  it('refuse both of two that are within one another', () => {
    const before = written([])
      .replace('<!-- faci:end impact -->\n', '')
      .replace('<!-- faci:end signals -->\n', (end) => `${end}<!-- faci:end impact -->\n`)
    expect(mergedSections(before, bodies('new')).outcomes).toMatchObject({
      ...{impact: 'nested', signals: 'nested', summary: 'written', timeline: 'written'},
    })
  })

  it('are told from what is people’s, without markers', () => {
    const text = `# Title\n${identityLine(ID)}\n\n${newSection('impact', bodies('x'))}\nmine\n`
    expect(piecesOf(text)).toEqual([
      {section: null, text: '# Title\n\n'},
      {section: 'impact', text: '\n## impact\n\nx\n\n'},
      {section: null, text: '\nmine\n'},
    ])
  })

  it('belong to the incident that the text names, outside of code', () => {
    expect(identitiesIn(`# T\n${identityLine(ID)}\n`)).toEqual([ID])
    expect(identitiesIn(`# T\n\`\`\`\n${identityLine(ID)}\n\`\`\`\n`)).toEqual([])
    expect(identitiesIn('# T\n')).toEqual([])
  })
})
