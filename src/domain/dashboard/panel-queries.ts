import {jobMatchers, selector} from '../promql/promql.js'
import type {Signal, SignalName} from '../signals/signal.js'
import type {PanelQuery, PanelUnit} from './dashboard.js'

type Job = string | null

/** What service/prometheus/rules records, by its name; names that begin with `job` and `instance:process` keep the job. */
export function recordedSeries(record: string, job: Job): string {
  return `${record}${/^(?:job|instance:process)/.test(record) ? selector(jobMatchers({job, windowSeconds: 0})) : ''}`
}

/** A signal of the last five minutes, as it is recorded. */
export function ofSignal(signal: Signal, job: Job, title = signal.title): PanelQuery {
  const {name, unit, good, traffic, recorded} = signal
  return {
    ...figure(name, title, unit, recordedSeries(recorded, job)),
    target: name,
    good,
    needsTraffic: traffic !== null,
  }
}

/** A figure without target that exists whenever the service does. */
export function figure(name: string, title: string, unit: PanelUnit, expression: string): PanelQuery {
  return {
    ...{name, title, unit, expression},
    ...{target: null, good: 'below', needsTraffic: false, looksBack: false, by: null},
  }
}

/** The signal of that name. */
export function signalNamed(signals: readonly Signal[], name: SignalName): Signal {
  const found = signals.find((signal) => signal.name === name)
  if (found === undefined) throw new Error(`there is no signal ${name}`)
  return found
}

/** The shares of the machine that are in use; the targets are those of the signals. */
export function resources(job: Job): Readonly<Record<'cpu' | 'memory' | 'disk', PanelQuery>> {
  const share = (name: 'cpu' | 'memory' | 'disk', title: string, expression: string): PanelQuery => ({
    ...figure(name, title, 'ratio', expression),
    target: name,
  })
  const cpu = recordedSeries('instance:process_cpu:ratio_rate5m', job)
  return {
    cpu: share('cpu', 'CPU', `max(${cpu})`),
    memory: share('memory', 'memory', 'max(instance:node_memory:used_ratio)'),
    disk: share('disk', 'disk', recordedSeries('node_filesystem:used_ratio:max', job)),
  }
}
