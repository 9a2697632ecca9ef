import type {Listener} from '../../domain/incidents/announcement.js'
import type {Spoken} from '../../domain/incidents/incident-words.js'
import type {Alert} from '../../domain/alerts/alert.js'
import {FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import {isBlank, visible} from '../../domain/text/visible.js'
import type {IncidentChanges} from '../../domain/incidents/incident-event.js'
import type {Priority} from '../../domain/priority.js'
import {TERMINAL} from '../../domain/notices/channels.js'
import {correctionOf, guessText} from '../../domain/text/did-you-mean.js'
import {span} from '../../domain/time/span.js'
import type {JournaledEvent} from '../../domain/journal/journal-actions.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import {localTimes} from '../../render/words/local-times.js'
import {ENGLISH, wordsFor} from '../../render/words/words.js'
import type {IncidentDeps, IncidentPlace, Telephone} from '../../usecases/incidents/incident-deps.js'
import type {ActionWish} from '../../usecases/incidents/manage-actions.js'
import type {KnownAlert} from '../../usecases/incidents/reported-trouble.js'
import type {TellDeps} from '../../usecases/incidents/tell-incident.js'
import {sendNotice} from '../../usecases/notices/send-notice.js'
import {gaugesOf} from './impact-wiring.js'
import {eyesOf} from './incident-eyes.js'
import type {App} from '../app/app-ports.js'
import type {Terminal} from '../process/terminal.js'
import {noticeDeps, onStderr} from './notice-wiring.js'
import {namedInRota, oncallPerson} from './oncall-wiring.js'
import {sharedPages} from './shared-pages.js'

/** For a document that others read: in its language. */
export function documentTimes({config, timezone}: App): ScreenTimes {
  return localTimes(config.locale, timezone)
}

/** For whoever sits here: times as on every screen. */
function spokenHere({times}: App): Spoken {
  return {time: times.moment, duration: span}
}

/** Errors: `configInvalid` for a route to a channel that is not set up. */
function checkRoutes({config}: App, channels: readonly string[]): void {
  const targets = Object.values(config.incidents.routes).flatMap((ways) => Object.values(ways ?? {}).flat())
  const unknown = targets.find((name) => name !== undefined && !channels.includes(name))
  if (unknown === undefined) return
  const hint = guessText(correctionOf(unknown, channels), 'there are', channels)
  throw new FaciError('configInvalid', `${config.file}: notices.routes names ${unknown}, which is not set up: ${hint}`)
}

/** Of these steps only those who respond are told. */
const FOR_RESPONDERS = ['due', 'escalated'] as const

/** Errors: `configInvalid` for a route by which nobody would ever be told. */
function checkReaders({config}: App, heard: readonly Listener[]): void {
  const stakeholders = heard.filter(({readers}) => readers === 'stakeholders').map(({channel}) => channel)
  for (const ways of Object.values(config.incidents.routes))
    for (const step of FOR_RESPONDERS) {
      const name = ways?.[step]?.find((one) => stakeholders.includes(one))
      if (name === undefined) continue
      const why = `notices.routes sends \`${step}\` to ${name}, but stakeholders are told only when an incident begins and ends`
      throw new FaciError('configInvalid', `${config.file}: ${why}: name a channel of those who respond`)
    }
}

function listener(channel: string, readers: Listener['readers'], locale: string, timezone: string): Listener {
  const words = wordsFor(locale)
  const spoken = {time: (at: string) => words.notice.time(at, timezone), duration: span}
  return {channel, readers, words: words.incidents, spoken}
}

function listeners({config}: App): readonly Listener[] {
  const {channels, timezone, locale} = config
  if (channels.length === 0) return [listener(TERMINAL, 'responders', locale, timezone)]
  return channels.map((channel) => listener(channel.name, channel.readers, channel.locale ?? locale, timezone))
}

/** What reaches people: a channel whose secret is missing reaches nobody, so that a notice for it waits. Errors: `configInvalid` for a route to a channel that is not set up. */
export async function telephone(app: App, terminal: Terminal, json: boolean): Promise<Telephone> {
  const heard = listeners(app)
  checkRoutes(app, [...heard.map(({channel}) => channel), TERMINAL])
  checkReaders(app, heard)
  const deps = await noticeDeps(app, terminal, onStderr(app, json), true)
  const {routes} = app.config.incidents
  return {routes, listeners: heard, oncall: oncallPerson(app), send: (notice) => sendNotice(deps, notice)}
}

export async function incidentDeps(app: App): Promise<IncidentDeps> {
  const [incidents, journal, clock, ids] = await Promise.all([
    app.incidents(),
    app.journal<JournaledEvent>(),
    app.clock(),
    app.ids(),
  ])
  const noticeRecords = (): ReturnType<App['outbox']> => app.outbox()
  return {incidents, journal, noticeRecords, clock, ids, words: ENGLISH.incidents, spoken: spokenHere(app)}
}

/** `quiet`: nobody is told. */
export async function tellDeps(
  app: App,
  terminal: Terminal,
  {json, quiet}: {readonly json: boolean; readonly quiet: boolean},
): Promise<TellDeps> {
  const [deps, eyes] = await Promise.all([incidentDeps(app), eyesOf(app)])
  const say = onStderr(app, json)
  const waiting = (who: string | null): void => {
    say(`waiting for ${visible(who ?? 'another process')} to open an incident (10s at most) …`)
  }
  const shared = sharedPages(app)
  return {
    ...deps,
    ...(terminal.interactive ? {sayWhoOpens: waiting} : {}),
    eyes,
    shared,
    gauges: () => gaugesOf(app),
    telephone: quiet ? null : await telephone(app, terminal, json),
  }
}

export async function incidentPlace(app: App): Promise<IncidentPlace> {
  const {service, environment, incidents} = app.config
  const {updates, watchSeconds} = incidents
  return {service, environment, operator: await app.operator(), updates, watchSeconds}
}

type ChangeFlags = Readonly<Record<'title' | 'impact' | 'owner' | 'commander' | 'scribe', string | undefined>> & {
  readonly severity: Priority | undefined
  readonly service: readonly string[] | undefined
}

/** What flags want mended. */
export function changesOf({title, impact, owner, commander, scribe, severity, service}: ChangeFlags): IncidentChanges {
  if (title !== undefined && isBlank(title)) throw new FaciError('usage', 'An incident needs a title')
  const all = {title, impact, owner, commander, scribe, severity, services: service}
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** The same, with people as the rota writes them. Errors: `usage` where several may be meant. */
export async function withRotaNames(app: App, changes: IncidentChanges): Promise<IncidentChanges> {
  const roles = (['owner', 'commander', 'scribe'] as const).filter((role) => changes[role] !== undefined)
  const names = await namedInRota(
    app,
    roles.map((role) => changes[role] ?? ''),
  )
  return {...changes, ...Object.fromEntries(roles.map((role, index) => [role, names[index]]))}
}

/** What Alertmanager says of alerts; one that cannot be asked says nothing, and holds up no incident. */
export async function knownAlerts(app: App, names: readonly string[]): Promise<readonly KnownAlert[]> {
  const unknown: readonly KnownAlert[] = names.map((name) => ({
    name,
    severity: null,
    priority: null,
    firingSince: null,
  }))
  if (names.length === 0) return unknown
  const active = await activeAlerts(app)
  return unknown.map((alert) => {
    const same = active.filter(({name}) => name === alert.name)
    const [gravest] = same
    if (gravest === undefined) return alert
    const since = same.map(({since}) => since).sort()[0] ?? null
    return {name: alert.name, severity: gravest.severity, priority: gravest.priority, firingSince: since}
  })
}

async function activeAlerts(app: App): Promise<readonly Alert[]> {
  try {
    return (await (await app.alerts())?.active()) ?? []
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return []
  }
}

interface ActionFlags {
  readonly add?: string | undefined
  readonly done?: number | undefined
  readonly drop?: number | undefined
  readonly change?: number | undefined
  readonly owner?: string | undefined
  readonly dueAt: string | null
}

/** null: only to be listed. */
export function actionWish({add, done, drop, change, owner: named, dueAt}: ActionFlags): ActionWish | null {
  const owner = named ?? null
  if (add !== undefined) return {kind: 'add', text: add, owner, dueAt}
  const number = done ?? drop ?? change
  if (number === undefined) {
    if (owner === null && dueAt === null) return null
    throw new FaciError('usage', '--owner and --due belong to an action item', {
      suggestions: ["faci incident actions --add 'what is to be done' --owner bia"],
    })
  }
  const state = done === undefined ? (drop === undefined ? null : 'dropped') : 'done'
  return {kind: 'change', number, state, owner, dueAt}
}
