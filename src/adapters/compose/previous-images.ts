import {join} from 'node:path'
import type {StackChange} from '../../domain/change/change.js'
import {servicesOnPrevious} from '../../domain/change/change-plan.js'
import {keptReference, overlayName} from '../../domain/stack/kept-image.js'
import {makeFolders, replaceFile} from '../../files/atomic-file.js'
import {fileName} from '../../files/file-name.js'

/** A Compose file that lays over the project's own ones. */
interface Override {
  readonly name: string
  readonly text: string
}

/** What makes Compose take the kept image of a service instead of the one in the Compose file; null when it is not asked to. */
export function previousImages(change: StackChange, project: string): Override | null {
  const kept = servicesOnPrevious(change)
  if (kept.length === 0) return null
  const services = kept.map((service) => [service, {image: keptReference(project, service, 'previous')}])
  return {
    name: `${fileName(overlayName(kept))}.yml`,
    text: `${JSON.stringify({services: Object.fromEntries(services) as unknown})}\n`,
  }
}

export function overridePath(directory: string, {name}: Override): string {
  return join(directory, name)
}

/** It stays: Compose notes in each container which files made it. */
export async function writeOverride(directory: string, override: Override): Promise<void> {
  makeFolders(directory)
  await replaceFile(overridePath(directory, override), override.text)
}
