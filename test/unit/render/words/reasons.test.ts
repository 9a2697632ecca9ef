import {describe, expect, it} from 'vitest'
import type {Reason} from '../../../../src/domain/journal/reason.js'
import {ENGLISH, wordsFor} from '../../../../src/render/words/words.js'
import {foreignIn, sharedWords} from '../../../support/english-words.js'
import {DEED_SAMPLES, REASON_SAMPLES} from '../../../support/reason-samples.js'

const {run} = wordsFor('pt-BR')

/** Reasons that are whole as others wrote them. */
const FOREIGN: readonly Reason['why'][] = ['flag']
/** Those that English tells as they are. */
const AS_WRITTEN: readonly Reason['why'][] = [...FOREIGN, 'error', 'printed', 'told', 'typedReason', 'notKept']

describe('every reason and every deed, in each language', () => {
  it.each(REASON_SAMPLES)('%j has words of its own in Portuguese, none of them English', (reason) => {
    const [text, english] = [run.reason(reason), ENGLISH.run.reason(reason)]
    expect({text, foreign: foreignIn(text), shared: sharedWords(text, english)}).toEqual({
      ...{text, foreign: [], shared: []},
    })
    expect(text).not.toBe(reason.why)
    if (!FOREIGN.includes(reason.why)) expect(text).not.toBe(english)
  })

  it.each(REASON_SAMPLES.filter(({why}) => !AS_WRITTEN.includes(why)))(
    '%j quotes in Portuguese what others wrote',
    (reason) => {
      expect(run.reason(reason).replaceAll(/`[^`]*`/g, '')).not.toMatch(/xyzzy|plugh/)
      expect(ENGLISH.run.reason(reason)).not.toMatch(/undefined|null|\[object/)
    },
  )

  it.each(DEED_SAMPLES.filter(({did}) => did !== 'told'))('$did has words of its own in Portuguese', (deed) => {
    const [text, english] = [run.summary([deed], []), ENGLISH.run.summary([deed], [])]
    expect({text, foreign: foreignIn(text), shared: sharedWords(text, english)}).toEqual({
      ...{text, foreign: [], shared: []},
    })
    expect(text).not.toBe(english)
  })

  it('a reason of a later version is named', () => {
    expect(run.reason({why: 'later'} as unknown as Reason)).toBe('later')
  })
})

describe('the look for English', () => {
  it.each([
    ['não é possível ver: it is down', ['it', 'is', 'down']],
    ['o valor foi 0,30000000000000004', ['0,30000000000000004']],
    ['`it is down` foi a resposta → faci notify flush --now', []],
  ])('%s', (text, found) => {
    expect(foreignIn(text)).toEqual(found)
  })

  it('takes a word that both languages have for one that was not translated, unless it is a name', () => {
    expect(sharedWords('o bloco timed out no log', 'the block timed out, see the log')).toEqual(['timed', 'out'])
    expect(sharedWords('`timed out` no log', 'timed out in the log')).toEqual([])
  })
})
