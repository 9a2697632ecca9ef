import type {Result} from '../../domain/result.js'
import type {SignalReading} from '../../domain/signals/reading.js'
import type {Absence} from '../../domain/stack/compose-project.js'
import type {EndpointHealth} from '../../domain/stack/health.js'
import type {Section} from '../../domain/section.js'
import type {ServiceState} from '../../domain/stack/service-state.js'
import type {StatusReport} from '../../domain/status/status.js'
import {alertRows} from '../alerts/alerts.js'
import {reading, signalTarget} from '../signals/signals.js'
import {causeLines} from './causes.js'
import {ongoingIncidentLines} from './ongoing-incidents.js'
import {oncallLines} from '../oncall/oncall-line.js'
import {environmentText} from '../text/environment.js'
import {inset, onScreen} from '../text/screen.js'
import {nextStep} from '../text/next-step.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {span} from '../../domain/time/span.js'
import {seconds} from '../text/units.js'
import {verdictIcon, verdictText} from '../text/verdict.js'
import {wrap} from '../text/wrap.js'
import {STACK} from '../words/en/stack.js'

/** A titled part; when its backend failed, the reason instead. Nothing when it is not configured, or not asked for. */
function part<T>(
  title: string,
  section: Section<T>,
  style: Style,
  body: (value: T, inner: Style) => string,
): readonly string[] {
  if (section.kind === 'notConfigured' || section.kind === 'notAsked') return []
  const text = (inner: Style): string =>
    section.kind === 'read'
      ? body(section.value, inner)
      : `${verdictIcon('unknown', style)} unknown: ${style.times.sentence(section.reason)}`
  return ['', style.bold(title), inset(style, text)]
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
  const next = state.next === null ? '' : nextStep(state.next, style)
  return [
    style.bold(state.service),
    verdictText(state.verdict, style),
    `${running}/${Math.max(state.containers.length, state.wanted ?? 0)}`,
    uptime(state, now),
    restarts === 0 ? '0' : style.warn(String(restarts)),
    state.reasons.length === 0
      ? style.dim(imageText(state.containers[0]?.image ?? ''))
      : `${STACK.service(state)}${next}`,
  ]
}

const SERVICE_COLUMNS = [
  {title: 'SERVICE'},
  {title: 'STATE'},
  {title: 'RUN', align: 'right'},
  {title: 'UP', align: 'right', spare: 2},
  {title: 'RESTARTS', align: 'right', spare: 1},
  {title: 'IMAGE / WHY'},
] as const

/** Fewer are not worth a fold. */
const FOLDED = 3

function services(states: readonly ServiceState[], now: number, fold: boolean, style: Style): string {
  const well = states.filter(({verdict}) => verdict === 'healthy')
  const folds = fold && well.length >= FOLDED
  const shown = folds ? states.filter(({verdict}) => verdict !== 'healthy') : states
  const rows = shown.map((state) => serviceRow(state, now, style))
  const names = well.map(({service}) => service).join(', ')
  const folded = wrap(`${style.good(`● ${well.length} healthy`)}: ${names}`, style.width)
  return [...(rows.length === 0 ? [] : [table(SERVICE_COLUMNS, rows, style)]), ...(folds ? folded : [])].join('\n')
}

/** So many tell people which project it is. */
const TOLD = 3

function servicesText(services: readonly string[]): string {
  const more = services.length - TOLD
  const told = services.slice(0, TOLD).join(', ')
  return more > 0 ? `${told} and ${more} more` : told
}

/** Nothing of it runs here: what does, so that no second copy of it is started. */
function nothingHere({project, projects, next}: Absence, style: Style): string {
  const rows = projects.map((one) => [
    style.bold(one.project),
    `${one.running}/${one.total} running`,
    servicesText(one.services),
    style.dim(one.directory ?? ''),
  ])
  const columns = [{title: 'PROJECT'}, {title: 'STATE'}, {title: 'SERVICES'}, {title: 'FOLDER'}]
  const others =
    rows.length === 0 ? [] : ['what runs on this engine:', inset(style, (inner) => table(columns, rows, inner))]
  return [`project ${project} has no containers${nextStep(next, style)}`, ...others].join('\n')
}

