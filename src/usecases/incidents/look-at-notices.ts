import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {IncidentEntry, StatusNow} from '../../domain/incidents/incident-event.js'
import {unsettledNotices} from '../../domain/incidents/notices-now.js'
import {ulidTime} from '../../domain/time/ulid-time.js'
import {waitingNotice} from '../notices/kept-notice.js'
import type {NoticeRecords} from './incident-deps.js'

type Status = readonly [string, StatusNow]

/** What several notices were made into came to what it came to itself. */
async function folded(outbox: NoticeRecords, id: string): Promise<StatusNow> {
  const later = await outbox.recent(new Date(ulidTime(id)).toISOString())
  const whole = later.find(({notice}) => notice.folds?.includes(id))
  return whole === undefined ? 'unknown' : whole.status === 'delivered' ? 'delivered' : waitingNotice(whole).status
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
    const waiting = new Map(
      (await outbox.pending()).map((entry): Status => [entry.notice.id, waitingNotice(entry).status]),
    )
    const others: Status[] = []
    for (const id of ids) if (!waiting.has(id)) others.push(...(await settled(outbox, id)))
    return new Map([...waiting, ...others])
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return new Map(ids.map((id) => [id, 'unknown']))
  }
}
