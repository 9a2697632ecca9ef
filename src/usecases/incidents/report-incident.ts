import {FaciError} from '../../domain/errors.js'
import type {IncidentDone, IncidentReport} from '../../domain/incidents/incident-report.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import {shownIncident} from '../../domain/incidents/incident.js'
import {withNoticesNow} from '../../domain/incidents/notices-now.js'
import {type SeenRun, spanOf, timelineOf} from '../../domain/incidents/timeline.js'
import {ulidTime} from '../../domain/time/ulid-time.js'
import type {NoticeDelivery} from '../../domain/notices/notice.js'
import type {Result} from '../../domain/result.js'
import type {Verdict} from '../../domain/verdict.js'
import type {IncidentDeps, IncidentPlace} from './incident-deps.js'
import {lookAtNotices} from './look-at-notices.js'
import {readRecord} from './which-incident.js'

/** More than one person does in an incident; what is older is cut, and said. */
const MOST_RUNS = 500

async function seenRun({journal}: IncidentDeps, runId: string): Promise<SeenRun | null> {
  try {
    const {first, last} = await journal.ends(runId)
    return {runId, events: first === null ? last : [first, ...last]}
  } catch (error) {
    if (error instanceof FaciError && error.code !== 'interrupted') return null
    throw error
  }
}

/** Runs and changes that began meanwhile, or were said to belong to it. */
async function runsOf(deps: IncidentDeps, record: IncidentRecord): Promise<readonly SeenRun[]> {
  const {start, end} = spanOf(record, deps.clock.now())
  const linked = record.entries.flatMap((entry) => (entry.kind === 'run.linked' ? [entry.runId] : []))
  const during = (await deps.journal.list(Number.POSITIVE_INFINITY)).filter((id) => {
    const time = ulidTime(id)
    return time >= start && time <= end
  })
  const ids = [...new Set([...during.slice(0, MOST_RUNS), ...linked])]
  const runs: SeenRun[] = []
  for (const id of ids) {
    const run = await seenRun(deps, id)
    if (run !== null) runs.push(run)
  }
  return runs
}

const VERDICT: Readonly<Record<NoticeDelivery['status'], Verdict>> = {
  delivered: 'ok',
  dropped: 'ok',
  pending: 'undelivered',
  rejected: 'undelivered',
  unconfirmed: 'undelivered',
  lost: 'undelivered',
  held: 'ok',
}

/** The incident as it stands now, with all that belongs to it. */
export async function reportIncident(
  deps: IncidentDeps,
  {updates}: Pick<IncidentPlace, 'updates'>,
  id: string,
  done: IncidentDone = 'shown',
  notices: readonly NoticeDelivery[] = [],
): Promise<Result<IncidentReport>> {
  const {record, warnings} = await readRecord(deps.incidents, id)
  const entries = withNoticesNow(record.entries, await lookAtNotices(deps.noticeRecords, record.entries))
  const timeline = timelineOf({...record, entries}, await runsOf(deps, record), deps.words, deps.spoken)
  const incident = shownIncident(record.facts, updates)
  const verdict = notices.map(({status}) => VERDICT[status]).find((one) => one !== 'ok') ?? 'ok'
  const at = deps.clock.now().toISOString()
  return {verdict, data: {at, done, incident, timeline, actions: record.actions, notices}, warnings}
}

/** The same, with more to say on stderr. */
export function withWarnings<D>(result: Result<D>, more: readonly string[]): Result<D> {
  return more.length === 0 ? result : {...result, warnings: [...(result.warnings ?? []), ...more]}
}
