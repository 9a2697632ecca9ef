// Bundles faci into one CommonJS file for each command, dist/faci-<command>.cjs, and the whole into dist/faci.cjs: modules run when first
// required, command manifest inside. A command reads only what it may run: V8 takes 8 ms for each MB of code that is merely there.
import {build, type BuildOptions, type Plugin} from 'esbuild'
import {createHash, randomUUID} from 'node:crypto'
import {mkdir, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {types} from 'node:util'
import type {CommandManifest} from '../src/cli/frame/main.js'
import {KEEP_LAZY, LAZY_FILES} from './lazy-libraries.mjs'
import {refuseUnmetStubs, STUBS, STUBS_WITHOUT_HELP} from './lean.mjs'
import {buildManifest} from './manifest.mjs'
import {bundledPackages, noticeOf, noticesText} from './notices.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DIST = join(ROOT, 'dist')

/** `start(argv, root)`, as bin/launch.js calls it. */
const ENTRY = `
import {main} from './src/cli/frame/main.ts'
import manifest from 'faci:manifest'
import packageJson from './package.json'
const {name, version, description, oclif} = packageJson
export const start = (argv, root) => main(argv, {manifest, packageJson: {name, version, description, oclif}, root})
`

function manifestPlugin(manifest: object): Plugin {
  return {
    name: 'manifest',
    setup(builder) {
      builder.onResolve({filter: /^faci:manifest$/}, ({path}) => ({path, namespace: 'faci'}))
      builder.onLoad({filter: /.*/, namespace: 'faci'}, () => ({contents: JSON.stringify(manifest), loader: 'json'}))
    },
  }
}

/** The manifest with one command in it, and of the others the names. */
function onlyEntry(manifest: CommandManifest, wanted: string): CommandManifest {
  const named = Object.entries(manifest).map(([id, entry]) => {
    const name = {id, aliases: [], args: {}, flags: {}, hidden: false, hiddenAliases: [], permutations: []}
    return [id, id === wanted ? entry : name] as const
  })
  return Object.fromEntries(named)
}

/** Where the code of a command is: `alerts:list` in src/commands/alerts/list.ts, `runbook` in src/commands/runbook/index.ts. */
async function fileOfCommand(id: string): Promise<string> {
  const path = join(ROOT, 'src', 'commands', ...id.split(':'))
  return (await stat(`${path}.ts`).catch(() => null)) === null ? join(path, 'index.ts') : `${path}.ts`
}

/** In place of the command table, one with one command in it. Fails the build when no table was met. */
function onlyCommand(wanted: string): Plugin {
  let isMet = false
  return {
    name: 'only-command',
    setup(builder) {
      builder.onLoad({filter: /[/\\]src[/\\]cli[/\\]frame[/\\]command-table\.ts$/}, async ({path}) => {
        isMet = true
        const file = JSON.stringify(await fileOfCommand(wanted))
        const contents = `export const COMMAND_TABLE = {${JSON.stringify(wanted)}: () => import(${file})}`
        return {contents, loader: 'ts', resolveDir: dirname(path)}
      })
      builder.onEnd(() =>
        isMet ? {} : {errors: [{text: 'the command table is not where bin/build.mts looks for it'}]},
      )
    },
  }
}

/** Libraries of which little is used, cut to that before they are bundled: inside the bundle, where modules run when first required, nothing can be cut. */
const TREE_SHAKEN: Readonly<Record<string, RegExp>> = {
  'zod/mini': /\bz\.(\w+)/g,
}

const cutLibraries = new Map<string, string>()
const packages = new Set<string>()

/** The bundle; what it is made of is added to `packages`. */
async function bundledText(options: BuildOptions): Promise<string> {
  const {metafile, outputFiles} = await build({...options, metafile: true, write: false})
  for (const folder of bundledPackages(metafile)) packages.add(folder)
  return outputFiles[0]?.text ?? ''
}

async function namesUsed(library: string, use: RegExp): Promise<readonly string[]> {
  const files = (await readdir(join(ROOT, 'src'), {recursive: true})).filter((name) => name.endsWith('.ts'))
  const texts = await Promise.all(files.map((name) => readFile(join(ROOT, 'src', name), 'utf8')))
  const users = texts.filter((text) => text.includes(`from '${library}'`))
  const names = new Set(users.flatMap((text) => [...text.matchAll(use)].map(([, name = '']) => name)))
  const exported = (await import(library)) as Readonly<Record<string, unknown>>
  // A namespace within the library is only named for its types.
  return [...names].filter((name) => name in exported && !types.isModuleNamespaceObject(exported[name]))
}

const SHAKE: Plugin = {
  name: 'cut-to-use',
  setup(builder) {
    const cut = async (library: string): Promise<string> => {
      if (cutLibraries.has(library)) return cutLibraries.get(library) ?? ''
      const names = await namesUsed(library, TREE_SHAKEN[library] ?? /(?!)/g)
      const stdin = {contents: `export {${names.join(', ')}} from '${library}'`, resolveDir: ROOT}
      const text = await bundledText({absWorkingDir: ROOT, bundle: true, format: 'esm', platform: 'node', stdin})
      cutLibraries.set(library, text)
      return text
    }
    builder.onResolve({filter: /^zod\/mini$/}, ({path}) => ({path, namespace: 'cut'}))
    builder.onLoad({filter: /.*/, namespace: 'cut'}, async ({path}) => ({contents: await cut(path)}))
  },
}

const SHARED: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  // The global `performance` makes Node load eight modules; the clock behind it is at hand.
  define: {'import.meta.url': '__faciFile.url', performance: '__faciClock'},
  banner: {
    js: 'const __faciFile = {get url() {return require("node:url").pathToFileURL(__filename).href}}, __faciClock = {now: () => Number(process.hrtime.bigint()) / 1e6};',
  },
  external: ['typescript', 'ts-node'],
  format: 'cjs',
  legalComments: 'none',
  logOverride: {'import-is-undefined': 'error'},
  logLevel: 'warning',
  mainFields: ['module', 'main'],
  minify: true,
  platform: 'node',
  // An `import()` of a library apart must be a `require` too: code from the cache has no importer.
  supported: {'dynamic-import': false},
  target: 'node20',
}

