import {isUndecided, type ListedAlert} from '../alerts/alert-board.js'
import type {Alert} from '../alerts/alert.js'
import {isCritical} from '../alerts/severity.js'
import type {RunbookSummary} from '../runbook/runbook-list.js'
import type {SignalReading} from '../signals/reading.js'
import type {StateVerdict} from '../verdict.js'
import type {Cause} from '../findings/cause.js'
import type {Absence} from '../stack/compose-project.js'
import type {EndpointHealth} from '../stack/health.js'
import {holdsAll, nextCommand, runbookFor, wordsOf} from '../stack/next-command.js'
import type {Section} from '../section.js'
import type {ServiceState} from '../stack/service-state.js'
import type {StatusReport} from './status.js'
import {command} from '../text/shell-command.js'

type Sections = Pick<
  StatusReport,
  'absent' | 'alertDoubts' | 'services' | 'health' | 'signals' | 'alerts' | 'lock' | 'undelivered'
>
type Runbooks = readonly RunbookSummary[]

/** A cause, and whether users feel it: what answers them is not well, or somebody is to be woken for it. */
interface Found extends Cause {
  readonly isFelt: boolean
}

function ofAbsence({project, next}: Absence): Found {
  return {isFelt: true, what: `project ${project} has no containers`, verdict: 'down', next}
}

function isBad({verdict}: ServiceState): boolean {
  return verdict === 'down' || verdict === 'degraded'
}

function ofServices(
  states: readonly ServiceState[],
  answering: readonly string[],
  runbooks: Runbooks,
): readonly Found[] {
  return states.flatMap((state) => {
    const {service, verdict, reason} = state
    if (verdict === 'healthy') return []
    const what = `${service}: ${reason ?? verdict}`
    const next = verdict === 'unknown' ? null : nextCommand(state, runbooks)
    return [{isFelt: answering.includes(service), what, verdict, next}]
  })
}

/** An endpoint that fails because its service does has the same to be done about it. */
function ofHealth(
  endpoints: readonly EndpointHealth[],
  states: readonly ServiceState[],
  runbooks: Runbooks,
): readonly Found[] {
  return endpoints.flatMap(({name, verdict, probes}) => {
    if (verdict === 'healthy') return []
    const reason = probes.find((probe) => probe.reason !== null)?.reason ?? verdict
    const own = states.find((state) => state.service === name && isBad(state))
    const next = (own && nextCommand(own, runbooks)) ?? runbookFor(name, verdict, runbooks) ?? 'faci health'
    return [{isFelt: true, what: `health ${name}: ${reason}`, verdict, next}]
  })
}

function ofAlert(alert: ListedAlert): Found {
  const {name, summary, runbook, delivery} = alert
  return {
    isFelt: isCritical(alert),
    what: `${name} is firing${delivery === 'missing' ? ', and Alertmanager has not got it' : ''}${summary === null ? '' : `: ${summary}`}`,
    verdict: isUndecided(alert) ? 'unknown' : 'degraded',
    next: runbook === null ? command`faci alerts show ${name}` : command`faci runbook ${runbook}`,
  }
}

function ofAlerts(alerts: readonly ListedAlert[]): readonly Found[] {
  return alerts.filter(({state}) => state === 'firing').map(ofAlert)
}

/** A runbook whose name speaks of what the signal measures. */
function runbookOfSignal({title}: SignalReading, runbooks: Runbooks): string | null {
  const about = title.toLowerCase()
  const isAbout = (word: string): boolean => word.length > 3 && about.includes(word)
  const found = runbooks.find(({name}) => wordsOf(name).some(isAbout))
  return found === undefined ? null : command`faci runbook ${found.name}`
}

function ofSignals(readings: readonly SignalReading[], runbooks: Runbooks): readonly Found[] {
  return readings.flatMap((signal) =>
    signal.verdict === 'degraded' || signal.verdict === 'down'
      ? [
          {
            isFelt: false,
            what: `${signal.title} misses its target`,
            verdict: signal.verdict,
            next: runbookOfSignal(signal, runbooks) ?? 'faci signals',
          },
        ]
      : [],
  )
}

function unseen(title: string, section: Section<unknown>): readonly Found[] {
  if (section.kind !== 'unknown') return []
  const what = `${title} cannot be seen: ${section.reason}`
  return [{isFelt: false, what, verdict: 'unknown', next: 'faci doctor'}]
}

function valueOf<T>(section: Section<readonly T[]>): readonly T[] {
  return section.kind === 'read' ? section.value : []
}

const WORST_FIRST: readonly StateVerdict[] = ['down', 'degraded', 'unknown']

/** First what users feel, then the rest, in each what is down before what is degraded; what is not known comes last. */
function rank({verdict, isFelt}: Found): number {
  const last = 2 * WORST_FIRST.length
  return verdict === 'unknown' ? last : WORST_FIRST.indexOf(verdict) + (isFelt ? 0 : WORST_FIRST.length)
}

/**
 * Everything that is wrong, the worst first: few are seen. Of equally bad ones what is closest to the machine, which is more often the
 * cause.
 */
export function causesOf(sections: Sections, runbooks: Runbooks): readonly Cause[] {
  const {absent, alertDoubts, services, health, signals, alerts, lock, undelivered} = sections
  const answering = valueOf(health).map(({name}) => name)
  const states = valueOf(services)
  const all: readonly Found[] = [
    ...(absent === null ? ofServices(states, answering, runbooks) : [ofAbsence(absent)]),
    ...ofHealth(valueOf(health), states, runbooks),
    ...ofAlerts(valueOf(alerts)),
    ...ofSignals(valueOf(signals), runbooks),
    ...alertDoubts.map((what): Found => ({isFelt: false, what, verdict: 'unknown', next: 'faci doctor'})),
    ...unseen('containers', services),
    ...unseen('health', health),
    ...unseen('signals', signals),
    ...unseen('alerts', alerts),
    ...unseen('the lock', lock),
    ...unseen('undelivered notices', undelivered),
  ]
  return all.toSorted((one, other) => rank(one) - rank(other)).map(({what, verdict, next}) => ({what, verdict, next}))
}

/** An alert is about a service when a label, or its own name, speaks of it. */
export function isAlertOf({name, labels}: Alert, services: readonly string[]): boolean {
  const texts = [name, ...Object.values(labels)]
  return services.some((service) => texts.some((text) => holdsAll(text, service)))
}
