import type {WordedPageTest as PageTestReport} from '../../../src/render/escalation/worded-pages.js'
import type {OncallTestDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {NOW} from './stack.js'

const BIA = {
  ...{person: 'Bia', acknowledgedAt: '2026-11-23T06:13:04.000Z', acknowledgedAfterSeconds: 60},
  channels: [{channel: 'slack', status: 'delivered', reason: null}],
} as const
const CAIO = {
  ...{person: 'Caio', acknowledgedAt: null, acknowledgedAfterSeconds: null},
  channels: [{channel: 'slack', status: 'failed', reason: 'Slack cannot be reached (ECONNREFUSED)'}],
} as const
const CLOSED = {channel: 'pagerduty', status: 'delivered', reason: 'queued by PagerDuty'} as const
const OPEN = {channel: 'pagerduty', status: 'failed', reason: 'PagerDuty did not answer in time'} as const
const ALL: PageTestReport = {
  ...{at: NOW.toISOString(), id: '01K00000000000000000000000', lacks: null, acknowledgedBy: null},
  ...{waitSeconds: 900, people: [BIA, CAIO], closings: [CLOSED]},
}

export function oncallTestDocuments(): Promise<readonly OncallTestDocument[]> {
  const make = (verdict: 'ok' | 'bad' | 'unknown', over: Partial<PageTestReport>): OncallTestDocument =>
    envelope('oncall-test', {verdict, data: {...ALL, ...over}}, NOW)
  return Promise.resolve([
    ...[
      make('bad', {}),
      make('bad', {people: [CAIO], closings: [], waitSeconds: 0}),
      make('ok', {people: [BIA]}),
      make('unknown', {people: [BIA], closings: [OPEN]}),
      make('ok', {acknowledgedBy: 'Bia', closings: []}),
    ],
    ...[
      make('unknown', {lacks: 'rota', id: null, people: [], closings: []}),
      make('unknown', {lacks: 'channel', id: null, people: [], closings: []}),
    ],
  ])
}
