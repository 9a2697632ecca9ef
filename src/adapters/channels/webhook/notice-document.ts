import type {Notice} from '../../../domain/notices/notice.js'

/** The schema's name; what a field means never changes under the same one. */
const SCHEMA = 'faci.notice-webhook/v1'

/** The body of a request: the same bytes for the same notice, whenever it is sent. */
export function noticeDocument({thread, incident, ...notice}: Notice): string {
  return JSON.stringify({
    schema: SCHEMA,
    id: notice.id,
    createdAt: notice.createdAt,
    thread,
    severity: notice.severity,
    state: notice.state,
    title: notice.title,
    body: notice.body,
    facts: notice.facts.map(({name, value}) => ({name, value})),
    service: notice.service,
    environment: notice.environment,
    operator: notice.operator,
    host: notice.host,
    ...(notice.paged === undefined ? {} : {paged: notice.paged.map(({name}) => name)}),
    incident: incident === null ? null : incidentDocument(incident),
  })
}

function incidentDocument({id, handle, subject, priority, reopenings, step}: NonNullable<Notice['incident']>) {
  return {id, handle, subject, priority, reopenings, step}
}