function health(endpoints: readonly EndpointHealth[], style: Style): string {
  const rows = endpoints.map(({name, verdict, latency, probes, url}) => {
    const reason = probes.find((probe) => probe.reason !== null)?.reason ?? null
    return [
      style.bold(name),
      verdictText(verdict, style),
      seconds(latency?.medianSeconds ?? null),
      reason === null ? style.dim(url) : STACK.probe(reason),
    ]
  })
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

/** What is in the store and hides nothing else, but should be looked at. */
function unreadableLines({unreadable}: StatusReport, style: Style): readonly string[] {
  if (unreadable.kind !== 'read') return []
  const {notices, runs} = unreadable.value
  const line = (count: number, what: string, next: string): readonly string[] =>
    count === 0
      ? []
      : [`${style.warn('!')} ${count} unreadable ${count === 1 ? what : `${what}s`}: ${style.accent(next)}`]
  return [...line(notices, 'notice', 'faci notify flush'), ...line(runs, 'run', 'faci doctor')]
}

function heldLines({heldNotices: held}: StatusReport, style: Style): readonly string[] {
  if (held === null) return []
  const what = held.notices === 1 ? '1 notice' : `${held.notices} notices`
  return [
    `${style.accent('◷')} ${what} held until ${style.times.minute(held.until)}: ${style.accent('faci notify flush')}`,
  ]
}

function undeliveredLines(
  {undelivered, oldestUndeliveredAt: oldest, onFallback, at}: StatusReport,
  style: Style,
): readonly string[] {
  if (undelivered.kind !== 'read' || undelivered.value === 0) return []
  const age = oldest === null ? null : span(Math.max(0, (Date.parse(at) - Date.parse(oldest)) / 1000))
  const since = age === null ? '' : undelivered.value === 1 ? `, for ${age}` : `, the oldest for ${age}`
  const fallback = onFallback === 0 ? '' : ` (${onFallback} sent to the fallback channel)`
  return [
    `${style.warn('✉')} ${undelivered.value} undelivered${since}${fallback}: ${style.accent('faci notify flush')}`,
  ]
}

function footer(data: StatusReport, style: Style): readonly string[] {
  const {lock} = data
  const lines: string[] = []
  if (lock.kind === 'read' && lock.value.state !== 'free') {
    const {state, holder, reason, since} = lock.value
    lines.push(
      `${style.warn('⚿')} lock ${state} by ${holder ?? '?'} since ${since === null ? '?' : style.times.moment(since)}: ${reason ?? ''}`,
    )
  }
  if (lock.kind === 'unknown') lines.push(`${style.warn('⚿')} lock unknown: ${style.times.sentence(lock.reason)}`)
  lines.push(...undeliveredLines(data, style), ...heldLines(data, style), ...unreadableLines(data, style))
  return lines.length === 0 ? [] : ['', ...lines]
}

/** The services that were named; none where the whole was asked about. */
function askedFor({signals, services}: StatusReport): readonly string[] {
  return signals.kind === 'notAsked' && services.kind === 'read' ? services.value.map(({service}) => service) : []
}

/** The verdict, and what it comes from with what to type: what is read first, and last. */
function headline({verdict, data}: Result<StatusReport>, style: Style): readonly string[] {
  const of = askedFor(data)
  const whole = of.length === 0 ? style.bold(data.service) : `${style.bold(of.join(', '))} of ${data.service}`
  const title = [whole, environmentText(data, style)].join(style.dim(' · '))
  return [
    `${verdictText(verdict, style)}  ${title}  ${style.dim(style.times.moment(data.at))}`,
    ...causeLines(data.causes, style),
    ...ongoingIncidentLines(data, style),
    ...oncallLines(data.oncall, style),
  ]
}

function body(data: StatusReport, fold: boolean, style: Style): readonly string[] {
  const now = Date.parse(data.at)
  const changed =
    data.changes.length === 0 ? [] : ['', style.bold('Recent changes'), inset(style, (inner) => changes(data, inner))]
  return [
    ...part('Services', data.services, style, (value, inner) =>
      data.absent === null ? services(value, now, fold, inner) : nothingHere(data.absent, inner),
    ),
    ...part('Health', data.health, style, health),
    ...part('Signals', data.signals, style, signals),
    ...part('Alerts', data.alerts, style, (alerts, inner) =>
      alertRows({alerts, silences: data.silences, doubts: data.alertDoubts}, now, inner),
    ),
    ...(askedFor(data).length === 0 ? [] : ['', style.dim('Signals are of the whole service: faci status')]),
    ...changed,
    ...footer(data, style),
  ]
}

function linesOf(parts: readonly string[], style: Style): readonly string[] {
  return onScreen(parts.join('\n'), style).split('\n')
}

/**
 * One screen: the verdict first, then what it rests on. Where the screen is too small for all of it, healthy services are folded; if
 * that is not enough, the verdict stands at its end too, where the terminal stops.
 */
export function statusText(result: Result<StatusReport>, style: Style): string {
  const head = headline(result, style)
  const room = style.rows === null ? Infinity : style.rows - 1
  const whole = linesOf([...head, ...body(result.data, false, style)], style)
  if (whole.length <= room) return whole.join('\n')
  const folded = linesOf([...head, ...body(result.data, true, style)], style)
  return [...folded, ...(folded.length <= room ? [] : ['', ...linesOf(head, style)])].join('\n')
}
