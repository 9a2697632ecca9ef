import {describe, expect, it} from 'vitest'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import {timelineOf} from '../../../../src/domain/execution/timeline.js'
import {EVENTS} from '../../../../src/render/words/en/events.js'
import {ENGLISH, wordsFor, type Words} from '../../../../src/render/words/words.js'
import {runEventDocuments} from '../../../support/documents/run-events.js'
import {foreignIn, sharedWords} from '../../../support/english-words.js'

/** Ids, people and channels of the sample runs. */
const NAMES = /^(?:ana|api|bo|bob|check|faciliauto|laptop|look|recreate|rollback|slack|token|undo)$/

function toldIn({events}: Words, event: RunEvent): string {
  const [entry] = timelineOf([{at: '2026-01-01T00:00:00.000Z', by: 'ana@h', ...event}], events)
  return (entry?.text ?? '').replaceAll(/api-down|--rollback never/g, 'x')
}

const at = {elapsedSeconds: 1}
const STATES = ['true', 'false', 'unknown'] as const
const NO_DATA = {why: 'noData'} as const
const TYPED = {why: 'typed'} as const

/** What the sample runs do not come to. */
const MORE: readonly RunEvent[] = [
  ...STATES.map((state) => ({kind: 'verify.polled', id: 'check', state, detail: NO_DATA, ...at}) as const),
  ...STATES.map((state): RunEvent => ({
    ...{kind: 'look', after: 'recreate', state, ...at},
    conditions: [{condition: 'up', state, detail: NO_DATA}],
  })),
  ...(['ok', 'failed', 'unknown', 'timedOut', 'aborted', 'notStarted'] as const).map((outcome): RunEvent => ({
    ...{kind: 'block.finished', id: 'look', outcome, detail: NO_DATA, exitCode: 1, durationSeconds: 1.25},
    ...{output: '', captured: {}, ...at},
  })),
  ...(['yes', 'skip', 'quit', 'refused'] as const).map(
    (answer) => ({kind: 'gate.answered', id: 'undo', hash: '', answer, how: TYPED, ...at}) as const,
  ),
  ...(['run', 'skip', 'quit', 'rest'] as const).map(
    (answer) => ({kind: 'step.answered', id: 'undo', answer, ...at}) as const,
  ),
  ...(['delivered', 'pending', 'rejected', 'dropped', 'unconfirmed', 'lost'] as const).map((status): RunEvent => ({
    ...{kind: 'notice.sent', id: 'undo', noticeId: '', channel: 'slack', status, text: '', closing: true, ...at},
  })),
  {kind: 'evidence.kept', id: 'recreate', files: ['a', 'b'], problems: [], ...at},
  {kind: 'rollback.decided', answer: 'keep', how: TYPED, ...at},
  {kind: 'run.interrupted', reason: {why: 'operatorQuit'}, ...at},
  {kind: 'journal.lost', reason: NO_DATA, ...at},
  {kind: 'task.answered', id: 'look', done: true, ...at},
]

const SAMPLES = [...(await runEventDocuments()).map(({event}) => event), ...MORE]

describe('what a timeline says of every event', () => {
  it('has a sample of each kind', () => {
    const kinds = new Set(SAMPLES.map(({kind}) => kind))
    expect(Object.keys(EVENTS).filter((kind) => !kinds.has(kind as RunEvent['kind']))).toEqual([])
  })

  it('is Portuguese for those who read it, none of it English', () => {
    const odd = SAMPLES.flatMap((event) => {
      const [text, english] = [toldIn(wordsFor('pt-BR'), event), toldIn(ENGLISH, event)]
      const shared = sharedWords(text, english).filter((word) => !NAMES.test(word))
      const found = [...foreignIn(text).filter((word) => !NAMES.test(word)), ...shared]
      return found.length > 0 || text === english ? [{text, english, found}] : []
    })
    expect(odd).toEqual([])
  })
})
