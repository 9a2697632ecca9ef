import {renewals, silencesOfRun} from '../../domain/alerts/silence-lease.js'
import {FaciError} from '../../domain/errors.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Clock} from '../../ports/clock.js'
import type {EndedSilences, RunSilences} from '../../ports/run-silences.js'

export interface RunSilencesOptions {
  readonly alerts: Alerts
  readonly clock: Clock
  /** Between two renewals; well below the lease's length, so that a few may fail. */
  readonly everySeconds: number
}

/** True when the run has silences. */
async function renew({alerts, clock}: RunSilencesOptions, runId: string): Promise<boolean> {
  const silences = await alerts.silences()
  await Promise.allSettled(renewals(silences, runId, clock.now()).map(alerts.silence))
  return silencesOfRun(silences, runId).length > 0
}

async function end({alerts}: RunSilencesOptions, runId: string, isKnown: boolean): Promise<EndedSilences> {
  try {
    const own = silencesOfRun(await alerts.silences(), runId)
    const settled = await Promise.allSettled(own.map(({id}) => alerts.expireSilence(id)))
    const ended = settled.filter(({status}) => status === 'fulfilled').length
    return {ended, problem: ended === own.length ? null : 'Alertmanager did not end all of them'}
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    return {ended: 0, problem: isKnown ? error.message : null}
  }
}

/** The leases of a run's silences, renewed by a timer while the run lives. */
export function createRunSilences(options: RunSilencesOptions): RunSilences {
  return {
    keep: (runId) => {
      let renewing = Promise.resolve()
      let isKnown = false
      const tick = (): void => {
        // What cannot be renewed now may be the next time.
        renewing = renew(options, runId).then(
          (found) => {
            isKnown ||= found
          },
          () => undefined,
        )
      }
      tick()
      const timer = setInterval(tick, options.everySeconds * 1000).unref()
      return async () => {
        clearInterval(timer)
        // A renewal that overtook the end would make the silence anew.
        await renewing
        return end(options, runId, isKnown)
      }
    },
  }
}
