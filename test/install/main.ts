// `npm run clean-install`: in a clean copy `npm ci` alone gives a working faci, by npm 10 and 11, with and without a compiler.
// A minute each: what passed once is not tried again while all that decides the installation is the same.
import {execa, type Options} from 'execa'
import {createHash} from 'node:crypto'
import {cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {cacheDir} from '../../service/stack/cache.js'
import {repositoryRoot} from '../../service/stack/repository.js'

const NPM = ['10.9.9', '11.21.2']
const MACHINES = ['with a compiler', 'without a compiler'] as const
/** All that npm's own scripts and ours call; no compiler, no make, no Python. */
const BARE = ['node', 'sh', 'bash', 'env', 'git', 'basename', 'dirname', 'sed', 'uname']
/** What is installed, and how it is built. Whether the code of today builds and runs where it is installed is seen by every other test. */
const DECIDING = /^(package(-lock)?\.json|\.npmrc|service\/api\/package\.json|bin\/.*|test\/install\/.*)$/

type Machine = (typeof MACHINES)[number]

/** Of npm's variables only where packages come from: `npm run` adds the folders and settings of this checkout. */
const KEPT = /^npm_config_(registry|cache|userconfig|cafile|proxy|https_proxy|noproxy)$/i

function environment(path: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_ENV$|INIT_CWD$)/i.test(name) || KEPT.test(name),
  )
  return {...Object.fromEntries(own), PATH: path}
}

async function files(): Promise<readonly string[]> {
  const {stdout} = await execa('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repositoryRoot,
  })
  return stdout.split('\0').filter((name) => name !== '')
}

async function decidingHash(names: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  for (const name of names.filter((one) => DECIDING.test(one))) {
    hash.update(`\0${name}\0`).update(await readFile(join(repositoryRoot, name)))
  }
  return hash.digest('hex').slice(0, 32)
}

async function bareFolder(folder: string): Promise<string> {
  await mkdir(folder)
  for (const name of BARE) {
    const {stdout} = await execa('sh', ['-c', `command -v ${name}`])
    await symlink(stdout, join(folder, name))
  }
  return folder
}

function ownPath(): string {
  const path = (process.env['PATH'] ?? '').split(delimiter)
  return path.filter((folder) => !folder.includes('node_modules')).join(delimiter)
}

async function install(folder: string, version: string, machine: Machine): Promise<void> {
  const quiet: Options = {extendEnv: false, stdin: 'ignore', timeout: 1_200_000}
  const npm = ['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', `npm@${version}`]
  await execa('env', npm, {...quiet, env: environment(ownPath())})
  const programs = join(folder, 'node_modules', '.bin')
  const path = machine === 'with a compiler' ? ownPath() : await bareFolder(join(folder, 'bare'))
  const copy = join(folder, 'copy')
  for (const name of await files()) await cp(join(repositoryRoot, name), join(copy, name), {verbatimSymlinks: true})
  const there: Options = {...quiet, cwd: copy, env: environment(`${programs}${delimiter}${path}`)}
  await execa(join(programs, 'npm'), ['ci'], there)
  for (const argv of [['--version'], ['--help'], ['runbook', 'list'], ['runbook', 'lint']]) {
    await execa(process.execPath, ['bin/run.js', ...argv], there)
  }
}

/** `null` when faci works, else what failed and what it said. */
async function problemOf(version: string, machine: Machine): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'faci-clean-install-'))
  try {
    await install(folder, version, machine)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

/** No more than was seen: the rest of the checkout may be another one now. */
function remembered(mtime: string): string {
  return `not tried again: npm ci gave a working faci at ${mtime} with the same packages and build scripts (src/ and runbooks/ are not compared)`
}

async function check(version: string, machine: Machine, passed: string): Promise<void> {
  const proof = join(passed, `npm ${version} ${machine}`)
  const mtime = await stat(proof)
    .then((found) => found.mtime.toISOString())
    .catch(() => null)
  const problem = mtime === null ? await problemOf(version, machine) : null
  const found = problem ?? (mtime === null ? 'npm ci gives a working faci' : remembered(mtime))
  process.stdout.write(`npm ${version}, ${machine}: ${found}\n`)
  if (problem === null && mtime === null) await writeFile(proof, '')
  else if (problem !== null) process.exitCode = 1
}

async function main(): Promise<void> {
  const passed = cacheDir('clean-install', await decidingHash(await files()))
  await mkdir(passed, {recursive: true})
  for (const version of NPM) for (const machine of MACHINES) await check(version, machine, passed)
}

await main()
