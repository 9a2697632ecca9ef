// Keeps out of the bundle what faci's libraries load and faci never uses: half of the start-up time.
import type {Plugin} from 'esbuild'
import {readFile} from 'node:fs/promises'
import {fileURLToPath} from 'node:url'

/** Modules that faci never uses, by who asks for them; each would cost time at start-up. They become a function that throws. */
const UNUSED: readonly {readonly importer: RegExp; readonly module: RegExp}[] = [
  // oclif finds plugins and commands on disk with these; faci brings both along, ready-made.
  {importer: /@oclif[/\\]core[/\\]lib/, module: /^(minimatch|tinyglobby|lilconfig|semver)$/},
  // faci sends JSON, never a form, which would need a random boundary.
  {importer: /axios[/\\]lib/, module: /^(crypto|form-data|mime-types)$/},
  // gRPC, protobuf and tar are for building images; ssh:// hosts are reached by the operator's own ssh.
  {importer: /dockerode[/\\]lib/, module: /^(\.\/session|\.\/buildkit|tar-fs|zlib|@balena\/dockerignore)$/},
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
  // A theme file is looked for on every start; faci has one look.
  {
    file: /@oclif[/\\]core[/\\]lib[/\\]config[/\\]config\.js$/,
    from: 'this.theme = await this.loadTheme();',
    to: '',
  },
  // The flags that Node takes are listed anew (4 ms) for a proxy feature that Node 20 does not have.
  {
    file: /axios[/\\]lib[/\\]adapters[/\\]http\.js$/,
    from: "!process.allowedNodeEnvironmentFlags ||\n    !process.allowedNodeEnvironmentFlags.has('--use-env-proxy')",
    to: '!isNodeNativeEnvProxySupported()',
  },
  // Asks Node what it is going to be told, for colours that faci never prints; with NO_COLOR and FORCE_COLOR both set, Node warns of that.
  {file: /yoctocolors[/\\]base\.js$/, from: 'tty?.WriteStream?.prototype?.hasColors?.() ?? false', to: 'false'},
  // Whether this Node is new enough is asked in bin/node-version.js, before oclif is loaded.
  {file: /@oclif[/\\]core[/\\]lib[/\\]index\.js$/, from: 'checkNodeVersion();\nexports', to: 'exports'},
  // Describes every request in full, for a debug line that is not printed.
  {
    file: /docker-modem[/\\]lib[/\\]modem\.js$/,
    from: 'util.inspect(options, {',
    to: '((one) => one.path)(options, {',
  },
]

const NEVER_CALLED = 'module.exports = () => { throw new Error("left out of the bundle") }'
const HTTP_CLIENTS = /(axios|docker-modem)[/\\]lib|[/\\]src[/\\]adapters/
const LAZY_HTTPS = `const load = () => require('node:https')
module.exports = {
  get request() { return load().request },
  get Agent() { return load().Agent },
  get globalAgent() { return load().globalAgent },
}`

/** Functions of a module of Node's that is loaded when one of them is first called. */
function lazily(module: string, names: readonly string[]): string {
  const lines = names.map((name) => `export const ${name} = (...values) => require('${module}').${name}(...values)`)
  return lines.join('\n')
}

/** Hashes, random bytes, sums and processes are for what is written and done; reading commands do without forty modules of Node's. */
const LAZY: Readonly<Record<string, string>> = {
  crypto: lazily('node:crypto', ['createHash', 'createHmac', 'randomBytes', 'randomUUID', 'timingSafeEqual']),
  child_process: lazily('node:child_process', ['spawn', 'execFileSync']),
  zlib: lazily('node:zlib', ['crc32', 'createGunzip']),
}

/** What axios asks of zlib when it is loaded is known without loading it. */
const LAZY_ZLIB = `const load = () => require('node:zlib')
export default {
  constants: {Z_SYNC_FLUSH: 2, BROTLI_OPERATION_FLUSH: 1},
  createUnzip: (options) => load().createUnzip(options),
  createBrotliDecompress: (options) => load().createBrotliDecompress(options),
}`

/** ulid asks for chance when an id is first made. */
const LAZY_CHANCE = `export default {randomBytes: (size) => require('node:crypto').randomBytes(size)}`

interface Stub {
  readonly module: RegExp
  readonly importer: RegExp
  readonly contents: string
}

const OCLIF = fileURLToPath(new URL('lib', import.meta.resolve('@oclif/core/package.json')))

/** For a bundle that never prints help: of oclif's help only what reads the command line. */
const HELP_STUBS: readonly Stub[] = [
  {
    module: /^\.\.?\/help(\/index)?$/,
    importer: /@oclif[/\\]core[/\\]lib[/\\](?!parser)/,
    contents: "module.exports = require('./help/util')",
  },
  {module: /^ejs$/, importer: /@oclif[/\\]core[/\\]lib/, contents: NEVER_CALLED},
]

