import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {IncidentEntry, StatusNow} from '../../domain/incidents/incident-event.js'
import {unsettledNotices} from '../../domain/incidents/notices-now.js'
import {ulidTime} from '../../domain/time/ulid-time.js'
import type {OutboxEntry} from '../../ports/outbox.js'
import type {NoticeRecords} from './incident-deps.js'

type Status = readonly [string, StatusNow]

function statusOf({status, held}: OutboxEntry): StatusNow {
  return status === 'pending' && held !== null ? 'held' : status
}

/** What several notices were made into came to what it came to itself. */
async function folded(outbox: NoticeRecords, id: string): Promise<StatusNow> {
  const later = await outbox.recent(new Date(ulidTime(id)).toISOString())
  const whole = later.find(({notice}) => notice.folds?.includes(id))
  return whole === undefined ? 'unknown' : statusOf(whole)
}

async function settled(outbox: NoticeRecords, id: string): Promise<readonly Status[]> {
  const fate = await outbox.fate(id)
  switch (fate) {
    case 'missing':
      return []
    case 'folded':
      return [[id, await folded(outbox, id)]]
    case 'delivered':
    case 'dropped':
      return [[id, fate]]
    case 'waiting':
      return [[id, 'pending']]
    case 'unreadable':
      return [[id, 'unknown']]
  }
}

/**
 * What became of the notices that were not delivered at once, by id, as far as there is a record of it. An outbox that cannot be read
 * says nothing, and hides nothing else.
 */
export async function lookAtNotices(
  records: () => Promise<NoticeRecords>,
  entries: readonly IncidentEntry[],
): Promise<ReadonlyMap<string, StatusNow>> {
  const ids = unsettledNotices(entries)
  if (ids.length === 0) return new Map()
  try {
    const outbox = await records()
    const waiting = new Map((await outbox.pending()).map((entry): Status => [entry.notice.id, statusOf(entry)]))
    const others: Status[] = []
    for (const id of ids) if (!waiting.has(id)) others.push(...(await settled(outbox, id)))
    return new Map([...waiting, ...others])
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return new Map(ids.map((id) => [id, 'unknown']))
  }
}
