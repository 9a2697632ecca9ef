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

/** axios reads `fetch` and `FormData` when it loads, and Node then loads undici (25 ms); faci sends JSON over http. */
const LEAN_AXIOS: Plugin = {
  name: 'lean-axios',
  setup(builder) {
    builder.onResolve({filter: /\/fetch\.js$/}, ({importer, path}) =>
      /axios[/\\]lib[/\\]adapters/.test(importer) ? {path, namespace: 'no-fetch'} : undefined,
    )
    builder.onLoad({filter: /.*/, namespace: 'no-fetch'}, () => ({contents: 'export const getFetch = undefined'}))
    builder.onLoad({filter: /axios[/\\]lib[/\\]utils\.js$/}, async ({path}) => {
      const source = await readFile(path, 'utf8')
      const lean = source.replace("typeof G.FormData !== 'undefined' ? G.FormData : undefined", 'undefined')
      return lean === source ? {errors: [{text: 'axios changed: see LEAN_AXIOS'}]} : {contents: lean, loader: 'js'}
    })
  },
}

/** What oclif only needs to find plugins and commands on disk, or on Windows; faci brings both along, ready-made. */
const UNUSED_BY_FACI = /^(minimatch|tinyglobby|lilconfig|semver|wsl-utils|form-data|mime-types)$/
const LEAN_OCLIF: Plugin = {
  name: 'lean-oclif',
  setup(builder) {
    builder.onResolve({filter: UNUSED_BY_FACI}, ({path, importer}) =>
      /(@oclif[/\\]core|axios)[/\\]lib/.test(importer) ? {path, namespace: 'unused'} : undefined,
    )
    builder.onLoad({filter: /.*/, namespace: 'unused'}, () => ({contents: 'module.exports = {isWsl: false}'}))
  },
}

/** zod brings its messages in fifty languages; faci speaks English. */
const LEAN_ZOD: Plugin = {
  name: 'lean-zod',
  setup(builder) {
    builder.onResolve({filter: /locales\/index\.js$/}, ({importer, path}) =>
      /[/\\]zod[/\\]/.test(importer) ? {path, namespace: 'no-locales'} : undefined,
    )
    builder.onLoad({filter: /.*/, namespace: 'no-locales'}, () => ({contents: 'export {}'}))
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
    plugins: [manifestPlugin(await buildManifest()), LEAN_AXIOS, LEAN_OCLIF, LEAN_ZOD],
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
