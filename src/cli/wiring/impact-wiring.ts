import type {Gauges} from '../../usecases/incidents/incident-deps.js'
import type {App} from '../app/app-ports.js'

/** A whole window of raw samples takes a server longer than a glance at now. */
const PATIENCE_SECONDS = 20

/** What tells what an incident did; null: no metrics are set up. */
export async function gaugesOf(app: App): Promise<Gauges | null> {
  const {prometheus, slos} = app.config
  const [metrics, rules, readThreshold, clock] = await Promise.all([
    app.metrics(PATIENCE_SECONDS),
    app.loadedRules(),
    app.readThreshold(),
    app.clock(),
  ])
  if (metrics === null || rules === null) return null
  const refused = slos.flatMap(({indicator}) => (indicator.kind === 'errors' ? [indicator.refused ?? null] : []))
  return {
    deps: {metrics, rules, readThreshold, clock},
    subject: {job: prometheus?.job ?? null, objectives: slos, refused: refused.find((one) => one !== null) ?? null},
  }
}