const LEAN_STUBS: readonly Stub[] = [
  {module: /^wsl-utils$/, importer: /@oclif/, contents: 'module.exports = {isWsl: false}'},
  // Reading the global fetch loads undici too; faci uses the http adapter.
  {module: /\/fetch\.js$/, importer: /axios[/\\]lib[/\\]adapters/, contents: 'export const getFetch = undefined'},
  // Node's https brings TLS along (5 ms), http2 even more (18 ms): most backends are plain http on this host.
  {module: /^(node:)?https$/, importer: HTTP_CLIENTS, contents: LAZY_HTTPS},
  {module: /^http2$/, importer: HTTP_CLIENTS, contents: 'module.exports = {constants: {}}'},
  ...Object.entries(LAZY).map(([name, contents]) => ({
    module: new RegExp(`^node:${name}$`),
    importer: /[/\\]src[/\\]/,
    contents,
  })),
  {module: /^node:crypto$/, importer: /[/\\]ulid[/\\]dist/, contents: LAZY_CHANCE},
  {module: /^zlib$/, importer: /axios[/\\]lib/, contents: LAZY_ZLIB},
  // faci follows no redirects and goes through no proxy.
  {
    module: /^follow-redirects$/,
    importer: HTTP_CLIENTS,
    contents: "module.exports = {http: require('node:http'), https: undefined}",
  },
  {module: /^(proxy-from-env|https-proxy-agent)$/, importer: HTTP_CLIENTS, contents: NEVER_CALLED},
  // Debug lines of oclif and docker-modem, which nobody asks for; loading it takes 4 ms.
  {
    module: /^debug$/,
    importer: /(@oclif[/\\]core|docker-modem)[/\\]lib/,
    contents: 'module.exports = () => () => undefined',
  },
  // What the terminal can show is decided in src/cli/process/terminal.ts; asking again brings node:tty and node:net along.
  {module: /^#supports-color$/, importer: /[/\\]chalk[/\\]/, contents: 'export default {stdout: false, stderr: false}'},
  {
    module: /^supports-color$/,
    importer: /@oclif[/\\]core[/\\]lib/,
    contents: 'module.exports = {stdout: false, stderr: false}',
  },
  // faci draws its own progress.
  {module: /^\.\/action\/spinner$/, importer: /@oclif[/\\]core[/\\]lib[/\\]ux/, contents: 'module.exports = class {}'},
  // oclif measures itself only when asked to.
  {module: /^node:perf_hooks$/, importer: /@oclif[/\\]core[/\\]lib/, contents: 'module.exports = {}'},
  // For Windows, and for flags that read from stdin.
  {module: /^node:(child_process|readline)$/, importer: /@oclif[/\\]core[/\\]lib/, contents: NEVER_CALLED},
  // Node's own streams are the same ones, already loaded.
  {module: /^readable-stream$/, importer: /docker-modem[/\\]lib/, contents: "module.exports = require('node:stream')"},
  ...UNUSED.map((one) => ({...one, contents: NEVER_CALLED})),
]

const met = new Set<Stub>()

/** Fails the build, once everything is bundled, when a stub stood in for nothing: what it kept out came in by another way, or is gone. */
export function refuseUnmetStubs(): void {
  const unmet = [...HELP_STUBS, ...LEAN_STUBS].filter((stub) => !met.has(stub))
  if (unmet.length === 0) return
  throw new Error(`nothing imports these stubs any more: ${unmet.map(({module}) => String(module)).join(', ')}`)
}

function stubs(name: string, table: readonly Stub[]): Plugin {
  return {
    name,
    setup(builder) {
      builder.onResolve({filter: /.*/}, ({importer, path}) => {
        const index = table.findIndex((stub) => stub.module.test(path) && stub.importer.test(importer))
        const stub = table[index]
        if (stub !== undefined) met.add(stub)
        return stub === undefined ? undefined : {path: `${path}#${String(index)}`, namespace: name, pluginData: index}
      })
      builder.onLoad({filter: /.*/, namespace: name}, ({pluginData}) => ({
        contents: table[pluginData as number]?.contents ?? '',
        resolveDir: OCLIF,
      }))
    },
  }
}

/** A patch that no longer fits fails the build. */
const PATCHED: Plugin = {
  name: 'patched',
  setup(builder) {
    for (const {file, from, to} of PATCHES) {
      builder.onLoad({filter: file}, async ({path}) => {
        const source = await readFile(path, 'utf8')
        if (!source.includes(from)) return {errors: [{text: `${path} changed: see PATCHES in bin/lean.mts`}]}
        return {contents: source.replace(from, to), loader: 'js'}
      })
    }
  },
}

/** Keep out of the bundle what faci does not need of its libraries. */
export const STUBS: readonly Plugin[] = [stubs('lean', LEAN_STUBS), PATCHED]

/** For the bundle of one command, whose help comes from the whole. */
export const STUBS_WITHOUT_HELP: readonly Plugin[] = [stubs('without-help', HELP_STUBS), ...STUBS]
