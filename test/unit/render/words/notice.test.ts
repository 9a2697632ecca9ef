import {describe, expect, it} from 'vitest'
import {wordsFor} from '../../../../src/render/words/words.js'
import {foreignIn} from '../../../support/english-words.js'

const AT = '2026-11-23T01:30:05.000Z'

describe('the words of notices', () => {
  it('are Portuguese for pt-BR, and English for anything else', () => {
    expect(wordsFor('pt-BR').notice.state.unresolved).toBe('Não resolvido')
    expect(wordsFor('en').notice.state.unresolved).toBe('Not resolved')
    expect(wordsFor('fi').notice.severity.critical).toBe('Critical')
  })

  it('are none of them English in Portuguese', () => {
    const textsIn = (locale: string): readonly string[] => {
      const {state, severity, test, environment, operator, shortened, dailyCheck} = wordsFor(locale).notice
      return [state, severity, test, {environment, operator, shortened, dailyCheck}].flatMap(
        (words): readonly string[] => Object.values(words),
      )
    }
    expect(textsIn('pt-BR').flatMap(foreignIn)).toEqual([])
    expect(textsIn('pt-BR').filter((text) => textsIn('en').includes(text))).toEqual([])
  })

  it.each([
    ['pt-BR', 'America/Sao_Paulo', '22/11/2026, 22:30:05 BRT'],
    ['en', 'UTC', '23 Nov 2026, 01:30:05 UTC'],
  ])('give a time in %s in the time zone %s', (locale, timezone, text) => {
    expect(wordsFor(locale).notice.time(AT, timezone)).toBe(text)
  })
})
