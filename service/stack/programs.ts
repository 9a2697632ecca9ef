import {createHash} from 'node:crypto'
import {readdir, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {execa} from 'execa'
import {cacheDir} from './cache.js'
import {withLock} from './lock.js'
import {repositoryRoot} from './repository.js'
import type {Say} from './say.js'

/** What docker-compose.yml builds: programs bundled by `npm run build:service`, then copied into an image. */
const programs = [
  {name: 'api', variable: 'API_IMAGE'},
  {name: 'webhook', variable: 'WEBHOOK_IMAGE'},
  {name: 'load', variable: 'LOAD_IMAGE'},
] as const

const serviceFolder = join(repositoryRoot, 'service')

/** Bundles what is missing or older than its source. */
export async function ensureBundles(say: Say, build: () => Promise<void> = npmBuild): Promise<void> {
  const key = createHash('sha256').update(repositoryRoot).digest('hex').slice(0, 12)
  await withLock(cacheDir(`bundles-${key}.lock`), async () => {
    const stale: string[] = []
    for (const {name} of programs) if (await isStale(name)) stale.push(name)
    if (stale.length === 0) return
    say(`build: bundling ${stale.join(', ')} (npm run build:service)`)
    await build()
  })
}

/**
 * An image for each program, tagged by its content: nothing is built twice, and checkouts do not overwrite each
 * other's. Returns the variables that select them.
 */
export async function buildPrograms(nodeImage: string | undefined, say: Say): Promise<Record<string, string>> {
  const entries = programs.map(
    async ({name, variable}) => [variable, await buildProgram(name, nodeImage, say)] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}

async function buildProgram(name: string, nodeImage: string | undefined, say: Say): Promise<string> {
  const tag = `faci-local/faciliauto-${name}:${await contentKey(name, nodeImage)}`
  const present = await execa('docker', ['image', 'inspect', '--format', '{{.Id}}', tag], {
    reject: false,
    stdin: 'ignore',
  })
  if (present.exitCode === 0) return tag
  const started = Date.now()
  const values = [`PROGRAM=${name}`, ...(nodeImage === undefined ? [] : [`NODE_IMAGE=${nodeImage}`])]
  const flags = values.flatMap((value) => ['--build-arg', value])
  await execa('docker', ['build', '--tag', tag, ...flags, serviceFolder], {
    all: true,
    stdin: 'ignore',
    timeout: 300_000,
  })
  say(`build: made ${tag} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return tag
}

async function contentKey(name: string, nodeImage: string | undefined): Promise<string> {
  const hash = createHash('sha256').update(nodeImage ?? 'default')
  hash.update(await readFile(join(serviceFolder, 'Dockerfile')))
  const dist = join(serviceFolder, name, 'dist')
  for (const file of (await readdir(dist)).sort()) hash.update(`\0${file}\0`).update(await readFile(join(dist, file)))
  return hash.digest('hex').slice(0, 12)
}

async function isStale(name: string): Promise<boolean> {
  const folder = join(serviceFolder, name)
  const bundle = await stat(join(folder, 'dist', 'main.cjs')).catch(() => undefined)
  return bundle === undefined || (await newestSource(folder)) > bundle.mtimeMs
}

async function newestSource(folder: string): Promise<number> {
  const paths = await readdir(folder, {recursive: true})
  const sources = paths.filter((path) => path.endsWith('.ts') && !/^(dist|node_modules)\//.test(path))
  const times = await Promise.all(sources.map(async (path) => (await stat(join(folder, path))).mtimeMs))
  return Math.max(0, ...times)
}

async function npmBuild(): Promise<void> {
  await execa('npm', ['run', '--silent', 'build:service'], {
    cwd: repositoryRoot,
    all: true,
    stdin: 'ignore',
    timeout: 120_000,
  })
}
