import {describe, expect, it} from 'vitest'
import {withReminders} from '../../../../src/cli/wiring/remind-wiring.js'
import type {RemindedUpdate} from '../../../../src/domain/incidents/incident-report.js'

const NONE = {reminded: [], left: 0, problems: [], isBusy: false, covered: []}
const DATA = {reminded: [], isReminding: false}

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
    expect(withReminders({verdict: 'ok', data: DATA}, reminders)).toEqual({
      ...{verdict, data: {reminded: [reminded(status)], isReminding: false}},
    })
  })

  it('that nobody got changes nothing of what is worse', () => {
    const reminders = {...NONE, reminded: [reminded('pending')], isBusy: true}
    expect(withReminders({verdict: 'bad', data: DATA, warnings: ['x']}, reminders)).toEqual({
      ...{verdict: 'bad', data: {reminded: [reminded('pending')], isReminding: true}, warnings: ['x']},
    })
  })

  it('that could not be made is unknown, and what is left is said', () => {
    const full = {...NONE, problems: ['the disk is full']}
    expect(withReminders({verdict: 'ok', data: DATA}, full)).toEqual({
      ...{verdict: 'unknown', data: DATA},
      warnings: ['not every overdue update could be reminded of: the disk is full'],
    })
    expect(withReminders({verdict: 'ok', data: DATA}, {...NONE, left: 2})).toEqual({
      ...{verdict: 'ok', data: DATA},
      warnings: ['2 more overdue updates wait to be reminded of by the next call'],
    })
  })
})
