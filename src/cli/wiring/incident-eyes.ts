import type {SeenFigure} from '../../domain/incidents/incident-event.js'
import {readSignals} from '../../domain/signals/reading.js'
import {SERVICE_SIGNALS} from '../../domain/signals/golden-signals.js'
import {union} from '../../domain/signals/signal.js'
import {valueOf} from '../../domain/signals/signals-report.js'
import type {Metrics} from '../../ports/metrics.js'
import type {Eyes} from '../../usecases/incidents/capture-moment.js'
import type {App} from '../app/app-ports.js'
import {signalScope} from '../flags/signal-scope.js'
import {signalTargets} from './signal-targets.js'

const WINDOW_SECONDS = 300
/** What a person looks at first; each is in one of the units that a record has. */
const LOOKED_AT = SERVICE_SIGNALS.flatMap((signal) => {
  const {unit} = signal
  return unit === 'seconds' || unit === 'ratio' || unit === 'perSecond' ? [{signal, unit}] : []
})

async function figures({config}: App, metrics: Metrics): Promise<readonly SeenFigure[]> {
  const scope = signalScope(config, WINDOW_SECONDS)
  const signals = LOOKED_AT.map(({signal}) => signal)
  const {samples} = await metrics.query(union(signals, scope), {})
  const readings = readSignals(signals, samples, signalTargets(config.targets))
  return LOOKED_AT.map(({signal, unit}) => {
    const reading = readings.find(({name}) => name === signal.name)?.reading
    return {name: signal.title, value: reading === undefined ? null : valueOf(reading), unit}
  })
}

/** What the backends of faci.yml can tell of the service while somebody acts. */
export async function eyesOf(app: App): Promise<Eyes> {
  const [metrics, alerts] = await Promise.all([app.metrics(), app.alerts()])
  return {
    figures: metrics === null ? null : () => figures(app, metrics),
    alerts:
      alerts === null
        ? null
        : async () =>
            (await alerts.active()).filter(({state}) => state !== 'pending').map(({name, since}) => ({name, since})),
  }
}
