import {createHash} from 'node:crypto'
import {chmod, copyFile, cp, mkdir, readdir, rm, symlink, writeFile} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {execa} from 'execa'
import {cacheDir} from '../stack/cache.js'
import {packageTree} from '../stack/debian.js'
import {librariesOf} from '../stack/shared-libraries.js'
import type {Say} from '../stack/say.js'
import {busybox, type Recipe} from './recipes.js'

/** Bump when the layout below changes, so that images made by older code are made again. */
const layout = '1'
const keyLabel = 'io.faci.image-key'

interface Ingredients {
  readonly root: string
  readonly version: string
  readonly key: string
}

/** Makes the image unless the engine has it already, and returns its tag. */
export async function localImage(recipe: Recipe, say: Say): Promise<string> {
  const ingredients = await gather(recipe)
  const tag = `faci-local/${recipe.name}:${ingredients.version}`
  if ((await labelOf(tag)) === ingredients.key) return tag
  const started = Date.now()
  const folder = cacheDir('roots', `${recipe.name}-${String(process.pid)}`)
  await rm(folder, {recursive: true, force: true})
  try {
    await assemble(recipe, ingredients, folder)
    await importFolder(recipe, ingredients, folder, tag)
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
  say(`images: made ${tag} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return tag
}

async function gather(recipe: Recipe): Promise<Ingredients> {
  if (recipe.source === undefined) {
    const version = process.versions.node
    return {root: '/', version, key: keyOf(recipe, {node: version, executable: process.execPath})}
  }
  const tree = await packageTree(recipe.source)
  const version = upstreamVersion(tree.versions[recipe.source.packages[0] ?? ''] ?? '')
  return {root: tree.root, version, key: keyOf(recipe, tree.versions)}
}

/** `5:7.0.15-1~deb12u7` is 7.0.15. */
function upstreamVersion(debianVersion: string): string {
  return /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(debianVersion)?.[1] ?? 'unknown'
}

function keyOf(recipe: Recipe, versions: Readonly<Record<string, string>>): string {
  return createHash('sha256')
    .update(JSON.stringify([layout, recipe, versions]))
    .digest('hex')
    .slice(0, 16)
}

async function labelOf(tag: string): Promise<string | undefined> {
  const format = `{{index .Config.Labels "${keyLabel}"}}`
  const result = await execa('docker', ['image', 'inspect', '--format', format, tag], {reject: false, stdin: 'ignore'})
  return result.exitCode === 0 ? result.stdout.trim() : undefined
}

async function assemble(recipe: Recipe, {root}: Ingredients, folder: string): Promise<void> {
  const shell = await packageTree(busybox)
  const programs = Object.entries(recipe.programs).map(([to, from]) => [to, join(root, from)] as const)
  if (recipe.source === undefined) programs.push(['usr/local/bin/node', process.execPath])
  for (const name of ['tmp', 'etc', 'bin', 'usr/lib', ...recipe.folders])
    await mkdir(join(folder, name), {recursive: true})
  await chmod(join(folder, 'tmp'), 0o1777)
  for (const [to, from] of programs) {
    await copyProgram(from, join(folder, to))
    await copyLibraries(from, root, folder)
  }
  for (const path of recipe.data ?? []) {
    await cp(join(root, path), join(folder, path), {recursive: true, dereference: true})
  }
  await copyProgram(join(shell.root, 'bin/busybox'), join(folder, 'bin/busybox')).catch(() =>
    copyProgram(join(shell.root, 'usr/bin/busybox'), join(folder, 'bin/busybox')),
  )
  for (const applet of ['sh', 'wget', 'cat', 'ls', 'ps', 'kill', 'sleep', 'id', 'env']) {
    await symlink('busybox', join(folder, 'bin', applet))
  }
  const users = ['root:x:0:0::/:/bin/sh', 'node:x:1000:1000::/tmp:/bin/sh', 'nobody:x:65534:65534::/tmp:/bin/sh']
  await writeFile(join(folder, 'etc/passwd'), `${users.join('\n')}\n`)
  await writeFile(join(folder, 'etc/group'), 'root:x:0:\nnode:x:1000:\nnogroup:x:65534:\n')
}

async function copyProgram(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), {recursive: true})
  await copyFile(from, to)
  await chmod(to, 0o755)
}

/** Into /usr/lib, which every loader searches, except the loader itself: its path is fixed in the program. */
async function copyLibraries(program: string, root: string, folder: string): Promise<void> {
  const {files, loader, missing} = await librariesOf(program, root)
  if (missing.length > 0) throw new Error(`${program} needs ${missing.join(', ')}`)
  for (const file of files) await copyProgram(file, join(folder, 'usr/lib', basename(file)))
  if (loader === undefined) return
  await copyProgram(loader, join(folder, loader))
  // Opened by name when a host name is looked up (part of libc itself since glibc 2.34).
  const libc = files.find((file) => basename(file) === 'libc.so.6')
  const names = libc === undefined ? [] : await readdir(dirname(libc))
  for (const name of names.filter((each) => /^lib(nss_dns|nss_files|resolv)\.so\.2$/.test(each))) {
    await copyProgram(join(dirname(libc ?? ''), name), join(folder, 'usr/lib', name))
  }
}

async function importFolder(recipe: Recipe, {key}: Ingredients, folder: string, tag: string): Promise<void> {
  const [user = '0', group = '0'] = recipe.user.split(':')
  const changes = [
    `LABEL ${keyLabel}=${key}`,
    `USER ${recipe.user}`,
    'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/bin:/bin',
    ...(recipe.entrypoint.length > 0 ? [`ENTRYPOINT ${JSON.stringify(recipe.entrypoint)}`] : []),
  ]
  const flags = ['--create', '--numeric-owner', `--owner=${user}`, `--group=${group}`, '--directory', folder, '.']
  const change = changes.flatMap((line) => ['--change', line])
  await execa('tar', flags, {buffer: {stdout: false}}).pipe('docker', ['import', ...change, '-', tag])
}
