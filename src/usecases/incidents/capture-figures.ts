import {FaciError} from '../../domain/errors.js'
import {impactTimes} from '../../domain/incidents/impact-times.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import {hasFigures, type Measurement} from '../../domain/impact/measurement.js'
import {command} from '../../domain/text/shell-command.js'
import type {Clock} from '../../ports/clock.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import {measureImpact} from '../impact/measure-impact.js'
import type {Gauges} from './incident-deps.js'
import {readRecord} from './which-incident.js'

/** Others that may have made an alert fire: more than there are in the days that are looked at. */
const MOST_OTHERS = 200
/** Whoever resolves an incident waits no longer. */
const PATIENCE_SECONDS = 5

interface FigureDeps {
  readonly incidents: IncidentStore
  readonly clock: Clock
}

/** What the metrics say of an incident now. Errors: none of the backend's. */
export async function measureIncident(
  {incidents, clock}: FigureDeps,
  {deps, subject}: Gauges,
  {facts}: Pick<IncidentRecord, 'facts'>,
): Promise<Measurement> {
  const now = clock.now()
  const others = (await incidents.list(MOST_OTHERS)).incidents.filter(({id}) => id !== facts.id)
  const times = impactTimes(facts, now)
  const spans = [times, ...others.map((one) => impactTimes(one, now))]
  return measureImpact(deps, {...subject, ...times, incidents: spans})
}

async function inTime<T>(clock: Clock, work: Promise<T>): Promise<T> {
  const patience = new AbortController()
  const tooLong = clock.sleep(PATIENCE_SECONDS, patience.signal).then(() => {
    throw new FaciError('timedOut', `Prometheus took more than ${String(PATIENCE_SECONDS)} s`)
  })
  // Whichever is later is heard by nobody.
  tooLong.catch(() => undefined)
  work.catch(() => undefined)
  try {
    return await Promise.race([work, tooLong])
  } finally {
    patience.abort()
  }
}

/** Keeps what a resolved incident did while the metrics are there; what to say when that was not possible. It holds up no end of an incident. */
export async function captureFigures(
  deps: FigureDeps & {readonly gauges: () => Promise<Gauges | null>},
  id: string,
): Promise<readonly string[]> {
  const gauges = await deps.gauges()
  if (gauges === null) return []
  const {record} = await readRecord(deps.incidents, id)
  const {handle} = record.facts
  const later = `measured by the next ${command`faci incident postmortem ${handle}`}`
  try {
    const measurement = await inTime(deps.clock, measureIncident(deps, gauges, record))
    if (!hasFigures(measurement)) {
      const why = measurement.charts.detail === '' ? 'Prometheus has no data of it' : measurement.charts.detail
      return [`the figures of ${handle} are not kept yet (${why}): ${later} while Prometheus has them`]
    }
    await deps.incidents.append(id, [{kind: 'incident.measured', happenedAt: measurement.takenAt, measurement}])
    return []
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    return [`the figures of ${handle} are not kept yet (${error.message}): ${later} while Prometheus has them`]
  }
}
