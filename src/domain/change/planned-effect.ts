import type {StackChange} from './change.js'
import {type Foretelling, foretoldOf} from './foretelling.js'
import type {Container} from '../stack/container.js'
import {type ExpectedService, isFinishedJob} from '../stack/expected-service.js'
import type {Pin} from './pinned-image.js'
import {
  type Blueprint,
  type Difference,
  differenceOf,
  type NamedImage,
  type Recreation,
  recreationOf,
} from './recreation.js'
import {isLeftover} from './replicas.js'
import type {ServiceDefinition} from '../stack/service-definition.js'
import {command} from '../text/shell-command.js'

/** What a person should know of a service before saying yes to a change. */
export type PlannedEffect =
  /** Another image; `newReplicas`: those that run keep theirs. */
  | {readonly kind: 'image'; readonly of: ChangedContainers; readonly change: NonNullable<Difference['image']>}
  | {
      readonly kind: 'configuration'
      readonly of: ChangedContainers
      readonly state: 'changed' | 'unknown'
      /** Absent where nothing was compared. */
      readonly cause?: ConfigurationCause
    }
  | {readonly kind: 'replicasLost'; readonly running: number; readonly then: number}
  /** `faci up` does not bring back what `faci down` removes; `command`: what does, null when nothing does. */
  | {readonly kind: 'notBroughtBack'; readonly why: 'profile' | 'notInFile'; readonly command: string | null}
  | {readonly kind: 'fewerBroughtBack'; readonly running: number; readonly then: number; readonly command: string}
  /** It stays with its previous image. */
  | {readonly kind: 'pinned'; readonly image: NamedImage; readonly left: string; readonly unpin: string}
  /** It goes back to the previous image, and stays there. */
  | {readonly kind: 'pins'; readonly unpin: string}
  /** The image comes back that was left. */
  | {readonly kind: 'leftComesBack'; readonly left: string}
  /** Compose itself says that it does; what was compared does not tell why. */
  | {readonly kind: 'recreatedAnyway'}
  /** Its containers are stopped, and started again when these networks were made anew. */
  | {readonly kind: 'stoppedMeanwhile'; readonly networks: readonly string[]}
  /** Compose restarts it with a service that it depends on, or perhaps makes it anew: `restart: true`. */
  | {readonly kind: 'follows'; readonly service: string}
  /** A job that has finished: Compose starts it once more. */
  | {readonly kind: 'runsAgain'}

/** What is seen to be another one since a container was made. */
export interface ConfigurationCause {
  /** By name. */
  readonly variables: readonly string[]
  /** Edited since then. */
  readonly files: readonly string[]
  /** Nothing but Compose's own version: it may come to another hash for the same. */
  readonly version: {readonly made: string; readonly now: string} | null
}

type ChangedContainers = 'all' | 'newReplicas'

/** What the Compose file and the engine tell beside the containers. What a kind of change does not need is empty. */
export interface Outlook {
  /** The enabled services. */
  readonly expected: readonly ExpectedService[]
  /** Those that only run under a profile that is off. */
  readonly profiled: readonly string[]
  readonly blueprints: Readonly<Record<string, Blueprint>>
  /** Services that went back and would stay there, were nothing said; `StackChange.pinned` are those that do. */
  readonly pins: readonly Pin[]
  /** What Compose itself says that it would do; null: it was not asked, or cannot tell. */
  readonly foretelling: Foretelling | null
  readonly definitions: readonly Pick<ServiceDefinition, 'service' | 'follows' | 'dependencies' | 'awaits'>[]
}

/** Of a change that reads nothing but the containers. */
export const NO_OUTLOOK: Outlook = {
  ...{expected: [], profiled: [], blueprints: {}, pins: [], definitions: []},
  foretelling: null,
}

export interface Foreseen {
  /** null: it has no containers, or the change replaces none. */
  readonly recreation: Recreation | null
  readonly effects: readonly PlannedEffect[]
}

function worst(recreations: readonly Recreation[]): Recreation {
  if (recreations.includes('yes')) return 'yes'
  return recreations.includes('unknown') ? 'unknown' : 'no'
}

function differences(own: readonly Container[], blueprint: Blueprint, of: ChangedContainers): readonly PlannedEffect[] {
  const all = own.map((container) => differenceOf(container, blueprint))
  const images = new Map(all.flatMap(({image}) => (image === null ? [] : [[JSON.stringify(image), image] as const])))
  const states = all.map(({configuration}) => configuration)
  const state = states.find((one) => one === 'changed') ?? states.find((one) => one === 'unknown')
  return [
    ...[...images.values()].map((change): PlannedEffect => ({kind: 'image', of, change})),
    ...(state === undefined ? [] : [{kind: 'configuration', of, state} as const]),
  ]
}

const NOT_COMPARED: PlannedEffect = {kind: 'configuration', of: 'all', state: 'unknown'}

function replaced(own: readonly Container[], blueprint: Blueprint | undefined): Foreseen {
  if (blueprint === undefined) return {recreation: 'unknown', effects: [NOT_COMPARED]}
  const recreation = worst(own.map((container) => recreationOf(container, blueprint)))
  return {recreation, effects: differences(own, blueprint, 'all')}
}

