import {describe, expect, it} from 'vitest'
import type {ObjectiveNote} from '../../../../src/domain/slo/slo-note.js'
import {noteText} from '../../../../src/render/words/en/slo.js'
import {NOTE} from '../../../../src/render/words/pt-BR/slo.js'
import {worded} from '../../../../src/render/words/worded.js'
import {foreignIn, sharedWords} from '../../../support/english-words.js'
import {OBJECTIVE_NOTES, SLO_NOTES} from '../../../support/slo-notes.js'

describe('the notes of objectives', () => {
  it('are sentences in English, a burn rate in two digits', () => {
    expect(SLO_NOTES.map(noteText)).toEqual([
      'no bucket of request_seconds ends at 0.3 s: choose a threshold that is a bound',
      'impossible counts: 20.1234567 bad of 10; check the indicator',
      'impossible counts: 3 good of none; check the indicator',
      'no error series matched: none yet, or a wrong matcher',
      'Prometheus: a store is away',
      'Prometheus keeps 1d: of the window of 7d 1d can be there',
      'measured for only 1d of 7d',
      'the 1h tier can never fire: 14.4 × 0.07 is an error ratio of 1.008, and none is above 1',
      'the 3d tier is left out: over 7d it would fire at a burn rate of 0.23, below 1',
      'the 3d tier is left out: over 30d it would fire at a burn rate of 0.999, below 1',
      '3 events in 1h: a single bad one trips that tier, which needs 14',
      'no tests: no series can be made up that its indicator counts',
      'availability, p95: requests refused before they reach the service are not counted',
    ])
  })

  it.each(OBJECTIVE_NOTES)('%j has words of its own in Portuguese', (note: ObjectiveNote) => {
    const text = worded(NOTE, note)
    expect({text, foreign: foreignIn(text), shared: sharedWords(text, noteText(note))}).toEqual({
      ...{text, foreign: [], shared: []},
    })
    expect(text).not.toMatch(/undefined|null|\[object/)
  })
})
