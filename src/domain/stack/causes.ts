import {isUndecided, type ListedAlert} from '../alert/alert-board.js'
import type {Alert} from '../alert/alert.js'
import type {RunbookSummary} from '../runbook/runbook-list.js'
import type {SignalReading} from '../signals/reading.js'
import type {StateVerdict} from '../verdict.js'
import type {Cause} from './cause.js'
import type {Absence} from './compose-project.js'
import type {EndpointHealth} from './health.js'
import type {Section} from './section.js'
import type {ServiceState} from './service-state.js'
import type {StatusReport} from './status.js'

type Sections = Pick<
  StatusReport,
  'absent' | 'alertDoubts' | 'services' | 'health' | 'signals' | 'alerts' | 'lock' | 'undelivered'
>
type Runbooks = readonly RunbookSummary[]

function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

function holdsAll(text: string, name: string): boolean {
  const words = wordsOf(text)
  return wordsOf(name).every((word) => words.includes(word))
}

/** The runbook for a service that is not well, known before any alert fires: one that acts on it and says so, or that is for what is down. */
function runbookFor(service: string, verdict: StateVerdict, runbooks: Runbooks): string | null {
  const fitting = runbooks.filter(({services}) => services.includes(service))
  const rank = ({name, title}: RunbookSummary): number =>
    (holdsAll(`${name} ${title}`, service) ? 2 : 0) + (verdict === 'down' && holdsAll(name, 'down') ? 1 : 0)
  const [best] = fitting.toSorted((one, other) => rank(other) - rank(one))
  return best === undefined || rank(best) === 0 ? null : `faci runbook ${best.name}`
}

function ofAbsence({project, next}: Absence): Cause {
  return {what: `project ${project} has no containers`, verdict: 'down', next}
}

function ofServices(states: readonly ServiceState[], runbooks: Runbooks): readonly Cause[] {
  return states.flatMap(({service, verdict, reason, next}) => {
    if (verdict === 'healthy') return []
    const what = `${service}: ${reason ?? verdict}`
    return [{what, verdict, next: verdict === 'unknown' ? null : (runbookFor(service, verdict, runbooks) ?? next)}]
  })
}

function ofHealth(endpoints: readonly EndpointHealth[], runbooks: Runbooks): readonly Cause[] {
  return endpoints.flatMap(({name, verdict, probes}) => {
    if (verdict === 'healthy') return []
    const reason = probes.find((probe) => probe.reason !== null)?.reason ?? verdict
    return [{what: `health ${name}: ${reason}`, verdict, next: runbookFor(name, verdict, runbooks) ?? 'faci health'}]
  })
}

function ofAlert(alert: ListedAlert): Cause {
  const {name, summary, runbook, delivery} = alert
  return {
    what: `${name} is firing${delivery === 'missing' ? ', and Alertmanager has not got it' : ''}${summary === null ? '' : `: ${summary}`}`,
    verdict: isUndecided(alert) ? 'unknown' : 'degraded',
    next: runbook === null ? `faci alerts show ${name}` : `faci runbook ${runbook}`,
  }
}

function ofAlerts(alerts: readonly ListedAlert[]): readonly Cause[] {
  return alerts.filter(({state}) => state === 'firing').map(ofAlert)
}

/** A runbook whose name speaks of what the signal measures. */
function runbookOfSignal({title}: SignalReading, runbooks: Runbooks): string | null {
  const about = title.toLowerCase()
  const isAbout = (word: string): boolean => word.length > 3 && about.includes(word)
  const found = runbooks.find(({name}) => wordsOf(name).some(isAbout))
  return found === undefined ? null : `faci runbook ${found.name}`
}

function ofSignals(readings: readonly SignalReading[], runbooks: Runbooks): readonly Cause[] {
  return readings.flatMap((signal) =>
    signal.verdict === 'degraded' || signal.verdict === 'down'
      ? [
          {
            what: `${signal.title} misses its target`,
            verdict: signal.verdict,
            next: runbookOfSignal(signal, runbooks) ?? 'faci signals',
          },
        ]
      : [],
  )
}

function unseen(title: string, section: Section<unknown>): readonly Cause[] {
  if (section.kind !== 'unknown') return []
  return [{what: `${title} cannot be seen: ${section.reason}`, verdict: 'unknown', next: 'faci doctor'}]
}

function valueOf<T>(section: Section<readonly T[]>): readonly T[] {
  return section.kind === 'read' ? section.value : []
}

const WORST_FIRST: readonly StateVerdict[] = ['down', 'degraded', 'unknown']

/** Everything that is wrong, the worst first; of equally bad ones what is closest to the machine, which is more often the cause. */
export function causesOf(sections: Sections, runbooks: Runbooks): readonly Cause[] {
  const {absent, alertDoubts, services, health, signals, alerts, lock, undelivered} = sections
  const all: readonly Cause[] = [
    ...(absent === null ? ofServices(valueOf(services), runbooks) : [ofAbsence(absent)]),
    ...ofHealth(valueOf(health), runbooks),
    ...ofAlerts(valueOf(alerts)),
    ...ofSignals(valueOf(signals), runbooks),
    ...alertDoubts.map((what): Cause => ({what, verdict: 'unknown', next: 'faci doctor'})),
    ...unseen('containers', services),
    ...unseen('health', health),
    ...unseen('signals', signals),
    ...unseen('alerts', alerts),
    ...unseen('the lock', lock),
    ...unseen('undelivered notices', undelivered),
  ]
  return all.toSorted((one, other) => WORST_FIRST.indexOf(one.verdict) - WORST_FIRST.indexOf(other.verdict))
}

/** An alert is about a service when a label, or its own name, speaks of it. */
export function isAlertOf({name, labels}: Alert, services: readonly string[]): boolean {
  const texts = [name, ...Object.values(labels)]
  return services.some((service) => texts.some((text) => holdsAll(text, service)))
}
