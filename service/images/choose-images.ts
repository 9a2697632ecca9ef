import {join} from 'node:path'
import {execa} from 'execa'
import {cacheDir} from '../stack/cache.js'
import {withLock} from '../stack/lock.js'
import {repositoryRoot} from '../stack/repository.js'
import type {Say} from '../stack/say.js'
import {localImage} from './import-image.js'
import {grafanaUpstream, recipes} from './recipes.js'

export type ImageSource = 'registry' | 'debian'

export interface ChosenImages {
  readonly source: ImageSource
  /** Variables of docker-compose.yml; empty when its own defaults are used. */
  readonly env: Readonly<Record<string, string>>
  /** Absolute paths, in the order in which Compose merges them. */
  readonly composeFiles: readonly string[]
  /** What a person should know about the choice. */
  readonly notes: readonly string[]
}

const probeMilliseconds = 3000
const registryUrl = 'https://registry-1.docker.io/v2/'

const composeFile = join(repositoryRoot, 'docker-compose.yml')
const localOverride = join(repositoryRoot, 'service', 'images', 'compose.local.yml')

/**
 * The images that can be had here: those that the engine has, else upstream's if the registry answers, else
 * images made of Debian packages. FACI_IMAGES=registry or debian decides instead.
 */
export async function chooseImages(say: Say): Promise<ChosenImages> {
  const {source, reason} = await decide()
  say(`images: ${source === 'registry' ? 'upstream' : 'made of Debian packages'} (${reason})`)
  if (source === 'registry') return {source, env: {}, composeFiles: [composeFile], notes: []}
  const images = await withLock(
    cacheDir('images.lock'),
    () => localImages(say),
    () => {
      say('images: another run is making them, waiting')
    },
  )
  const note = 'Grafana is in no Debian suite, so it is not started: its dashboards are not served here.'
  say(`images: ${note}`)
  return {source, env: images, composeFiles: [composeFile, localOverride], notes: [note]}
}

async function decide(): Promise<{source: ImageSource; reason: string}> {
  const wanted = process.env['FACI_IMAGES']
  if (wanted === 'registry' || wanted === 'debian') return {source: wanted, reason: `FACI_IMAGES=${wanted}`}
  if (wanted !== undefined && wanted !== '') throw new Error(`FACI_IMAGES is "${wanted}": use registry or debian`)
  const upstream = [...recipes.map((recipe) => recipe.upstream), grafanaUpstream]
  const present = await execa('docker', ['image', 'inspect', '--format', '{{.Id}}', ...upstream], {
    reject: false,
    stdin: 'ignore',
  })
  if (present.exitCode === 0) return {source: 'registry', reason: 'the engine has them all'}
  return (await registryAnswers())
    ? {source: 'registry', reason: 'the image registry answers'}
    : {source: 'debian', reason: 'no image registry can be reached'}
}

/** A registry says who it is; a proxy's error page does not. */
async function registryAnswers(): Promise<boolean> {
  try {
    const response = await fetch(registryUrl, {signal: AbortSignal.timeout(probeMilliseconds)})
    await response.body?.cancel()
    return response.headers.get('docker-distribution-api-version') !== null
  } catch {
    return false
  }
}

async function localImages(say: Say): Promise<Record<string, string>> {
  const entries: [string, string][] = []
  // One after the other: they share the download cache, and unpacking is bound by the disk.
  for (const recipe of recipes) entries.push([recipe.variable, await localImage(recipe, say)])
  return Object.fromEntries(entries)
}
