import {describe, expect, it} from 'vitest'
import {retryDelaySeconds} from '../../../../src/domain/notices/retry-delay.js'
import {localDuration, localTime, wordingFor} from '../../../../src/domain/notices/wording.js'

describe('wording for people', () => {
  it('is Portuguese for pt-BR, and English for anything else', () => {
    expect(wordingFor('pt-BR').state.unresolved).toBe('Não resolvido')
    expect(wordingFor('en').state.unresolved).toBe('Not resolved')
    expect(wordingFor('fi').severity.critical).toBe('Critical')
  })

  it('gives times in the time zone of the audience', () => {
    const at = '2026-11-23T01:30:05.000Z'
    expect(localTime(at, {locale: 'pt-BR', timezone: 'America/Sao_Paulo'})).toBe('22/11/2026, 22:30:05 BRT')
    expect(localTime(at, {locale: 'en', timezone: 'UTC'})).toBe('23 Nov 2026, 01:30:05 UTC')
  })

  it.each([
    [2.44, 'en', '2.4 sec'],
    [2.44, 'pt-BR', '2,4 s'],
    [42.4, 'en', '42 sec'],
    [125, 'pt-BR', '2 min 5 s'],
    [3600, 'en', '1 hr'],
    [90_061, 'en', '1 day 1 hr'],
  ])('says %d seconds in %s as %s', (seconds, locale, text) => {
    expect(localDuration(seconds, locale)).toBe(text)
  })
})

describe('the delay before another try', () => {
  it('doubles up to an hour, and respects what the service asks for', () => {
    expect([1, 2, 3, 20].map((failures) => retryDelaySeconds(failures, null))).toEqual([30, 60, 120, 3600])
    expect(retryDelaySeconds(1, 90)).toBe(90)
    expect(retryDelaySeconds(1, 5)).toBe(30)
  })
})
