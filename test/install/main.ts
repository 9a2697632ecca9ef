// `npm run clean-install`: in a clean copy `npm ci` alone gives a working faci, by npm 10 and 11, with and without a compiler.
// Without one; where packages' install scripts ran (npm 10), they and the build once more with one. Where none ran (npm 11, allowScripts),
// nothing could have been compiled.
// Each npm accepts the whole lock file; installed is what faci and its build need, not the tools of this repository's tests.
// Half a minute each: what passed once is not tried again while all that decides the installation is the same.
import {execa, type Options} from 'execa'
import {createHash} from 'node:crypto'
import {cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {cacheDir} from '../../service/stack/cache.js'
import {repositoryRoot} from '../../service/stack/repository.js'

const NPM = ['10.9.9', '11.21.2']
/** Of the packages that only developers need those by which `npm ci` builds. */
const BUILDING: readonly string[] = ['esbuild', 'tsx']
/** All that npm's own scripts and ours call; no compiler, no make, no Python. */
const BARE = ['node', 'sh', 'bash', 'env', 'git', 'basename', 'dirname', 'sed', 'uname']
/** What is installed, and how it is built. Whether the code of today builds and runs where it is installed is seen by every other test. */
const DECIDING = /^(package(-lock)?\.json|\.npmrc|service\/api\/package\.json|bin\/.*|test\/install\/.*)$/

/** What npm prints before it runs a package's script. */
const INSTALL_SCRIPT = /^> \S+ (?:pre|post)?install$/m
const QUIET: Options = {extendEnv: false, stdin: 'ignore', timeout: 1_200_000}

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

/** Without the tools of tests and checks, by npm itself; what stays is locked as it was. */
async function withoutTools(npm: string, copy: string, there: Options): Promise<void> {
  const text = await readFile(join(copy, 'package.json'), 'utf8')
  const {devDependencies} = JSON.parse(text) as {devDependencies: Readonly<Record<string, string>>}
  const tools = Object.keys(devDependencies).filter((name) => !BUILDING.includes(name))
  await execa(npm, ['uninstall', '--package-lock-only', '--ignore-scripts', '--offline', ...tools], there)
}

/** The programs that ssh2 and cpu-features compile for themselves where they can; npm leaves cpu-features out where it cannot. */
async function compiled(copy: string): Promise<readonly string[]> {
  const folders = ['cpu-features', 'ssh2'].map((name) => join(copy, 'node_modules', name))
  const names = await Promise.all(folders.map((folder) => readdir(folder, {recursive: true}).catch(() => [])))
  return names.flat().filter((name) => /build.Release.\w+\.node$/.test(name))
}

async function works(copy: string, there: Options): Promise<void> {
  for (const argv of [['--version'], ['--help'], ['runbook', 'list'], ['runbook', 'lint']]) {
    await execa(process.execPath, ['bin/run.js', ...argv], {...there, cwd: copy})
  }
}

const WITHOUT = 'npm ci gives a working faci without a compiler'
const BOTH = 'npm ci gives a working faci with and without a compiler'

/** As `npm ci` would have done with a compiler at hand: what was left out, the packages' install scripts, then ours. What was seen. */
async function withCompiler(npm: string, copy: string, there: Options): Promise<string> {
  await execa(npm, ['install', '--ignore-scripts', '--prefer-offline'], there)
  await execa(npm, ['rebuild'], there)
  if ((await compiled(copy)).length < 2)
    return `${WITHOUT}; with one was not tried: ssh2 and cpu-features cannot be compiled here`
  await rm(join(copy, 'dist'), {recursive: true})
  await execa(npm, ['run', 'prepare'], there)
  await works(copy, there)
  return BOTH
}

/** A copy, and its npm. */
async function prepared(folder: string, version: string): Promise<{npm: string; copy: string; programs: string}> {
  const own = ['npm', 'install', '--prefix', folder, '--prefer-offline', '--no-audit', '--no-fund', `npm@${version}`]
  await execa('env', own, {...QUIET, env: environment(ownPath())})
  const copy = join(folder, 'copy')
  for (const name of await files()) await cp(join(repositoryRoot, name), join(copy, name), {verbatimSymlinks: true})
  const programs = join(folder, 'node_modules', '.bin')
  return {npm: join(programs, 'npm'), copy, programs}
}

/** What was seen. */
async function install(folder: string, version: string): Promise<string> {
  const {npm, copy, programs} = await prepared(folder, version)
  const on = (path: string): Options => ({...QUIET, cwd: copy, env: environment(`${programs}${delimiter}${path}`)})
  const bare = on(await bareFolder(join(folder, 'bare')))
  await execa(npm, ['ci', '--dry-run', '--ignore-scripts'], bare)
  await withoutTools(npm, copy, bare)
  const {all} = await execa(npm, ['ci', '--foreground-scripts'], {...bare, all: true})
  await works(copy, bare)
  const programsMade = await compiled(copy)
  if (programsMade.length > 0) throw new Error(`compiled without a compiler: ${programsMade.join(', ')}`)
  return INSTALL_SCRIPT.test(String(all)) ? withCompiler(npm, copy, on(ownPath())) : BOTH
}

async function tried(version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'faci-clean-install-'))
  try {
    return await install(folder, version)
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

/** No more than was seen: the rest of the checkout may be another one now. */
async function remembered(proof: string): Promise<string | null> {
  const found = await readFile(proof, 'utf8').catch(() => null)
  if (found === null) return null
  const {mtime} = await stat(proof)
  return `${found} (at ${mtime.toISOString()}, with the same packages and build scripts; src/ and runbooks/ are not compared)`
}

async function check(version: string, passed: string): Promise<void> {
  const proof = join(passed, `npm ${version}`)
  const say = (what: string): boolean => process.stdout.write(`npm ${version}: ${what}\n`)
  const before = await remembered(proof)
  if (before !== null) return void say(before)
  try {
    const found = await tried(version)
    say(found)
    await writeFile(proof, found)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}

async function main(): Promise<void> {
  const passed = cacheDir('clean-install', await decidingHash(await files()))
  await mkdir(passed, {recursive: true})
  for (const version of NPM) await check(version, passed)
}

await main()
