import {createHash} from 'node:crypto'
import type {IsoTime} from '../time/iso-time.js'

/** An image that a service ran, named so that it is not lost when another one takes its place. */
export interface KeptImage {
  readonly service: string
  /** The tag under which it is kept. */
  readonly reference: string
  readonly imageId: string
}

/** Where the journal says that faci saw the service run it. */
export interface ImageOrigin {
  readonly runId: string
  /** When it was kept, and by whom. */
  readonly at: IsoTime
  readonly by: string
}

/** One that a service is to run again. */
export interface RestoredImage extends KeptImage {
  /** Absent where an older faci wrote it. */
  readonly origin?: ImageOrigin
}

/** What a service ran until `down` removed it. */
export interface ReleasedImage {
  readonly service: string
  readonly imageId: string
}

/** `running`: what faci saw it run last; `previous`: what it ran before that; `left`: what it went back from. */
export type KeptAs = 'running' | 'previous' | 'left'

/** A Compose file of faci's own, which brings images back: Compose notes it in each container that it makes. */
const OVERLAY = /\/compose\/previous-[^/]+\.yml$/

/** Without its extension. */
export function overlayName(services: readonly string[]): string {
  return `previous-${services.toSorted().join('-')}`
}

/** By its whole path, in the store's `compose/`. */
export function isOverlay(path: string): boolean {
  return OVERLAY.test(path)
}

/** What Docker takes as a part of an image's name. */
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const LONGEST = 80
const DIGEST_LENGTH = 16

/** Names that Docker takes stay as they are; any other bears its hash, so that no two names share one. */
function component(name: string): string {
  if (COMPONENT.test(name) && name.length <= LONGEST) return name
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-|-$/g, '')
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST_LENGTH)
  return plain === '' ? digest : `${plain}-${digest}`
}

/** The tag of an image that is kept; project and service are components of their own, so that no two pairs share one. */
export function keptReference(project: string, service: string, as: KeptAs): string {
  return `faci/${component(project)}/${component(service)}:${as}`
}
