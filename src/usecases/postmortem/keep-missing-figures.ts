import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import {isOver} from '../../domain/incidents/incident.js'
import {readRecord} from '../incidents/which-incident.js'
import {type FiguresDeps, postmortemFigures} from './postmortem-figures.js'

/** As long as Prometheus keeps samples by itself. */
const KEPT_MS = 15 * 86_400_000
const MOST = 30

/** Keeps what could not be measured when incidents were resolved, while it can be. Ends at the first that Prometheus does not answer; holds up nothing. */
export async function keepMissingFigures(deps: FiguresDeps): Promise<void> {
  const {incidents, clock} = deps
  const since = clock.now().getTime() - KEPT_MS
  try {
    const over = (await incidents.list(MOST)).incidents.filter(
      (one) => isOver(one) && one.resolvedAt !== null && Date.parse(one.resolvedAt) >= since,
    )
    for (const {id} of over) {
      const {notes} = await postmortemFigures(deps, (await readRecord(incidents, id)).record, false)
      if (notes.some(({why}) => why === 'notAnswered' || why === 'notConfigured')) return
    }
  } catch (error) {
    rethrowBugOrInterrupt(error)
  }
}
