import stringWidth from 'fast-string-width'
import {describe, expect, it} from 'vitest'
import {beside, branches, broken, fit, frame} from '../../../src/render/text/frame.js'
import {PLAIN} from '../../../src/render/text/style.js'

const RED = '\u001B[31m'
const END = '\u001B[39m'

describe('fit', () => {
  it('pads, cuts, and counts neither colours nor wide characters wrongly', () => {
    expect(fit('ab', 4)).toBe('ab  ')
    expect(fit('abcdef', 4)).toBe('abcd')
    expect(fit('a車車', 4)).toBe('a車 ')
  })

  it('ends every colour that it cuts in', () => {
    expect(fit(`${RED}abcdef${END}`, 3)).toBe(`${RED}abc${END}`)
  })
})

describe('frame', () => {
  it('draws the title, a rule, and blocks apart', () => {
    expect(frame('T', [['one'], ['two', 'a line that is too long']], {...PLAIN, width: 16})).toBe(
      [
        '┌──────────────┐',
        '│      T       │',
        '├──────────────┤',
        '│ one          │',
        '│              │',
        '│ two          │',
        '│ a line that  │',
        '│ is too long  │',
        '└──────────────┘',
      ].join('\n'),
    )
  })

  it.each([60, 80, 120, 200])('is exactly %d wide', (width) => {
    const text = frame('title', [['x'.repeat(300), `${RED}y${END}`, '車'.repeat(150)]], {...PLAIN, width})
    expect(new Set(text.split('\n').map((line) => stringWidth(line)))).toEqual(new Set([width]))
  })
})

describe('broken', () => {
  it('loses no word: what goes on stands under its own text', () => {
    expect(broken('  value against its target', 14)).toEqual(['  value', '  against its', '  target'])
    const tree = branches(['CPU: 40.0 % of 70.0 %', 'memory: 12 % of 80.0 %'], PLAIN)
    expect(tree.flatMap((line) => broken(line, 14))).toEqual([
      ...['├─ CPU: 40.0 %', '│  of 70.0 %', '└─ memory: 12', '   % of 80.0 %'],
    ])
  })
})

describe('beside and branches', () => {
  it('puts blocks of different height beside each other', () => {
    expect(beside(['a', 'b'], ['c'], 10)).toEqual(['a    c    ', 'b         '])
  })

  it('ends the tree at the last branch', () => {
    expect(branches(['a', 'b'], PLAIN)).toEqual(['├─ a', '└─ b'])
  })
})
