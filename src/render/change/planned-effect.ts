import type {ConfigurationCause, PlannedEffect} from '../../domain/change/planned-effect.js'
import type {NamedImage} from '../../domain/change/recreation.js'
import type {Style} from '../text/style.js'

const DIGITS = 12

export function shortImageId(imageId: string): string {
  return imageId.replace(/^sha256:/, '').slice(0, DIGITS)
}

type Change = Extract<PlannedEffect, {kind: 'image'}>['change']

const YET_TO_COME = {built: 'built before', pulled: 'pulled before'} as const

function imageText({name, id}: NamedImage): string {
  return id === null ? name : `${name} ${shortImageId(id)}`
}

function imageChange({from, to, comes}: Change): string {
  if (comes !== null) return `image ${imageText(from)} → unknown: ${to.name} is ${YET_TO_COME[comes]}`
  if (to.id === null) return `image ${imageText(from)} → ${to.name}, which is not on this engine yet: pulled or built`
  return `image ${imageText(from)} → ${imageText(to)}`
}

function replicas(count: number): string {
  return count === 1 ? '1 replica' : `${String(count)} replicas`
}

type Wording = {
  readonly [K in PlannedEffect['kind']]: (effect: Extract<PlannedEffect, {kind: K}>, style: Style) => string
}

function of(containers: 'all' | 'newReplicas', text: string): string {
  return containers === 'all' ? text : `new replicas differ: ${text}`
}

function causeTexts({variables, files, version}: ConfigurationCause): readonly string[] {
  return [
    ...(variables.length === 0 ? [] : [`other values of ${variables.join(', ')}`]),
    ...(files.length === 0 ? [] : [`edited since then: ${files.join(', ')}`]),
    ...(version === null ? [] : [`perhaps only because Compose ${version.made} made it, and this is ${version.now}`]),
  ]
}

function next(command: string | null, style: Style): string {
  return command === null ? '' : ` → ${style.accent(command)}`
}

const WORDING: Wording = {
  image: (effect) => of(effect.of, imageChange(effect.change)),
  configuration: ({of: containers, state, cause}) => {
    const text = state === 'changed' ? 'configuration changed' : 'configuration: cannot tell whether it changed'
    return of(containers, cause === undefined ? text : [text, ...causeTexts(cause)].join('; '))
  },
  replicasLost: ({running, then}) =>
    `${replicas(running - then)} lost: ${String(running)} running, would become ${String(then)}`,
  notBroughtBack: ({why, command}, style) => {
    const because = why === 'profile' ? 'its profile is off' : 'the Compose file does not have it'
    return `faci up will not bring it back: ${because}${next(command, style)}`
  },
  fewerBroughtBack: ({running, then, command}, style) =>
    `faci up will bring back ${String(then)} of ${String(running)}${next(command, style)}`,
  pinned: ({image: {id, name}, left, unpin}, style) => {
    const stays = `pinned: stays on its previous image ${shortImageId(id ?? name)}, not back to ${shortImageId(left)}`
    return `${stays}${next(unpin, style)}`
  },
  pins: ({unpin}, style) => `pinned from then on, until another image is built or${next(unpin, style)}`,
  leftComesBack: ({left}) => `brings back image ${shortImageId(left)}, which was rolled back`,
  recreatedAnyway: () => 'Compose says that it would recreate it; its image and configuration are the same',
  stoppedMeanwhile: ({networks}) =>
    networks.length === 0
      ? 'stopped, and started again'
      : `stopped, and started again: ${networks.join(', ')} is made anew`,
  follows: ({service}) => `goes with ${service}, which it depends on: depends_on has restart: true`,
  runsAgain: () => 'a job that has finished: Compose runs it again',
}

/** One clause for each effect; commands stand after `→`. */
export function effectText(effect: PlannedEffect, style: Style): string {
  // The row of its kind takes it.
  const word = WORDING[effect.kind] as (effect: PlannedEffect, style: Style) => string
  return word(effect, style)
}
