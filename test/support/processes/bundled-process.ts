import {build} from 'esbuild'
import {join} from 'node:path'
import {repositoryRoot} from '../../../service/stack/repository.js'

/** A program of this folder as JavaScript for `node`: to start it from TypeScript takes three times as long. */
export async function bundledProcess(name: string): Promise<string> {
  const outfile = join(repositoryRoot, 'node_modules', '.cache', 'faci-test', `${name}.mjs`)
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    ...{bundle: true, format: 'esm', packages: 'external', platform: 'node', target: 'node20'},
    logLevel: 'warning',
    outfile,
  })
  return outfile
}
