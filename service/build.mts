// Bundles the programs of service/ into single files, so that an image only copies them.
import {build} from 'esbuild'
import {fileURLToPath} from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))

const PROGRAMS: Readonly<Record<string, string>> = {
  'api/dist/main': 'api/src/main.ts',
  'api/dist/healthcheck': 'api/src/healthcheck.ts',
  'api/dist/faultctl': 'api/src/faultctl.ts',
  'load/dist/main': 'load/main.ts',
  'webhook/dist/main': 'webhook/src/main.ts',
}

await build({
  absWorkingDir: HERE,
  bundle: true,
  entryPoints: Object.entries(PROGRAMS).map(([out, source]) => ({in: source, out})),
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
  outdir: HERE,
  outExtension: {'.js': '.cjs'},
  platform: 'node',
  sourcemap: true,
  sourcesContent: false,
  target: 'node20',
})
