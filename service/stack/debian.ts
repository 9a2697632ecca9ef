import {chmod, mkdir, rm, symlink} from 'node:fs/promises'
import {join} from 'node:path'
import {execa} from 'execa'
import {cacheDir} from './cache.js'
import {hostArchive, laterArchive, type LaterSuite} from './debian-archive.js'
import {cachedTree, unpackedTree, type Tree, type TreeRequest} from './debian-tree.js'
import {hostRelease, type HostRelease} from './host-release.js'
import {withLock} from './lock.js'
import {libraryFolders} from './shared-libraries.js'

export interface PackageRequest {
  readonly packages: readonly string[]
  readonly binaries: readonly string[]
}

/** A command to run with `execa(command, […], {env})`. */
export interface Tool {
  readonly command: string
  readonly env: Readonly<Record<string, string>>
}

export type ToolName = 'promtool' | 'amtool' | 'haproxy' | 'prometheus' | 'redis-server'

/** Not a Debian or Ubuntu machine, or its archive cannot be read. */
class ToolMissingError extends Error {
  override readonly name = 'ToolMissingError'
}

const providers: Readonly<Record<ToolName, PackageRequest & {readonly path: string}>> = {
  promtool: {packages: ['prometheus'], binaries: ['usr/bin/prometheus'], path: 'usr/bin/promtool'},
  prometheus: {packages: ['prometheus'], binaries: ['usr/bin/prometheus'], path: 'usr/bin/prometheus'},
  amtool: {
    packages: ['prometheus-alertmanager'],
    binaries: ['usr/bin/prometheus-alertmanager'],
    path: 'usr/bin/amtool',
  },
  haproxy: {packages: ['haproxy'], binaries: ['usr/sbin/haproxy'], path: 'usr/sbin/haproxy'},
  // Debian's redis-server is a link; the binary goes by the name it was called.
  'redis-server': {
    packages: ['redis-server', 'redis-tools'],
    binaries: ['usr/bin/redis-check-rdb'],
    path: 'usr/bin/redis-server',
  },
}

/** From PATH, else from this machine's Debian archive (fetched once, unpacked, never installed). */
export async function findTool(name: ToolName): Promise<Tool> {
  const installed = await execa(name, [name === 'haproxy' ? '-v' : '--version'], {reject: false, stdin: 'ignore'})
  if (installed.exitCode === 0) return {command: name, env: {}}
  const {path, ...request} = providers[name]
  return toolIn(await packageTree(request), path)
}

/** The program of a package in this machine's own suite (null) or a later one, whatever is on PATH. */
export async function packagedTool(suite: LaterSuite | null, name: string): Promise<Tool & {readonly version: string}> {
  const path = `usr/bin/${name}`
  const release = await debianRelease()
  const archive = suite === null ? await hostArchive(release) : await laterArchive(release, suite)
  const tree = await treeOf({archive, packages: [name], binaries: [path]})
  return {...toolIn(tree, path), version: tree.versions[name] ?? 'unknown'}
}

function toolIn({root}: Tree, path: string): Tool {
  return {command: join(root, path), env: {LD_LIBRARY_PATH: libraryFolders(root).join(':')}}
}

/** Packages of this machine's own suite, unpacked in the cache. */
export async function packageTree(request: PackageRequest): Promise<Tree> {
  const release = await debianRelease()
  return await treeOf({...request, archive: await hostArchive(release)})
}

/**
 * The Compose v2 plugin of Debian 13, or of a later suite, in a folder to be used as DOCKER_CONFIG, so that `docker compose` works
 * on a machine that has only docker-compose 1.29.
 */
export async function composeV2Config(suite: LaterSuite = 'trixie'): Promise<string> {
  const release = await debianRelease()
  const plugin = 'usr/libexec/docker/cli-plugins/docker-compose'
  const tree = await treeOf({
    archive: await laterArchive(release, suite),
    packages: ['docker-compose'],
    binaries: [],
  })
  const name = suite === 'trixie' ? 'docker-config' : `docker-config-${suite}`
  const folder = cacheDir(name)
  return await withLock(cacheDir(`${name}.lock`), async () => {
    const link = join(folder, 'cli-plugins', 'docker-compose')
    await mkdir(join(folder, 'cli-plugins'), {recursive: true})
    await rm(link, {force: true})
    await chmod(join(tree.root, plugin), 0o755)
    await symlink(join(tree.root, plugin), link)
    return folder
  })
}

async function treeOf(request: TreeRequest): Promise<Tree> {
  const cached = await cachedTree(request)
  if (cached !== undefined) return cached
  try {
    return await withLock(cacheDir('packages.lock'), () => unpackedTree(request))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ToolMissingError(
      `${request.packages.join(', ')} cannot be had from Debian ${request.archive.suite}: ${reason}`,
    )
  }
}

async function debianRelease(): Promise<HostRelease> {
  const release = await hostRelease()
  if (release === undefined)
    throw new ToolMissingError('This is neither Debian nor Ubuntu: their packages cannot be used.')
  return release
}
