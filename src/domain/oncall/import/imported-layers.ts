import type {Layer, WallTime} from '../rota.js'
import type {PlacedFinding} from './import-report.js'
import {typeable, unique} from './named-people.js'
import {rotationLayers} from './rotation-layers.js'
import {areSimultaneous} from './simultaneous.js'
import {finding, type ImportFinding, isFinding, type SourceRota, type SourceRotation} from './source-rota.js'

/** As many as a rota of faci may have. */
const MOST_LAYERS = 50

export interface CarriedLayer {
  /** The rotation that it is of. */
  readonly rotation: string
  readonly layer: Layer
}

export interface ImportedLayers {
  /** A later one covers an earlier one. People are ids. */
  readonly layers: readonly CarriedLayer[]
  readonly findings: readonly PlacedFinding[]
  /** How many rotations were over before now. */
  readonly ended: number
  /** Those that are not over, whether they could be carried over or not. */
  readonly rotations: readonly string[]
}

function carried(
  rotation: SourceRotation,
  kept: readonly SourceRotation[],
  now: WallTime,
): ReturnType<typeof rotationLayers> {
  const made = rotationLayers(rotation, now)
  if (isFinding(made) || made.layers.length === 0) return made
  const with_ = kept.find((other) => areSimultaneous(other, rotation, now))
  return with_ === undefined ? made : finding('simultaneous', 'layers', rotation.name, with_.name)
}

function named(layers: readonly CarriedLayer[]): readonly CarriedLayer[] {
  const taken = new Set<string>()
  return layers.map(({rotation, layer}, at) => {
    const plain = typeable(rotation)
    const name = unique(plain === '' ? `layer ${String(at + 1)}` : plain, taken)
    taken.add(name)
    return {rotation, layer: {...layer, name}}
  })
}

/** `now`: what the clocks of its zone show. */
export function importedLayers({rotations}: Pick<SourceRota, 'rotations'>, now: WallTime): ImportedLayers {
  const layers: CarriedLayer[] = []
  const findings: PlacedFinding[] = []
  const [kept, open]: [SourceRotation[], string[]] = [[], []]
  let ended = 0
  const tell = (...some: readonly ImportFinding[]): void => {
    findings.push(...some.map((one) => ({...one, before: layers.length})))
  }
  for (const rotation of rotations) {
    const made = isFinding(rotation) ? rotation : carried(rotation, kept, now)
    if (isFinding(made) || made.layers.length > 0) open.push(rotation.name)
    if (isFinding(made) || isFinding(rotation)) {
      if (isFinding(made)) tell(made)
      continue
    }
    if (made.layers.length === 0) ended += 1
    else if (layers.length + made.layers.length > MOST_LAYERS) {
      tell(finding('tooManyLayers', 'layers', rotation.name, MOST_LAYERS))
    } else {
      tell(...made.losses)
      kept.push(rotation)
      layers.push(...made.layers.map((layer) => ({rotation: rotation.name, layer})))
    }
  }
  return {layers: named(layers), findings, ended, rotations: open}
}
