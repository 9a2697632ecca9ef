/** An image that a service ran, named so that it is not lost when another one takes its place. */
export interface KeptImage {
  readonly service: string
  /** The tag under which it is kept. */
  readonly reference: string
  readonly imageId: string
}

/** What a service ran until `down` removed it. */
export interface ReleasedImage {
  readonly service: string
  readonly imageId: string
}

/** `running`: what faci saw it run last; `previous`: what it ran before that; `left`: what it went back from. */
export type KeptAs = 'running' | 'previous' | 'left'

/** Docker allows less in an image's name than Compose does in the name of a project or a service. */
function component(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** The tag of an image that is kept; project and service are components of their own, so that no two pairs share one. */
export function keptReference(project: string, service: string, as: KeptAs): string {
  return `faci/${component(project)}/${component(service)}:${as}`
}
