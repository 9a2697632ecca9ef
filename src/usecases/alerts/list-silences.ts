import type {Alert} from '../../domain/alerts/alert.js'
import type {Silence} from '../../domain/alerts/silence.js'
import {leaseIn} from '../../domain/alerts/silence-lease.js'
import type {ListedSilence, SilenceList} from '../../domain/alerts/silence-report.js'
import type {Result} from '../../domain/result.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Clock} from '../../ports/clock.js'

export function listed(silence: Silence, active: readonly Alert[]): ListedSilence {
  const alerts = active.filter(({silencedBy}) => silencedBy.includes(silence.id)).length
  return {...silence, alerts, runId: leaseIn(silence.comment)?.runId ?? null}
}

/** The silences that have not ended, with how many active alerts each keeps quiet. */
export async function listSilences({
  alerts,
  clock,
}: {
  readonly alerts: Alerts
  readonly clock: Clock
}): Promise<Result<SilenceList>> {
  const [silences, active] = await Promise.all([alerts.silences(), alerts.active()])
  const shown = silences.map((silence) => listed(silence, active))
  return {verdict: 'ok', data: {at: clock.now().toISOString(), silences: shown}}
}
