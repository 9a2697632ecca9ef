import {describe, expect, it} from 'vitest'
import type {ChangeReport} from '../../../../src/domain/oncall/override-report.js'
import {INCIDENTS as ENGLISH} from '../../../../src/render/words/en/incidents.js'
import {INCIDENTS as PORTUGUESE} from '../../../../src/render/words/pt-BR/incidents.js'

const spoken = {time: (at: string) => at.slice(11, 16), duration: String}
const change = (before: string | null, after: string | null): ChangeReport => ({
  ...{start: '2026-11-30T22:00:00.000Z', end: '2026-12-01T06:00:00.000Z', before, after},
})
const event = (act: 'take' | 'swap' | 'undo', changes: readonly ChangeReport[], isAsPlanned = true) =>
  ({kind: 'oncall.changed', happenedAt: '', override: '', act, changes, isAsPlanned}) as const

describe('a change of who is on call, in a timeline', () => {
  it('says who instead of whom, from when to when', () => {
    const taken = event('take', [change('Ana', 'Bia')])
    expect(ENGLISH.events['oncall.changed'](taken, spoken)).toBe('Shift taken: Bia instead of Ana from 22:00 to 06:00')
    expect(PORTUGUESE.events['oncall.changed'](taken, spoken)).toBe(
      'Plantão assumido: Bia no lugar de Ana de 22:00 até 06:00',
    )
  })

  it('says that it was nobody', () => {
    const undone = event('undo', [change('Bia', null), change(null, 'Ana')])
    expect(ENGLISH.events['oncall.changed'](undone, spoken)).toBe(
      'Override taken back: nobody instead of Bia from 22:00 to 06:00; Ana instead of nobody from 22:00 to 06:00',
    )
    expect(PORTUGUESE.events['oncall.changed'](undone, spoken)).toContain('ninguém no lugar de Bia')
  })

  it('says what is over by now, what is more than a line, and that it came otherwise', () => {
    expect(ENGLISH.events['oncall.changed'](event('undo', []), spoken)).toBe(
      'Override taken back: nobody else is on call by it',
    )
    const many = event(
      'swap',
      Array.from({length: 6}, () => change('Ana', 'Bia')),
      false,
    )
    expect(ENGLISH.events['oncall.changed'](many, spoken)).toMatch(
      /^Shifts swapped: (Bia instead of Ana from 22:00 to 06:00; ){4}2 more; but somebody decided otherwise at the same time$/,
    )
  })
})
