// Bundles faci into one CommonJS file for each command, dist/faci-<command>.cjs, and the whole into dist/faci.cjs: modules run when first
// required, command manifest inside. A command reads only what it may run: V8 takes 8 ms for each MB of code that is merely there.
import {build, type BuildOptions, type Plugin} from 'esbuild'
import {createHash, randomUUID} from 'node:crypto'
import {mkdir, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {types} from 'node:util'
import type {CommandManifest} from '../src/cli/frame/main.js'
import {KEEP_LAZY, LAZY_FILES} from './lazy-libraries.mjs'
import {refuseUnmetStubs, STUBS, STUBS_WITHOUT_HELP} from './lean.mjs'
import {buildManifest} from './manifest.mjs'
import {bundledPackages, noticeOf, noticesText} from './notices.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DIST = join(ROOT, 'dist')

/** `start(argv, root)`, as bin/launch.js calls it, of the commands in the table. */
function entryOf(manifest: object, table: string): string {
  return `
import {main} from './src/cli/frame/main.ts'
import packageJson from './package.json'
const {name, version, description, oclif} = packageJson
const program = {manifest: ${JSON.stringify(manifest)}, packageJson: {name, version, description, oclif}}
export const start = (argv, root) => main(argv, {...program, table: ${table}, root})
`
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

async function entryOfCommand(manifest: CommandManifest, id: string): Promise<string> {
  const file = JSON.stringify(await fileOfCommand(id))
  return entryOf(onlyEntry(manifest, id), `{${JSON.stringify(id)}: () => import(${file})}`)
}

function entryOfAll(manifest: CommandManifest): string {
  return `import {COMMAND_TABLE} from './src/cli/frame/command-table.ts'${entryOf(manifest, 'COMMAND_TABLE')}`
}

/** Libraries of which little is used, cut to that before they are bundled: inside the bundle, where modules run when first required, nothing can be cut. */
const TREE_SHAKEN: Readonly<Record<string, RegExp>> = {
  'zod/mini': /\bz\.(\w+)/g,
}

const cutLibraries = new Map<string, string>()
const packages = new Set<string>()

/** The bundles, by the names of their entries; what they are made of is added to `packages`. */
async function bundledTexts(options: BuildOptions): Promise<ReadonlyMap<string, string>> {
  const {metafile, outputFiles} = await build({...options, metafile: true, write: false})
  for (const folder of bundledPackages(metafile)) packages.add(folder)
  return new Map(outputFiles.map(({path, text}) => [basename(path), text]))
}

/** Code that is not in a file. */
function entriesPlugin(contents: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'entries',
    setup(builder) {
      builder.onResolve({filter: /./}, ({kind, path}) =>
        kind === 'entry-point' ? {path, namespace: 'entry'} : undefined,
      )
      builder.onLoad({filter: /./, namespace: 'entry'}, ({path}) => ({
        contents: contents.get(path) ?? '',
        ...({loader: 'ts', resolveDir: ROOT} as const),
      }))
    },
  }
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
      const options = {absWorkingDir: ROOT, bundle: true, format: 'esm', platform: 'node', stdin} as const
      const text = [...(await bundledTexts(options)).values()].join('')
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

/** By the names of files, from the code that each begins with: what several need is read once. */
async function bundles(
  contents: ReadonlyMap<string, string>,
  plugins: readonly Plugin[],
): Promise<ReadonlyMap<string, string>> {
  const entryPoints = [...contents.keys()].map((name) => ({in: name, out: basename(name, '.cjs')}))
  const outputs = {entryPoints, outdir: DIST, outExtension: {'.js': '.cjs'}}
  return bundledTexts({...SHARED, ...outputs, plugins: [entriesPlugin(contents), ...plugins]})
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
const THREADS: ReadonlyMap<string, string> = new Map([
  ['log-sieve-thread.cjs', "import './src/adapters/docker/log-files/sieve-thread.ts'"],
])

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

async function writeAll(bundled: ReadonlyMap<string, string>, shape: (code: string) => string): Promise<number> {
  const sizes = await Promise.all([...bundled].map(([file, code]) => write(file, shape(code))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function main(): Promise<void> {
  const inputs = await inputsHash()
  if ((await readFile(STAMP, 'utf8').catch(() => null)) === inputs) return
  await rm(STAMP, {force: true})
  const manifest = await buildManifest()
  await mkdir(DIST, {recursive: true})
  const old = (await readdir(DIST)).filter((name) => name.endsWith('.cache') || /^faci-.*\.cjs$/.test(name))
  const commands = new Map<string, string>()
  for (const id of Object.keys(manifest))
    commands.set(`faci-${id.replaceAll(':', '.')}.cjs`, await entryOfCommand(manifest, id))
  const whole = new Map([['faci.cjs', entryOfAll(manifest)]])
  const libraries = await writeAll(await bundles(new Map(Object.entries(LAZY_FILES)), STUBS), wrapped)
  const threads = await writeAll(await bundles(THREADS, STUBS), ascii)
  const size = await writeAll(await bundles(whole, [KEEP_LAZY, SHAKE, ...STUBS]), wrapped)
  await writeAll(await bundles(commands, [KEEP_LAZY, SHAKE, ...STUBS_WITHOUT_HELP]), wrapped)
  refuseUnmetStubs()
  const notices = await Promise.all([...packages].map((folder) => noticeOf(join(ROOT, folder))))
  await write('THIRD-PARTY-NOTICES.txt', noticesText(notices))
  await Promise.all(old.filter((name) => !commands.has(name)).map((name) => rm(join(DIST, name), {force: true})))
  await writeFile(STAMP, inputs)
  const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`
  process.stderr.write(`dist/faci.cjs ${kib(size)}, beside it ${kib(libraries + threads)}\n`)
}

await main()
