import {isUndecided, type ListedAlert} from '../alerts/alert-board.js'
import type {Alert} from '../alerts/alert.js'
import type {AlertDoubt} from '../alerts/doubt.js'
import {isCritical} from '../alerts/severity.js'
import type {RunbookSummary} from '../runbook/runbook-list.js'
import type {SignalReading} from '../signals/reading.js'
import type {StateVerdict} from '../verdict.js'
import type {Cause, UnseenPart} from './cause.js'
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
  return {isFelt: true, reason: {why: 'noContainers', project}, verdict: 'down', next}
}

function isBad({verdict}: ServiceState): boolean {
  return verdict === 'down' || verdict === 'degraded'
}

function ofServices(
  states: readonly ServiceState[],
  answering: readonly string[],
  runbooks: Runbooks,
): readonly Found[] {
  return states.flatMap((state): readonly Found[] => {
    const {service, verdict, reasons} = state
    if (verdict === 'healthy') return []
    const reason = {why: 'serviceNotHealthy', service, verdict, reasons} as const
    const next = verdict === 'unknown' ? null : nextCommand(state, runbooks)
    return [{isFelt: answering.includes(service), reason, verdict, next}]
  })
}

/** An endpoint that fails because its service does has the same to be done about it. */
function ofHealth(
  endpoints: readonly EndpointHealth[],
  states: readonly ServiceState[],
  runbooks: Runbooks,
): readonly Found[] {
  return endpoints.flatMap(({name, verdict, probes}): readonly Found[] => {
    if (verdict === 'healthy') return []
    const reason = probes.find((probe) => probe.reason !== null)?.reason ?? null
    const own = states.find((state) => state.service === name && isBad(state))
    const next = (own && nextCommand(own, runbooks)) ?? runbookFor(name, verdict, runbooks) ?? 'faci health'
    return [{isFelt: true, reason: {why: 'endpointFails', endpoint: name, verdict, reason}, verdict, next}]
  })
}

function ofAlert(alert: ListedAlert): Found {
  const {name, summary, runbook, delivery} = alert
  return {
    isFelt: isCritical(alert),
    reason: {why: 'alertFires', alert: name, summary, isMissing: delivery === 'missing'},
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
  return readings.flatMap((signal): readonly Found[] =>
    signal.verdict === 'degraded' || signal.verdict === 'down'
      ? [
          {
            isFelt: false,
            reason: {why: 'signalMissesTarget', signal: signal.name, title: signal.title},
            verdict: signal.verdict,
            next: runbookOfSignal(signal, runbooks) ?? 'faci signals',
          },
        ]
      : [],
  )
}

function unseen(part: UnseenPart, section: Section<unknown>): readonly Found[] {
  if (section.kind !== 'unknown') return []
  const reason = {why: 'unseen', part, message: section.reason} as const
  return [{isFelt: false, reason, verdict: 'unknown', next: 'faci doctor'}]
}

function inDoubt(doubt: AlertDoubt): Found {
  return {isFelt: false, reason: {why: 'alertsInDoubt', doubt}, verdict: 'unknown', next: 'faci doctor'}
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
    ...alertDoubts.map(inDoubt),
    ...unseen('containers', services),
    ...unseen('health', health),
    ...unseen('signals', signals),
    ...unseen('alerts', alerts),
    ...unseen('lock', lock),
    ...unseen('undelivered', undelivered),
  ]
  return all
    .toSorted((one, other) => rank(one) - rank(other))
    .map(({reason, verdict, next}) => ({reason, verdict, next}))
}

/** An alert is about a service when a label, or its own name, speaks of it. */
export function isAlertOf({name, labels}: Alert, services: readonly string[]): boolean {
  const texts = [name, ...Object.values(labels)]
  return services.some((service) => texts.some((text) => holdsAll(text, service)))
}
