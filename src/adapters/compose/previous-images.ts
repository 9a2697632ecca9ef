import {randomBytes} from 'node:crypto'
import {mkdir, rename, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import type {StackChange} from '../../domain/stack/change.js'
import {servicesOnPrevious} from '../../domain/stack/change-plan.js'
import {keptReference} from '../../domain/stack/kept-image.js'

/** A Compose file that lays over the project's own ones. */
interface Override {
  readonly file: string
  readonly text: string
}

/** What makes Compose take the kept image of a service instead of the one in the Compose file; null when it is not asked to. */
export function previousImages(change: StackChange, project: string, directory: string): Override | null {
  const kept = servicesOnPrevious(change)
  if (kept.length === 0) return null
  const services = kept.map((service) => [service, {image: keptReference(project, service, 'previous')}])
  return {
    file: join(directory, `previous-${kept.toSorted().join('-')}.yml`),
    text: `${JSON.stringify({services: Object.fromEntries(services) as unknown})}\n`,
  }
}

/** It and its parent, the store; not `recursive`, which never returns where nothing can be made, as in `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  for (const at of [dirname(folder), folder]) {
    await mkdir(at, {mode: 0o700}).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    })
  }
}

/** It stays: Compose notes in each container which files made it. */
export async function writeOverride({file, text}: Override): Promise<void> {
  await makeFolder(dirname(file))
  const draft = `${file}.${randomBytes(8).toString('hex')}`
  await writeFile(draft, text, {mode: 0o600, flag: 'wx'})
  await rename(draft, file)
}
