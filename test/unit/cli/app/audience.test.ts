import {describe, expect, it} from 'vitest'
import {wordsOf} from '../../../../src/cli/app/audience.js'
import {ENGLISH, wordsFor} from '../../../../src/render/words/words.js'
import type {Channel} from '../../../../src/ports/channel.js'

function channel(name: string, locale: string | null): Channel {
  return {name, locale} as Channel
}

describe('the words of a channel', () => {
  const config = {locale: 'pt-BR', channels: [channel('slack', 'en'), channel('email', null)]}

  it.each([
    {wanted: 'slack', locale: 'en'},
    {wanted: null, locale: 'en'},
    {wanted: 'email', locale: 'pt-BR'},
    {wanted: 'terminal', locale: 'pt-BR'},
  ])('$wanted are in $locale', ({wanted, locale}) => {
    expect(wordsOf(config, wanted).notice.dailyCheck).toBe(wordsFor(locale).notice.dailyCheck)
  })

  it('are those of faci.yml where no channel is set up', () => {
    expect(wordsOf({locale: 'en', channels: []}, null).notice.dailyCheck).toBe(ENGLISH.notice.dailyCheck)
  })
})
