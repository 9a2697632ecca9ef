import {describe, expect, it} from 'vitest'
import {undeliveredText as english} from '../../../../src/render/words/en/undelivered.js'
import {undeliveredText} from '../../../../src/render/words/pt-BR/undelivered.js'
import {foreignIn} from '../../../support/english-words.js'
import {UNDELIVERED_SAMPLES} from '../../../support/undelivered-samples.js'

describe('why a notice is not delivered', () => {
  it.each(UNDELIVERED_SAMPLES)('%j has words of its own in Portuguese, none of them English', (reason) => {
    const text = undeliveredText(reason)
    expect({text, foreign: foreignIn(text)}).toEqual({text, foreign: []})
    expect(text).not.toBe(english(reason))
    expect(text.replaceAll(/`[^`]*`/g, '')).not.toMatch(/xyzzy|plugh/)
    for (const said of [text, english(reason)]) expect(said).not.toMatch(/undefined|null|\[object/)
  })
})
