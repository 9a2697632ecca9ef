// Bundles faci into dist/faci.cjs: one CommonJS file whose modules run when first required, command manifest inside.
import {build, type Plugin} from 'esbuild'
import {createHash} from 'node:crypto'
import {mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {buildManifest} from './manifest.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DIST = join(ROOT, 'dist')

/** `start(argv, root)`, as bin/launch.js calls it. */
const ENTRY = `
import {main} from './src/cli/main.ts'
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

/** Modules that faci never uses, by who asks for them; each would cost time at start-up. They become a function that throws. */
const UNUSED: readonly {readonly importer: RegExp; readonly module: RegExp}[] = [
  // oclif finds plugins and commands on disk with these; faci brings both along, ready-made.
  {importer: /@oclif[/\\]core[/\\]lib/, module: /^(minimatch|tinyglobby|lilconfig|semver)$/},
  // faci sends JSON, never a form.
  {importer: /axios[/\\]lib/, module: /^(form-data|mime-types)$/},
  // gRPC, protobuf and tar are for building images; ssh:// hosts are refused with what to do instead.
  {importer: /dockerode[/\\]lib/, module: /^(\.\/session|\.\/buildkit|tar-fs|@balena\/dockerignore)$/},
  {importer: /docker-modem[/\\]lib/, module: /^\.\/ssh$/},
]

/** Lines of libraries that do needless work on every start or request, and what stands there instead. */
const PATCHES: readonly {readonly file: RegExp; readonly from: string; readonly to: string}[] = [
  // Reading the global FormData makes Node load undici (25 ms).
  {
    file: /axios[/\\]lib[/\\]utils\.js$/,
    from: "typeof G.FormData !== 'undefined' ? G.FormData : undefined",
    to: 'undefined',
  },
  // Describes every request in full, for a debug line that is not printed.
  {
    file: /docker-modem[/\\]lib[/\\]modem\.js$/,
    from: 'util.inspect(options, {',
    to: '((options) => options.path)(options, {',
  },
]

const STUBS: readonly {readonly module: RegExp; readonly importer: RegExp; readonly contents: string}[] = [
  {module: /^wsl-utils$/, importer: /@oclif/, contents: 'module.exports = {isWsl: false}'},
  // Reading the global fetch loads undici too; faci uses the http adapter.
  {module: /\/fetch\.js$/, importer: /axios[/\\]lib[/\\]adapters/, contents: 'export const getFetch = undefined'},
  // zod brings its messages in fifty languages; faci speaks English.
  {module: /locales\/index\.js$/, importer: /[/\\]zod[/\\]/, contents: 'export {}'},
  ...UNUSED.map((one) => ({...one, contents: 'module.exports = () => { throw new Error("left out of the bundle") }'})),
]

/** Keeps out of the bundle what faci does not need of its libraries; a patch that no longer fits fails the build. */
const LEAN: Plugin = {
  name: 'lean',
  setup(builder) {
    builder.onResolve({filter: /.*/}, ({importer, path}) => {
      const index = STUBS.findIndex((stub) => stub.module.test(path) && stub.importer.test(importer))
      return index === -1 ? undefined : {path: `${path}#${String(index)}`, namespace: 'stub', pluginData: index}
    })
    builder.onLoad({filter: /.*/, namespace: 'stub'}, ({pluginData}) => ({
      contents: STUBS[pluginData as number]?.contents ?? '',
    }))
    for (const {file, from, to} of PATCHES) {
      builder.onLoad({filter: file}, async ({path}) => {
        const source = await readFile(path, 'utf8')
        if (!source.includes(from)) return {errors: [{text: `${path} changed: see PATCHES in bin/build.mts`}]}
        return {contents: source.replace(from, to), loader: 'js'}
      })
    }
  },
}

async function bundle(): Promise<string> {
  const result = await build({
    stdin: {contents: ENTRY, resolveDir: ROOT, loader: 'ts'},
    absWorkingDir: ROOT,
    bundle: true,
    define: {'import.meta.url': '__faciUrl'},
    banner: {js: 'const __faciUrl = require("node:url").pathToFileURL(__filename).href;'},
    external: ['typescript', 'ts-node'],
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'warning',
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    plugins: [manifestPlugin(await buildManifest()), LEAN],
    target: 'node20',
    write: false,
  })
  return result.outputFiles[0]?.text ?? ''
}

/** As bin/launch.js expects it: a comment with the build's hash, then a function of require, module and exports. */
function wrapped(code: string): string {
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 16)
  return `//${hash}\n(function(require,module,exports,__filename,__dirname){${code}\n})`
}

async function main(): Promise<void> {
  const code = wrapped(await bundle())
  await mkdir(DIST, {recursive: true})
  const temporary = join(DIST, `.faci.${String(process.pid)}.cjs`)
  await writeFile(temporary, code)
  await rename(temporary, join(DIST, 'faci.cjs'))
  const old = (await readdir(DIST)).filter((name) => name.endsWith('.cache') && !name.includes(code.slice(2, 18)))
  await Promise.all(old.map((name) => rm(join(DIST, name), {force: true})))
  const {size} = {size: (await readFile(join(DIST, 'faci.cjs'))).length}
  process.stderr.write(`dist/faci.cjs ${(size / 1024).toFixed(0)} KiB\n`)
}

await main()
