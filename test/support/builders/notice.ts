import type {Notice} from '../../../src/domain/notices/notice.js'

/** A notice as a run posts it; override what a test is about. */
export function aNotice(overrides: Partial<Notice> = {}): Notice {
  return {
    id: '01ARZ3NDEKTSV4RRFFQ69G5FA1',
    channel: 'slack',
    thread: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    incident: null,
    severity: 'critical',
    state: 'started',
    title: 'API down',
    body: 'The **API** is in progress.',
    facts: [{name: 'Runbook', value: 'api-down'}],
    service: 'faciliauto',
    environment: 'staging',
    operator: 'ana',
    host: 'laptop',
    createdAt: '2026-11-23T06:12:04.000Z',
    ...overrides,
  }
}
