import {describe, expect, it} from 'vitest'
import type {Deed} from '../../../../src/domain/journal/deed.js'
import type {Reason} from '../../../../src/domain/journal/reason.js'
import {DEEDS, REASONS} from '../../../../src/render/words/en/reasons.js'
import {ENGLISH, wordsFor} from '../../../../src/render/words/words.js'
import {foreignIn} from '../../../support/english-words.js'

/** Whatever a reason or a deed may carry; a table of words names every kind there is. */
const FIELDS = {
  ...{id: 'b1', environment: 'producao', flag: '--skip b1', when: 'resolved', outcome: 'unresolved', word: 'producao'},
  ...{text: 'cannot be reached', conditions: [{condition: '`health api`', detail: 'HTTP 503'}], afterSeconds: 7.5},
}
const reasons = Object.keys(REASONS).map((why) => ({...FIELDS, why}) as unknown as Reason)
const deeds = Object.keys(DEEDS).map((did) => ({...FIELDS, did}) as unknown as Deed)
const {run} = wordsFor('pt-BR')

describe('every reason and every deed, in each language', () => {
  it.each(reasons)('$why has words of its own in Portuguese, none of them English', (reason) => {
    const text = run.reason(reason)
    expect({text, foreign: foreignIn(text)}).toEqual({text, foreign: []})
    expect(text).not.toBe(reason.why)
    if (reason.why !== 'flag') expect(text).not.toBe(ENGLISH.run.reason(reason))
  })

  it.each(deeds.filter(({did}) => did !== 'told'))('$did has words of its own in Portuguese', (deed) => {
    const text = run.summary([deed], [])
    expect({text, foreign: foreignIn(text)}).toEqual({text, foreign: []})
    expect(text).not.toBe(ENGLISH.run.summary([deed], []))
  })

  it('a reason of a later version is named', () => {
    expect(run.reason({why: 'later'} as unknown as Reason)).toBe('later')
  })
})
