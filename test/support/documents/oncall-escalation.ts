import type {WordedEscalation as EscalationReport} from '../../../src/render/escalation/worded-pages.js'
import type {OncallEscalationDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {NOW} from './stack.js'

const PAGED: EscalationReport['incidents'][number] = {
  ...{id: '01K00000000000000000000000', handle: 'INC-7', title: 'API down', severity: 'P0', unacknowledgedSeconds: 320},
  steps: [{step: 2, why: 'paged', people: ['Bia'], notices: [{channel: 'slack', status: 'delivered', reason: null}]}],
  next: {step: 3, people: ['Ana', 'Bia', 'Caio'], dueAt: '2026-11-23T06:22:00.000Z'},
}
const EMPTY: EscalationReport = {
  at: NOW.toISOString(),
  dryRun: false,
  hasChannel: true,
  steps: 3,
  isBusy: false,
  incidents: [],
  ...{reminded: [], foreseen: [], isReminding: false},
}

export function oncallEscalationDocuments(): Promise<readonly OncallEscalationDocument[]> {
  const make = (verdict: 'ok' | 'unknown' | 'undelivered', over: Partial<EscalationReport>): OncallEscalationDocument =>
    envelope('oncall-escalation', {verdict, data: {...EMPTY, ...over}}, NOW)
  const waiting = {...PAGED, steps: [], next: {step: 3, people: [], dueAt: '2026-11-23T06:22:00.000Z'}}
  const late: EscalationReport['incidents'][number] = {
    ...{...PAGED, handle: 'INC-8', severity: 'P1', title: 'Slow', unacknowledgedSeconds: 3600, next: null},
    steps: [
      {step: 1, why: 'nobody', people: [], notices: []},
      {step: 2, why: 'late', people: [], notices: []},
      {
        step: 3,
        why: 'paged',
        people: [],
        notices: [{channel: 'slack', status: 'pending', reason: 'Slack answered HTTP 503'}],
      },
    ],
  }
  return Promise.resolve([
    make('ok', {incidents: [PAGED, waiting]}),
    make('undelivered', {incidents: [late]}),
    make('ok', {dryRun: true, incidents: [{...PAGED, steps: PAGED.steps.map((step) => ({...step, notices: []}))}]}),
    make('ok', {
      reminded: [
        {
          ...{handle: 'INC-9', title: 'Search is slow', severity: 'P1', dueAt: '2026-11-23T06:10:00.000Z'},
          ...{
            people: ['Ana'],
            notices: [{noticeId: '01K00000000000000000000009', channel: 'slack', status: 'delivered', reason: null}],
          },
        },
      ],
    }),
    make('ok', {
      ...{dryRun: true, isReminding: true},
      foreseen: [
        {
          ...{handle: 'INC-9', title: 'Search is slow', severity: 'P1', dueAt: '2026-11-23T06:10:00.000Z'},
          ...{people: ['Ana'], channels: ['slack', 'webhook']},
        },
      ],
    }),
    make('undelivered', {
      isReminding: true,
      reminded: [
        {
          ...{handle: 'INC-9', title: 'Search is slow', severity: 'P1', dueAt: '2026-11-23T06:10:00.000Z', people: []},
          notices: [
            {
              noticeId: '01K00000000000000000000009',
              channel: 'slack',
              status: 'pending',
              reason: 'Slack did not answer in time',
            },
          ],
        },
      ],
    }),
    ...[make('ok', {}), make('ok', {isBusy: true})],
    ...[make('unknown', {steps: 0}), make('unknown', {steps: null}), make('unknown', {hasChannel: false})],
  ])
}
