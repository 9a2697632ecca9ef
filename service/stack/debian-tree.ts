import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {execa} from 'execa'
import {cacheDir} from './cache.js'
import {downloadPackages, type Archive} from './debian-archive.js'
import {missingLibraries} from './shared-libraries.js'

/** Packages unpacked together into one folder, nothing installed. */
export interface Tree {
  readonly root: string
  /** Debian version by package, dependencies included. */
  readonly versions: Readonly<Record<string, string>>
}

export interface TreeRequest {
  readonly archive: Archive
  readonly packages: readonly string[]
  /** Paths in the tree that must find all their shared libraries in it or on this machine. */
  readonly binaries: readonly string[]
}

interface Deb {
  readonly path: string
  readonly name: string
  readonly version: string
  readonly dependencies: readonly string[]
}

/** Unpacks, or finds unpacked in the cache. The caller holds the cache's lock. */
export async function unpackedTree(request: TreeRequest): Promise<Tree> {
  const root = treeRoot(request)
  const cached = await readVersions(root)
  if (cached !== undefined) return {root, versions: cached}
  const work = `${root}.partial`
  await rm(work, {recursive: true, force: true})
  await mkdir(work, {recursive: true})
  const versions = await fill(request, work)
  await writeFile(versionsFile(work), JSON.stringify(versions, undefined, 2))
  await rm(root, {recursive: true, force: true})
  await rename(work, root)
  return {root, versions}
}

/** The tree if it is in the cache already; never touches the network. */
export async function cachedTree(request: TreeRequest): Promise<Tree | undefined> {
  const root = treeRoot(request)
  const versions = await readVersions(root)
  return versions === undefined ? undefined : {root, versions}
}

async function fill({archive, packages, binaries}: TreeRequest, root: string): Promise<Record<string, string>> {
  const debs = new Map<string, Deb>()
  let wanted = [...packages]
  // Rounds: what a library package needs in turn is only known once it is here.
  for (let round = 0; round < 5; round += 1) {
    for (const deb of await fetchDebs(archive, wanted)) {
      await execa('dpkg-deb', ['--extract', deb.path, root])
      debs.set(deb.name, deb)
    }
    const missing = await missingLibraries(root, binaries)
    if (missing.length === 0) {
      return Object.fromEntries([...debs.values()].map((deb) => [deb.name, deb.version]))
    }
    wanted = await libraryDependencies([...debs.values()], new Set(debs.keys()))
    if (wanted.length === 0) throw new Error(`${packages.join(', ')}: no package provides ${missing.join(', ')}`)
  }
  throw new Error(`${packages.join(', ')}: shared libraries are still missing after five rounds`)
}

async function fetchDebs(archive: Archive, names: readonly string[]): Promise<Deb[]> {
  const folder = cacheDir('debs', `${archive.suite}-${String(process.pid)}-${String(Date.now())}`)
  const paths = await downloadPackages(archive, names, folder)
  const kept = cacheDir('debs', archive.suite)
  await mkdir(kept, {recursive: true})
  const debs = await Promise.all(
    paths.map(async (path) => {
      const keptPath = join(kept, path.slice(folder.length + 1))
      await rename(path, keptPath)
      return describe(keptPath)
    }),
  )
  await rm(folder, {recursive: true, force: true})
  return debs
}

async function describe(path: string): Promise<Deb> {
  const field = async (name: string): Promise<string> =>
    (await execa('dpkg-deb', ['--field', path, name])).stdout.trim()
  const [name, version, depends] = await Promise.all([field('Package'), field('Version'), field('Depends')])
  const dependencies = depends.split(',').map((clause) => /^\s*([a-z0-9.+-]+)/.exec(clause)?.[1] ?? '')
  return {path, name, version, dependencies: dependencies.filter((dependency) => dependency !== '')}
}

/** Library packages that the debs depend on and that are neither unpacked nor installed on this machine. */
async function libraryDependencies(debs: readonly Deb[], have: ReadonlySet<string>): Promise<string[]> {
  const names = new Set(
    debs.flatMap((deb) => deb.dependencies.filter((name) => name.startsWith('lib') && !have.has(name))),
  )
  const installed = await execa('dpkg-query', ['--show', '--showformat=${Package} ${db:Status-Status}\n', ...names], {
    reject: false,
  })
  for (const line of installed.stdout.split('\n')) {
    const [name, status] = line.split(' ')
    if (name !== undefined && status === 'installed') names.delete(name)
  }
  return [...names]
}

function treeRoot({archive, packages}: TreeRequest): string {
  return cacheDir('trees', `${archive.suite}-${packages.join('+')}`)
}

function versionsFile(root: string): string {
  return join(root, '.faci-versions.json')
}

async function readVersions(root: string): Promise<Record<string, string> | undefined> {
  const text = await readFile(versionsFile(root), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Record<string, string>)
}
