import {existsSync} from 'node:fs'
import {mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {execa} from 'execa'
import {cacheDir} from './cache.js'
import type {HostRelease} from './host-release.js'

/** A Debian-like archive that apt-get can read without touching the system's own lists and state. */
export interface Archive {
  readonly suite: string
  readonly mirror: string
  readonly components: string
  readonly keyring: string
}

const listsLifetimeMilliseconds = 24 * 3600 * 1000

export async function hostArchive(release: HostRelease): Promise<Archive> {
  const debian = release.distribution === 'debian'
  return {
    suite: release.codename,
    mirror:
      (await hostMirror(release.codename)) ??
      (debian ? 'http://deb.debian.org/debian' : 'http://archive.ubuntu.com/ubuntu'),
    components: debian ? 'main' : 'main universe',
    keyring: `/usr/share/keyrings/${release.distribution}-archive-keyring.gpg`,
  }
}

/** Debian suites later than 12; their Go binaries also run there: static, or with nothing of libc that is newer. */
export type LaterSuite = 'trixie' | 'forky'

export async function laterArchive(release: HostRelease, suite: LaterSuite): Promise<Archive> {
  const host = await hostArchive(release)
  const mirror = release.distribution === 'debian' ? host.mirror : 'http://deb.debian.org/debian'
  return {suite, mirror, components: 'main', keyring: '/usr/share/keyrings/debian-archive-keyring.gpg'}
}

/** Downloads packages into `folder` and returns the paths of the .deb files. */
export async function downloadPackages(archive: Archive, names: readonly string[], folder: string): Promise<string[]> {
  if (!existsSync(archive.keyring)) throw new Error(`The archive's keys are not on this machine: ${archive.keyring}`)
  await mkdir(folder, {recursive: true})
  await refreshLists(archive)
  await apt(archive, ['download', ...names], folder)
  const files = await readdir(folder)
  return files.filter((file) => file.endsWith('.deb')).map((file) => join(folder, file))
}

async function refreshLists(archive: Archive): Promise<void> {
  const folder = aptFolder(archive)
  const stamp = join(folder, 'updated')
  const updated = await stat(stamp).catch(() => undefined)
  if (updated !== undefined && Date.now() - updated.mtimeMs < listsLifetimeMilliseconds) return
  await mkdir(join(folder, 'lists', 'partial'), {recursive: true})
  await mkdir(join(folder, 'cache', 'archives', 'partial'), {recursive: true})
  await writeFile(join(folder, 'status'), '')
  const {keyring, mirror, suite, components} = archive
  await writeFile(join(folder, 'sources.list'), `deb [signed-by=${keyring}] ${mirror} ${suite} ${components}\n`)
  await apt(archive, ['update'], folder)
  await writeFile(stamp, '')
}

async function apt(archive: Archive, parameters: readonly string[], cwd: string): Promise<void> {
  const folder = aptFolder(archive)
  const options = {
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'APT::Sandbox::User': 'root',
  }
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  // Without --error-on=any (which only `update` knows) a list that cannot be fetched is a mere warning.
  const strict = parameters[0] === 'update' ? ['--error-on=any'] : []
  const result = await execa('apt-get', [...flags, ...strict, ...parameters], {
    cwd,
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: 300_000,
  })
  if (result.exitCode === 0) return
  const tail = result.all.trim().split('\n').slice(-8).join('\n')
  throw new Error(`apt-get ${parameters.join(' ')} (${archive.suite}) failed:\n${tail}`)
}

function aptFolder(archive: Archive): string {
  return cacheDir('apt', archive.suite)
}

/** The mirror that the machine itself uses for its suite, so that a private mirror keeps being used. */
async function hostMirror(codename: string): Promise<string | undefined> {
  const folder = '/etc/apt/sources.list.d'
  const names = await readdir(folder).catch(() => [])
  const files = ['/etc/apt/sources.list', ...names.sort().map((name) => join(folder, name))]
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '')
    const mirror = file.endsWith('.sources') ? fromStanzas(text, codename) : fromLines(text, codename)
    if (mirror !== undefined) return mirror.replace(/\/$/, '')
  }
  return undefined
}

function fromStanzas(text: string, codename: string): string | undefined {
  for (const stanza of text.split(/\n\s*\n/)) {
    const field = (name: string): string[] =>
      (new RegExp(`^${name}:[ \t]*(.*)$`, 'mi').exec(stanza)?.[1] ?? '').split(/\s+/).filter((word) => word !== '')
    if (field('Suites').includes(codename) && field('Components').includes('main')) return field('URIs')[0]
  }
  return undefined
}

function fromLines(text: string, codename: string): string | undefined {
  return new RegExp(`^deb\\s+(?:\\[[^\\]]*\\]\\s+)?(\\S+)\\s+${codename}\\s+.*\\bmain\\b`, 'm').exec(text)?.[1]
}
