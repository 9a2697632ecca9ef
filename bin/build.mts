// Bundles faci into dist/faci.cjs: one CommonJS file whose modules run when first required, command manifest inside.
import {build, type Plugin} from 'esbuild'
import {createHash} from 'node:crypto'
import {mkdir, readdir, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {LEAN} from './lean.mjs'
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
  process.stderr.write(`dist/faci.cjs ${(code.length / 1024).toFixed(0)} KiB\n`)
}

await main()