/** What Compose makes of the containers of one service. */
function made(change: StackChange, service: string, own: readonly Container[], {blueprints}: Outlook): Foreseen {
  const blueprint = blueprints[service]
  if (own.length === 0) return {recreation: null, effects: []}
  if (change.kind === 'scale') {
    const grows = (change.replicas[service] ?? 0) > own.length
    return {recreation: 'no', effects: grows && blueprint ? differences(own, blueprint, 'newReplicas') : []}
  }
  const found = replaced(own, blueprint)
  const isAsked = change.kind === 'up' && change.recreate && isNamed(change.services, service)
  return isAsked ? {...found, recreation: 'yes'} : found
}

/** What Compose itself says goes before what was compared, save that nothing which differs is left unsaid. */
function withForetold(seen: Foreseen, own: readonly Container[], {foretelling}: Outlook): Foreseen {
  if (foretelling === null || own.length === 0) return seen
  const {recreation, effects} = seen
  switch (foretoldOf(own, foretelling)) {
    case 'recreated':
      return {recreation: 'yes', effects: recreation === 'no' ? [...effects, {kind: 'recreatedAnyway'}] : effects}
    case 'stopped':
      return {recreation, effects: [...effects, {kind: 'stoppedMeanwhile', networks: foretelling.networks}]}
    case 'running': {
      const isUntold = recreation === 'unknown' && effects.every(({kind}) => kind === 'configuration')
      return isUntold ? {recreation: 'no', effects: []} : seen
    }
    case 'unsaid':
      return seen
  }
}

function isNamed(services: readonly string[], service: string): boolean {
  return services.length === 0 || services.includes(service)
}

/** How many of a service Compose leaves; null when the change leaves their number alone. */
function replicasThen(change: StackChange, service: string, {expected}: Outlook): number | null {
  if (change.kind !== 'up' && change.kind !== 'revert' && change.kind !== 'scale') return null
  const kept = change.kind === 'scale' ? change.kept?.[service] : undefined
  return change.replicas[service] ?? kept ?? expected.find((one) => one.service === service)?.replicas ?? 1
}

function lostReplicas(
  change: StackChange,
  service: string,
  running: number,
  outlook: Outlook,
): readonly PlannedEffect[] {
  const then = replicasThen(change, service, outlook)
  return then !== null && then < running ? [{kind: 'replicasLost', running, then}] : []
}

/** What a `faci up` afterwards would not bring back as it runs now. */
function lostForGood(service: string, running: number, {expected, profiled}: Outlook): readonly PlannedEffect[] {
  if (running === 0) return []
  const up = command`faci up ${service}`
  const scale = command`faci scale ${service}=${running}`
  if (profiled.includes(service)) {
    return [{kind: 'notBroughtBack', why: 'profile', command: running > 1 ? `${up} && ${scale}` : up}]
  }
  const then = expected.find((one) => one.service === service)?.replicas
  if (then === undefined) return [{kind: 'notBroughtBack', why: 'notInFile', command: null}]
  return then < running ? [{kind: 'fewerBroughtBack', running, then, command: scale}] : []
}

function pinning(change: StackChange, service: string, {pins, blueprints}: Outlook): readonly PlannedEffect[] {
  const unpin = command`faci up ${service} --image compose`
  if (change.kind === 'revert') return change.services.includes(service) ? [{kind: 'pins', unpin}] : []
  const pin = pins.find((one) => one.service === service)
  if (pin === undefined || (change.kind !== 'up' && change.kind !== 'scale')) return []
  const {reference: name, previous: id, left} = pin
  if (change.pinned?.includes(service) === true) return [{kind: 'pinned', image: {name, id}, left, unpin}]
  // What is built may be another one, or the very same.
  const comesBack = blueprints[service]?.imageComes === null
  return comesBack ? [{kind: 'leftComesBack', left}] : []
}

function runsAgain(own: readonly Container[], {expected}: Outlook): readonly PlannedEffect[] {
  return isFinishedJob(own, expected) ? [{kind: 'runsAgain'}] : []
}

/** What a change does to a service beyond what it is asked for. */
export function foresee(
  change: StackChange,
  service: string,
  containers: readonly Container[],
  outlook: Outlook,
): Foreseen {
  const own = containers.filter((container) => container.service === service && !isLeftover(container))
  const running = own.filter(({state}) => state === 'running').length
  switch (change.kind) {
    case 'down':
      return {recreation: null, effects: lostForGood(service, running, outlook)}
    case 'restart':
    case 'start':
      return {recreation: null, effects: runsAgain(own, outlook)}
    case 'stop':
      return {recreation: null, effects: []}
    case 'up':
    case 'scale':
    case 'revert': {
      const {recreation, effects} = withForetold(made(change, service, own, outlook), own, outlook)
      const around = [...pinning(change, service, outlook), ...lostReplicas(change, service, running, outlook)]
      return {recreation, effects: [...effects, ...around, ...runsAgain(own, outlook)]}
    }
  }
}
