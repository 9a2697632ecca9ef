import {describe, expect, it} from 'vitest'
import {currentEvent} from '../../../../src/domain/journal/old-events.js'
import type {Deed} from '../../../../src/domain/journal/deed.js'
import type {Reason} from '../../../../src/domain/journal/reason.js'
import {RUN} from '../../../../src/render/words/en/run.js'

describe('an event of a journal in which reasons are sentences', () => {
  it.each([
    [{kind: 'block.skipped', reason: 'resolved by `restart`'}, {reason: {why: 'told', text: 'resolved by `restart`'}}],
    [{kind: 'gate.answered', how: 'typed'}, {how: {why: 'typed'}}],
    [{kind: 'gate.answered', how: '--approve'}, {how: {why: 'flag', flag: '--approve'}}],
    [{kind: 'run.interrupted', reason: 'interrupted'}, {reason: {why: 'interrupted'}}],
    [{kind: 'journal.lost', reason: 'disk full'}, {reason: {why: 'told', text: 'disk full'}}],
    [{kind: 'block.finished', detail: 'exit 1: gone'}, {detail: {why: 'told', text: 'exit 1: gone'}}],
    [{kind: 'block.retried', detail: 'exit 1'}, {detail: {why: 'told', text: 'exit 1'}}],
    [{kind: 'block.finished', detail: ''}, {detail: null}],
    [{kind: 'verify.polled', detail: 'no data'}, {detail: {why: 'told', text: 'no data'}}],
    [
      {kind: 'look', conditions: [{condition: 'health api', detail: 'HTTP 503'}]},
      {conditions: [{condition: 'health api', detail: {why: 'told', text: 'HTTP 503'}}]},
    ],
    [
      {kind: 'look', conditions: [{condition: 'health api', detail: {why: 'saysDegraded'}}]},
      {conditions: [{condition: 'health api', detail: {why: 'bodySays', status: 200, word: 'degraded', parts: []}}]},
    ],
    [
      {
        kind: 'change.ended',
        reason: null,
        services: [
          {service: 'api', reason: {why: 'probe', reason: {why: 'saysDegraded'}}},
          {service: 'web', reason: {why: 'probe', reason: {why: 'httpStatus', status: 503, says: null}}},
          {service: 'job', reason: {why: 'finished'}},
        ],
      },
      {
        services: [
          {
            service: 'api',
            reason: {why: 'probe', reason: {why: 'bodySays', status: 200, word: 'degraded', parts: []}},
          },
          {service: 'web', reason: {why: 'probe', reason: {why: 'httpStatus', status: 503, says: null}}},
          {service: 'job', reason: {why: 'finished'}},
        ],
      },
    ],
    [
      {kind: 'block.skipped', reason: {why: 'unseen', conditions: [{condition: 'up', detail: 'no data'}]}},
      {reason: {why: 'unseen', conditions: [{condition: 'up', detail: {why: 'told', text: 'no data'}}]}},
    ],
    [
      {kind: 'lease.taken', takenFrom: 'ana@h (runbook x): gone'},
      {takenFrom: {why: 'told', text: 'ana@h (runbook x): gone'}},
    ],
    [{kind: 'lease.taken', takenFrom: null}, {takenFrom: null}],
    [
      {kind: 'evidence.kept', files: ['a.log'], problems: ['api-1: gone']},
      {files: ['a.log'], problems: [{why: 'told', text: 'api-1: gone'}]},
    ],
    [{kind: 'notice.sent', status: 'pending', why: 'waits'}, {why: {why: 'told', text: 'waits'}}],
    [
      {kind: 'notice.sent', why: {why: 'undelivered', status: 'pending', reason: 'Slack is down'}},
      {why: {why: 'undelivered', status: 'pending', reason: {why: 'told', text: 'Slack is down'}}},
    ],
    [
      {kind: 'run.finished', reason: '', summary: 'a helped.'},
      {reason: [], deeds: [{did: 'told', text: 'a helped.'}]},
    ],
    [
      {
        ...{kind: 'change.ended', reason: 'not as wanted in time'},
        services: [{service: 'api', state: 'waiting', detail: 'HTTP 503', log: []}],
        leftBehind: {found: ['api has no container'], mend: 'faci up api'},
      },
      {
        reason: {why: 'told', text: 'not as wanted in time'},
        services: [{service: 'api', state: 'waiting', reason: {why: 'told', text: 'HTTP 503'}, log: []}],
        leftBehind: {found: [{why: 'told', text: 'api has no container'}], mend: 'faci up api'},
      },
    ],
    [
      {kind: 'change.ended', reason: 'interrupted', services: []},
      {reason: {why: 'interrupted'}, services: []},
    ],
    [
      {kind: 'change.ended', reason: null, services: [], leftBehind: null},
      {reason: null, leftBehind: null},
    ],
  ])('%j keeps what it told', (old, now) => {
    expect(currentEvent(old)).toMatchObject(now)
  })

  it('is summed up as it was then, its reason said once', () => {
    const old = {kind: 'run.finished', reason: 'quit', summary: 'restart did not help; quit.'}
    const {deeds, reason} = currentEvent(old) as unknown as {deeds: readonly Deed[]; reason: readonly Reason[]}
    expect(RUN.summary(deeds, reason)).toBe('restart did not help; quit.')
  })

  it.each([
    {kind: 'block.finished', detail: {why: 'noData'}},
    {kind: 'evidence.kept', problems: [{why: 'secretsUnknown', container: 'api-1'}]},
    {kind: 'look', conditions: [{condition: 'up', detail: {why: 'noData'}}]},
    {kind: 'lease.taken', takenFrom: {why: 'takenOver', from: 'a', purpose: 'x', grounds: {why: 'confirmed'}}},
    {kind: 'notice.sent', status: 'delivered'},
  ])('%j stays as it is', (today) => {
    expect(currentEvent(today)).toEqual(today)
  })

  it('stays as it is when it was written today', () => {
    const today = {kind: 'run.finished', reason: [{why: 'noEnd'}], deeds: [{did: 'nothing'}]}
    expect(currentEvent(today)).toEqual(today)
    const changed = {
      ...{
        kind: 'change.ended',
        reason: {why: 'notInTime'},
        leftBehind: {found: [{why: 'noContainer', service: 'api'}]},
      },
      services: [{service: 'api', reason: {why: 'unseen', message: 'away', before: null}}],
    }
    expect(currentEvent(changed)).toEqual(changed)
    expect(currentEvent({kind: 'block.skipped', reason: {why: 'timeIsOver'}})).toEqual({
      ...{kind: 'block.skipped', reason: {why: 'timeIsOver'}},
    })
  })
})
