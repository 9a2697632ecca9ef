import {describe, expect, it} from 'vitest'
import {withReminders, withSaidReminders} from '../../../../src/cli/wiring/remind-wiring.js'
import type {RemindedUpdate} from '../../../../src/domain/incidents/incident-report.js'

const NONE = {reminded: [], left: 0, problems: []}

function reminded(status: RemindedUpdate['notices'][number]['status']): RemindedUpdate {
  return {
    ...{handle: 'INC-7', title: 'API down', severity: 'P0', dueAt: '2026-11-30T22:00:00.000Z', people: ['Ana']},
    notices: [{noticeId: '1', channel: 'slack', status, reason: {why: 'httpStatus', service: 'Slack', status: 503}}],
  }
}

describe('a reminder, by the check as by the escalation', () => {
  it.each([
    ['delivered', 'ok'],
    ['dropped', 'ok'],
    ['held', 'ok'],
    ['pending', 'undelivered'],
    ['rejected', 'undelivered'],
    ['unconfirmed', 'undelivered'],
    ['lost', 'undelivered'],
  ] as const)('that is %s makes what is well %s', (status, verdict) => {
    const reminders = {...NONE, reminded: [reminded(status)]}
    expect(withReminders({verdict: 'ok', data: null}, reminders)).toEqual({verdict, data: null})
    expect(withSaidReminders({verdict: 'ok', data: null}, reminders).verdict).toBe(verdict)
  })

  it('that nobody got changes nothing of what is worse, and says why', () => {
    expect(
      withSaidReminders({verdict: 'bad', data: null, warnings: ['x']}, {...NONE, reminded: [reminded('pending')]}),
    ).toEqual({
      ...{verdict: 'bad', data: null},
      warnings: [
        'x',
        'the reminder that an update of INC-7 is overdue is not delivered yet (slack pending: Slack answered HTTP 503)',
      ],
    })
  })

  it('that could not be made is unknown, and what is left is said', () => {
    expect(withReminders({verdict: 'ok', data: null}, {...NONE, problems: ['the disk is full']})).toEqual({
      ...{verdict: 'unknown', data: null},
      warnings: ['not every overdue update could be reminded of: the disk is full'],
    })
    expect(withReminders({verdict: 'ok', data: null}, {...NONE, left: 2})).toEqual({
      ...{verdict: 'ok', data: null},
      warnings: ['2 more overdue updates wait to be reminded of by the next call'],
    })
  })
})
