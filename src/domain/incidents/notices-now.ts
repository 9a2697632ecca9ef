import type {AnnouncedNotice, IncidentEntry, StatusNow} from './incident-event.js'

function noticesOf(entry: IncidentEntry): readonly AnnouncedNotice<StatusNow>[] {
  return entry.kind === 'incident.announced' || entry.kind === 'incident.escalated' ? entry.notices : []
}

/** Ids of notices of which something may have become since; what is delivered stays so. */
export function unsettledNotices(entries: readonly IncidentEntry[]): readonly string[] {
  const unsettled = entries.flatMap(noticesOf).filter(({status}) => status !== 'delivered')
  return [...new Set(unsettled.map(({noticeId}) => noticeId))]
}

/** What a notice left that is in no outbox any more: whoever sent it saw that it was never kept, or that somebody gave it up. */
const STAYS: ReadonlySet<StatusNow> = new Set(['lost', 'unconfirmed', 'dropped'] as const)

function statusNow({noticeId, status}: AnnouncedNotice<StatusNow>, now: ReadonlyMap<string, StatusNow>): StatusNow {
  if (status === 'delivered') return status
  const seen = now.get(noticeId)
  if (seen !== undefined) return seen === 'delivered' ? 'deliveredLater' : seen
  return STAYS.has(status) ? status : 'unknown'
}

/** The same events with what became of their notices. `now`: by id, as far as there is a record. */
export function withNoticesNow(
  entries: readonly IncidentEntry[],
  now: ReadonlyMap<string, StatusNow>,
): readonly IncidentEntry[] {
  return entries.map((entry) => {
    if (entry.kind !== 'incident.announced' && entry.kind !== 'incident.escalated') return entry
    return {...entry, notices: entry.notices.map((notice) => ({...notice, status: statusNow(notice, now)}))}
  })
}
