import stringWidth from 'fast-string-width'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {GateCard} from '../../../src/domain/execution/gate-card.js'
import {renderGateCard} from '../../../src/render/runbook/gate-card.js'
import {PLAIN} from '../../../src/render/text/style.js'

const CARD: GateCard = {
  id: 'restart',
  role: 'mitigate',
  language: 'sh',
  environment: 'development',
  inputs: ['service=api'],
  prose: 'Most often the API hangs.',
  body: 'faci restart api\n',
  attributes: 'mitigate id=restart timeout=1m',
  judged: ['exit code 0', 'verify `up` {verify expect=1}: up'],
  uses: [],
  impact: ['api (as the runbook says)', 'no command that is known to remove containers'],
  unmet: [{condition: 'up', state: 'false', detail: {why: 'measured', got: '0', expected: '> 0'}}],
  next: '`recreate` comes next',
  unknown: false,
}

/** What stands behind the numbers, which count every line. */
function bodyOf(screen: string): string {
  const lines = screen.split('\n').flatMap((line) => [...line.matchAll(/^ +(\d*) [│↪] (.*)$/gsu)])
  const bodies = lines.map(([, number = '', text = '']) => (number === '' ? text : `\n${text}`))
  const numbers = lines.map(([, number]) => number).filter((number) => number !== '')
  expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)))
  return bodies.join('').slice(1)
}

describe('a gate', () => {
  it('shows prose, block, impact, the value against the target and the next rung', () => {
    expect(renderGateCard(CARD, PLAIN)).toBe(`
restart · mitigate · sh · environment development · service=api
  Most often the API hangs.
  1 line:
  1 │ faci restart api
  fence      {mitigate id=restart timeout=1m}
  judged by  exit code 0
             verify \`up\` {verify expect=1}: up
  changes    api (as the runbook says)
             no command that is known to remove containers
  last seen  ✖ up: 0, expected > 0
  no help?   \`recreate\` comes next
`)
  })

  it('counts the lines that go on, and marks each continuation', () => {
    const screen = renderGateCard({...CARD, body: `${'a'.repeat(100)}\nb\n`}, {...PLAIN, width: 60})
    expect(screen).toContain('2 lines, 1 of them longer than the screen (goes on at ↪):')
    expect(screen).toContain(`  1 │ ${'a'.repeat(54)}\n    ↪ ${'a'.repeat(46)}\n  2 │ b`)
  })

  it('says above the question that it is longer than the screen, which shows only its end', () => {
    const body = 'true\n'.repeat(30)
    const tall = renderGateCard({...CARD, body}, {...PLAIN, rows: 24})
      .trimEnd()
      .split('\n')
    expect(tall.at(-1)).toBe('! 40 lines, more than this screen has: scroll up to where it begins with restart')
    expect(tall.filter((line) => line.includes('│ true'))).toHaveLength(30)
    expect(renderGateCard({...CARD, body}, {...PLAIN, rows: 43})).not.toContain('scroll up')
  })

  it('shows every character of the body, in order, and no line wider than the screen', () => {
    const text = fc.string({unit: 'grapheme', maxLength: 200})
    fc.assert(
      fc.property(fc.array(text, {minLength: 1}), fc.integer({min: 20, max: 120}), text, (lines, width, prose) => {
        const body = lines.join('\n')
        const screen = renderGateCard({...CARD, body: `${body}\n`, prose: ''}, {...PLAIN, width})
        expect(bodyOf(screen)).toBe(body)
        const wide = renderGateCard({...CARD, body, prose}, {...PLAIN, width}).split('\n')
        expect(wide.filter((line) => stringWidth(line) > width)).toEqual([])
      }),
    )
  })
})