async function bundle(contents: string, plugins: readonly Plugin[]): Promise<string> {
  const stdin = {contents, resolveDir: ROOT, loader: 'ts'} as const
  return bundledText({...SHARED, stdin, plugins: [...plugins]})
}

/**
 * bin/launch.js reads the bundle as Latin-1, of which V8 makes no copy. esbuild escapes all else in strings, but leaves it in regular expressions and
 * tagged templates: both read `\\u…` as the character; a text of `String.raw` that is no regular expression would not.
 */
function ascii(code: string): string {
  const escaped = /(?<!\\)(?:\\\\)*\\[^\0-\x7F]/.exec(code)
  if (escaped !== null) throw new Error(`a backslash before what is not ASCII: ${escaped[0]}`)
  return code.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** As bin/launch.js expects it: a comment with the file's hash, then a function of require, module and exports. */
function wrapped(bundled: string): string {
  const code = ascii(bundled)
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 16)
  return `//${hash}\n(function(require,module,exports,__filename,__dirname){${code}\n})`
}

/** Run by Node itself, as a thread of its own; not by bin/launch.js. */
const THREADS: Readonly<Record<string, string>> = {
  'log-sieve-thread.cjs': './src/adapters/docker/log-files/sieve-thread.ts',
}

async function write(file: string, code: string): Promise<number> {
  const temporary = join(DIST, `.${file}.${randomUUID()}`)
  await writeFile(temporary, code)
  await rename(temporary, join(DIST, file))
  return code.length
}

const INPUTS: readonly string[] = ['src', 'bin', 'package.json', 'package-lock.json', 'tsconfig.json']
/** Holds the hash of what the rest of dist/ was built from; written last. */
const STAMP = join(DIST, '.built-from')

async function filesOf(input: string): Promise<readonly string[]> {
  const path = join(ROOT, input)
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, {recursive: true, withFileTypes: true})
  return entries.filter((entry) => entry.isFile()).map(({parentPath, name}) => join(parentPath, name))
}

async function inputsHash(): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  for (const file of (await Promise.all(INPUTS.map(filesOf))).flat().sort()) {
    hash.update(`\0${file}\0`).update(await readFile(file))
  }
  return hash.digest('hex')
}

async function main(): Promise<void> {
  const inputs = await inputsHash()
  if ((await readFile(STAMP, 'utf8').catch(() => null)) === inputs) return
  await rm(STAMP, {force: true})
  const manifest = await buildManifest()
  await mkdir(DIST, {recursive: true})
  const old = (await readdir(DIST)).filter((name) => name.endsWith('.cache') || /^faci-.*\.cjs$/.test(name))
  const libraries = Object.entries(LAZY_FILES).map(async ([file, contents]) =>
    write(file, wrapped(await bundle(contents, STUBS))),
  )
  const threads = Object.entries(THREADS).map(async ([file, entry]) =>
    write(file, ascii(await bundle(`import ${JSON.stringify(entry)}`, STUBS))),
  )
  const code = await bundle(ENTRY, [manifestPlugin(manifest), KEEP_LAZY, SHAKE, ...STUBS])
  const names = new Set<string>()
  for (const id of Object.keys(manifest)) {
    const name = `faci-${id.replaceAll(':', '.')}.cjs`
    names.add(name)
    const own = [onlyCommand(id), manifestPlugin(onlyEntry(manifest, id)), KEEP_LAZY, SHAKE]
    await write(name, wrapped(await bundle(ENTRY, [...own, ...STUBS_WITHOUT_HELP])))
  }
  refuseUnmetStubs()
  const program = write('faci.cjs', wrapped(code))
  const [size, ...sizes] = await Promise.all([program, ...libraries, ...threads])
  const notices = await Promise.all([...packages].map((folder) => noticeOf(join(ROOT, folder))))
  await write('THIRD-PARTY-NOTICES.txt', noticesText(notices))
  await Promise.all(old.filter((name) => !names.has(name)).map((name) => rm(join(DIST, name), {force: true})))
  await writeFile(STAMP, inputs)
  const kib = (...bytes: number[]): string => `${(bytes.reduce((sum, one) => sum + one, 0) / 1024).toFixed(0)} KiB`
  process.stderr.write(`dist/faci.cjs ${kib(size)}, beside it ${kib(...sizes)}\n`)
}

await main()
