import stringWidth from 'fast-string-width'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {GateCard} from '../../../src/domain/execution/gate-card.js'
import {renderGateCard} from '../../../src/render/text/gate-card.js'
import {PLAIN} from '../../../src/render/text/style.js'

const CARD: GateCard = {
  id: 'restart',
  role: 'mitigate',
  language: 'sh',
  environment: 'development',
  inputs: ['service=api'],
  prose: 'Most often the API hangs.',
  body: 'faci restart api\n',
  impact: ['api (as the runbook says)', 'no command that is known to remove containers'],
  unmet: [{condition: 'up', state: 'false', detail: '0, expected > 0'}],
  next: '`recreate` comes next',
  unknown: false,
}

function bodyOf(screen: string): string {
  const lines = screen.split('\n').filter((line) => /^ {2}[│↪] /u.test(line))
  return lines
    .map((line) => `${line.startsWith('  │') ? '\n' : ''}${line.slice(4)}`)
    .join('')
    .slice(1)
}

describe('a gate', () => {
  it('shows prose, block, impact, the value against the target and the next rung', () => {
    expect(renderGateCard(CARD, PLAIN)).toBe(`
restart · mitigate · sh · environment development · service=api
  Most often the API hangs.
  1 line:
  │ faci restart api
  changes    api (as the runbook says)
             no command that is known to remove containers
  last seen  ✖ up: 0, expected > 0
  no help?   \`recreate\` comes next
`)
  })

  it('counts the lines that go on, and marks each continuation', () => {
    const screen = renderGateCard({...CARD, body: `${'a'.repeat(100)}\nb\n`}, {...PLAIN, width: 60})
    expect(screen).toContain('2 lines, 1 of them longer than the screen (goes on at ↪):')
    expect(screen).toContain(`  │ ${'a'.repeat(56)}\n  ↪ ${'a'.repeat(44)}\n  │ b`)
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
