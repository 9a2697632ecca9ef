import type {Container} from '../stack/container.js'

/** What faci remembers of a service that went back to its previous image: image ids, null where none is kept. */
export interface KeptIds {
  readonly previous: string | null
  /** The image that was left. */
  readonly left: string | null
}

/** A service that went back, and what it went back from. */
export interface Pin {
  readonly service: string
  /** The image's name that it stays with. */
  readonly reference: string
  readonly previous: string
  readonly left: string
}

/**
 * Whether a service that went back to its previous image stays there: as long as the Compose file's image is still the one that was left.
 * Another one was made since then, and is wanted; and who brought the left one up by hand has said otherwise.
 */
export function isPinned({previous, left}: KeptIds, fileImageId: string | null, own: readonly Container[]): boolean {
  if (previous === null || left === null || previous === left || fileImageId !== left) return false
  return own.length === 0 || own.some(({imageId}) => imageId === previous)
}
