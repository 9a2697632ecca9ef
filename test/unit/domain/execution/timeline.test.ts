import {describe, expect, it} from 'vitest'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import {timelineOf} from '../../../../src/domain/execution/timeline.js'
import {EVENTS} from '../../../../src/render/words/en/events.js'

const AT = '2026-01-01T00:00:00.000Z'
const texts = (...events: readonly RunEvent[]) =>
  timelineOf(
    events.map((event) => ({at: AT, by: 'ana@laptop', ...event})),
    EVENTS,
  )

describe('the timeline of a run', () => {
  it('has one line for looks that saw the same, one after the other', () => {
    const down = {
      condition: 'health api',
      state: 'false',
      detail: {why: 'httpStatus', status: 503, says: null},
    } as const
    const look = (elapsedSeconds: number, state: 'true' | 'false'): RunEvent => ({
      ...{kind: 'look', after: 'restart', elapsedSeconds, state},
      conditions: state === 'true' ? [] : [down],
    })
    const entries = texts(look(1, 'false'), look(2, 'false'), look(3, 'true'), look(4, 'false'))
    expect(entries.map(({text, count, elapsedSeconds}) => ({text, count, elapsedSeconds}))).toEqual([
      {text: 'after restart: not resolved: health api (HTTP 503)', count: 2, elapsedSeconds: 1},
      {text: 'after restart: resolved holds', count: 1, elapsedSeconds: 3},
      {text: 'after restart: not resolved: health api (HTTP 503)', count: 1, elapsedSeconds: 4},
    ])
  })

  it('says who answered a gate how, and why something failed, in one line', () => {
    expect(
      texts(
        {
          kind: 'gate.answered',
          id: 'restart',
          hash: '',
          answer: 'refused',
          how: {why: 'error', text: 'no terminal\nand no --yes'},
          elapsedSeconds: 1,
        },
        {
          ...{kind: 'block.finished', id: 'restart', elapsedSeconds: 2, outcome: 'failed', exitCode: 1},
          ...{
            durationSeconds: 1.25,
            output: 'x',
            detail: {why: 'exited', exitCode: 1, said: 'gone', problem: null},
            captured: {},
          },
        },
        {
          kind: 'notice.sent',
          id: 'tell',
          noticeId: 'n',
          channel: 'slack',
          status: 'pending',
          text: '',
          closing: true,
          elapsedSeconds: 3,
        },
      ).map(({text}) => text),
    ).toEqual([
      'gate of restart: refused (no terminal)',
      'restart failed after 1.3 s: exit 1: gone',
      'tell to slack: pending',
    ])
  })

  it('names an event of a later version that it does not know', () => {
    const later = {kind: 'rollback.armed', id: 'restart', elapsedSeconds: 1} as unknown as RunEvent
    expect(texts(later)).toMatchObject([{kind: 'rollback.armed', id: 'restart', text: 'rollback.armed'}])
  })
})
