import {shellCommand} from '../text/shell-command.js'
import {changeCommand, type ChangePlan, type PlannedService} from './change-plan.js'
import type {Container} from '../stack/container.js'
import type {LeftOver} from './reason.js'
import {isLeftover, replicasOf} from './replicas.js'

/** What a change that did not come to its end has left, as far as it can be seen. */
export interface LeftBehind {
  /** None when every service looks as it should. */
  readonly found: readonly LeftOver[]
  /** What to type: it brings the services to where the change was to bring them. */
  readonly mend: string
}

type Harm = 'leftover' | 'missing' | 'stopped'

interface Damage {
  readonly service: string
  readonly harm: Harm
  readonly left: LeftOver
}

function isUp({state}: Container): boolean {
  return state === 'running' || state === 'restarting'
}

function missingReplicas(service: string, own: readonly Container[], before: readonly Container[]): readonly Damage[] {
  const had = new Set(before.filter((one) => one.service === service && !isLeftover(one)).map(({replica}) => replica))
  const has = new Set(own.filter((one) => !isLeftover(one)).map(({replica}) => replica))
  const gone = [...had].filter((replica) => !has.has(replica))
  if (own.length === 0) return [{service, harm: 'missing', left: {why: 'noContainer', service}}]
  return gone.map((replica) => ({service, harm: 'missing', left: {why: 'replicaGone', service, replica}}))
}

/** What keeps a service that should run from running as it did. */
function damageTo(
  {service}: PlannedService,
  before: readonly Container[],
  containers: readonly Container[],
): readonly Damage[] {
  const own = containers.filter((container) => container.service === service)
  const leftovers = own.filter(isLeftover).map(({name, state}): Damage => ({
    ...{service, harm: 'leftover'},
    left: {why: 'unfinishedReplacement', service, container: name, state},
  }))
  const down = own.filter((container) => !isLeftover(container) && !isUp(container))
  const stopped = down.map(({name, state}): Damage => ({
    ...{service, harm: 'stopped'},
    left: state === 'created' ? {why: 'neverStarted', container: name} : {why: 'notRunning', container: name, state},
  }))
  return [...leftovers, ...missingReplicas(service, own, before), ...stopped]
}

function isToRun({expected}: PlannedService): boolean {
  return expected === 'running'
}

function servicesWith(damages: readonly Damage[]): readonly string[] {
  return [...new Set(damages.map(({service}) => service))]
}

/** Compose 1.29 and 2 both clear up a half-made replacement only when they make the service anew. */
function bringUp({change}: ChangePlan, damages: readonly Damage[]): readonly string[] {
  const services = servicesWith(damages)
  if (damages.some(({harm}) => harm === 'leftover')) return ['faci', 'up', ...services, '--recreate']
  const canStart = change.kind !== 'up' && damages.every(({harm}) => harm === 'stopped')
  return ['faci', canStart ? 'start' : 'up', ...services]
}

/** Where leftovers are, `up` leaves their number to Compose, which makes it one. */
function scaleBack(services: readonly string[], before: readonly Container[]): readonly string[] {
  const counts = services.flatMap((service) => {
    const had = replicasOf(before.filter((container) => container.service === service)) ?? 1
    return had > 1 ? [`${service}=${had}`] : []
  })
  return counts.length === 0 ? [] : ['faci', 'scale', ...counts]
}

/** What a change left that was interrupted or failed, and what mends it. `consent` is added to each command. */
export function leftBehind(
  plan: ChangePlan,
  before: readonly Container[],
  containers: readonly Container[],
  consent: readonly string[],
): LeftBehind {
  const damages = plan.services.filter(isToRun).flatMap((service) => damageTo(service, before, containers))
  const {kind} = plan.change
  const repeats = damages.length === 0 || kind === 'revert' || kind === 'scale'
  const first = repeats ? changeCommand(plan.change) : bringUp(plan, damages)
  const short = servicesWith(damages.filter(({harm}) => harm !== 'stopped'))
  const second = kind === 'scale' ? [] : scaleBack(short, before)
  return {found: damages.map(({left}) => left), mend: oneAfterTheOther([first, second], consent)}
}

function oneAfterTheOther(commands: readonly (readonly string[])[], consent: readonly string[]): string {
  const typed = commands.filter((words) => words.length > 0)
  return typed.map((words) => shellCommand([...words, ...consent])).join(' && ')
}

/** What mends whatever it has left, where nobody can see what that is. */
export function mendUnseen(
  {change, services}: ChangePlan,
  before: readonly Container[],
  consent: readonly string[],
): string {
  if (change.kind !== 'up') return shellCommand([...changeCommand(change), ...consent])
  const names = services.filter(isToRun).map(({service}) => service)
  const anew = ['faci', 'up', ...change.services, '--recreate']
  return oneAfterTheOther([anew, scaleBack(names, before)], consent)
}
