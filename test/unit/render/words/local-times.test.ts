import {describe, expect, it} from 'vitest'
import {localTimes} from '../../../../src/render/words/local-times.js'
import {wordsFor} from '../../../../src/render/words/words.js'

const AT = '2026-12-15T02:04:05.000Z'
const ZONE = 'America/Sao_Paulo'

describe('times of a document', () => {
  it('are Brazilian in pt-BR, and those of its notices', () => {
    const times = localTimes('pt-BR', ZONE)
    expect([times.moment(AT), times.minute(AT), times.day(AT), times.timeOfDay(AT)]).toEqual([
      ...['14/12/2026, 23:04:05 BRT', '14/12/2026, 23:04 BRT', '14/12/2026', '23:04:05'],
    ])
    expect(times.moment(AT)).toBe(wordsFor('pt-BR').notice.time(AT, ZONE))
    expect(times.sentence(`nada desde ${AT}`)).toBe('nada desde 14/12/2026, 23:04:05 BRT')
    expect([times.moment('soon'), times.day('soon')]).toEqual(['soon', 'soon'])
  })

  it('are those of a screen in English', () => {
    expect(localTimes('en', ZONE).moment(AT)).toBe('2026-12-14 23:04:05 -03')
  })
})
