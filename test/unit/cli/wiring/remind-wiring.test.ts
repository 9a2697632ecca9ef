import {describe, expect, it} from 'vitest'
import {withReminders} from '../../../../src/cli/wiring/remind-wiring.js'
import type {RemindedUpdate} from '../../../../src/domain/incidents/incident-report.js'
import {withReminders as withRemindersOf} from '../../../../src/usecases/escalation/escalate-incidents.js'

const REPORT = {
  ...{at: '2026-11-30T22:00:00.000Z', dryRun: false, steps: 1, hasChannel: true, isBusy: false},
  ...{incidents: [], reminded: []},
}

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
    expect(withReminders({verdict: 'ok', data: null}, [reminded(status)]).verdict).toBe(verdict)
    expect(withRemindersOf({verdict: 'ok', data: REPORT}, [reminded(status)]).verdict).toBe(verdict)
  })

  it('that nobody got changes nothing of what is worse, and says why', () => {
    expect(withReminders({verdict: 'bad', data: null, warnings: ['x']}, [reminded('pending')])).toEqual({
      ...{verdict: 'bad', data: null},
      warnings: [
        'x',
        'the reminder that an update of INC-7 is overdue is not delivered yet (slack pending: Slack answered HTTP 503)',
      ],
    })
  })
})
