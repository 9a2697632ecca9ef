import type {Result} from '../../domain/result.js'
import type {SignalReading} from '../../domain/signals/reading.js'
import type {EndpointHealth} from '../../domain/stack/health.js'
import type {Section} from '../../domain/stack/section.js'
import type {ServiceState} from '../../domain/stack/service-state.js'
import type {StatusReport} from '../../domain/stack/status.js'
import {alertRows} from './alerts.js'
import {reading, signalTarget} from './signals.js'
import {environmentText} from './environment.js'
import type {Style} from './style.js'
import {table} from './table.js'
import {seconds, span} from './units.js'
import {verdictIcon, verdictText} from './verdict.js'

const INDENT = '  '

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `${INDENT}${line}`)
    .join('\n')
}

/** A titled part; when its backend failed, the reason instead. Nothing when it is not configured. */
function part<T>(title: string, section: Section<T>, style: Style, body: (value: T) => string): readonly string[] {
  if (section.kind === 'notConfigured') return []
  const text =
    section.kind === 'read' ? body(section.value) : `${verdictIcon('unknown', style)} unknown: ${section.reason}`
  return ['', style.bold(title), indent(text)]
}

function uptime(state: ServiceState, now: number): string {
  const starts = state.containers.flatMap((container) =>
    container.state === 'running' && container.startedAt !== null ? Date.parse(container.startedAt) : [],
  )
  return starts.length === 0 ? '–' : span(Math.max(0, (now - Math.max(...starts)) / 1000))
}

/** Without its registry, and a digest as short as people know it. */
function imageText(image: string): string {
  return (image.split('/').at(-1) ?? image).replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/, '$1')
}

function serviceRow(state: ServiceState, now: number, style: Style): readonly string[] {
  const running = state.containers.filter((container) => container.state === 'running').length
  const restarts = state.containers.reduce((sum, {restartCount}) => sum + restartCount, 0)
  return [
    style.bold(state.service),
    verdictText(state.verdict, style),
    `${running}/${state.containers.length}`,
    uptime(state, now),
    restarts === 0 ? '0' : style.warn(String(restarts)),
    state.reason ?? style.dim(imageText(state.containers[0]?.image ?? '')),
  ]
}

const SERVICE_COLUMNS = [
  {title: 'SERVICE'},
  {title: 'STATE'},
  {title: 'RUN', align: 'right'},
  {title: 'UP', align: 'right'},
  {title: 'RESTARTS', align: 'right'},
  {title: 'IMAGE / WHY'},
] as const

function services(states: readonly ServiceState[], now: number, style: Style): string {
  if (states.length === 0) return `no containers: ${style.accent('faci up')}`
  return table(
    SERVICE_COLUMNS,
    states.map((state) => serviceRow(state, now, style)),
    style,
  )
}

function health(endpoints: readonly EndpointHealth[], style: Style): string {
  const rows = endpoints.map(({name, verdict, latency, probes, url}) => [
    style.bold(name),
    verdictText(verdict, style),
    seconds(latency?.medianSeconds ?? null),
    probes.find(({reason}) => reason !== null)?.reason ?? style.dim(url),
  ])
  return table([{title: ''}, {title: ''}, {title: '', align: 'right'}, {title: ''}], rows, style)
}

function signals(readings: readonly SignalReading[], style: Style): string {
  const rows = readings.map((one) => [
    verdictIcon(one.verdict, style),
    one.title,
    reading(one, style),
    style.dim(signalTarget(one)),
  ])
  return table([{title: ''}, {title: ''}, {title: '', align: 'right'}, {title: ''}], rows, style)
}

function changes(report: StatusReport, style: Style): string {
  const now = Date.parse(report.at)
  const rows = report.changes.map(({at, what}) => [
    style.dim(`${span(Math.max(0, (now - Date.parse(at)) / 1000))} ago`),
    what,
  ])
  return table([{title: '', align: 'right'}, {title: ''}], rows, style)
}

function footer({lock, undelivered}: StatusReport, style: Style): readonly string[] {
  const lines: string[] = []
  if (lock.kind === 'read' && lock.value.state !== 'free') {
    const {state, holder, reason, since} = lock.value
    lines.push(
      `${style.warn('⚿')} lock ${state} by ${holder ?? '?'} since ${since === null ? '?' : style.times.moment(since)}: ${reason ?? ''}`,
    )
  }
  if (lock.kind === 'unknown') lines.push(`${style.warn('⚿')} lock unknown: ${lock.reason}`)
  if (undelivered.kind === 'read' && undelivered.value > 0) {
    lines.push(`${style.warn('✉')} ${undelivered.value} undelivered: ${style.accent('faci notify flush')}`)
  }
  return lines.length === 0 ? [] : ['', ...lines]
}

/** One screen: the verdict first, then what it rests on. */
export function statusText({verdict, data}: Result<StatusReport>, style: Style): string {
  const now = Date.parse(data.at)
  const title = [style.bold(data.service), environmentText(data, style)].join(style.dim(' · '))
  const changed = data.changes.length === 0 ? [] : ['', style.bold('Changed lately'), indent(changes(data, style))]
  return [
    `${verdictText(verdict, style)}  ${title}  ${style.dim(style.times.moment(data.at))}`,
    ...part('Services', data.services, style, (value) => services(value, now, style)),
    ...part('Health', data.health, style, (value) => health(value, style)),
    ...part('Signals', data.signals, style, (value) => signals(value, style)),
    ...part('Alerts', data.alerts, style, (alerts) =>
      alertRows({alerts, silences: data.silences, doubts: data.alertDoubts}, now, style),
    ),
    ...changed,
    ...footer(data, style),
  ].join('\n')
}
