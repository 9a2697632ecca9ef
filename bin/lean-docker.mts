// Keeps what dockerode loads at import and faci never uses out of the bundle: ssh2, gRPC, protobuf, tar, readable-stream (130 ms).
import type {Plugin} from 'esbuild'
import {readFile} from 'node:fs/promises'

interface Replacement {
  /** The module as it is required. */
  readonly required: RegExp
  readonly by: RegExp
  readonly contents: string
}

const refuse = (what: string): string => `module.exports = () => { throw new Error('faci is built without ${what}') }`

const REPLACEMENTS: readonly Replacement[] = [
  {required: /^\.\/ssh$/, by: /docker-modem[/\\]lib/, contents: refuse('ssh')},
  {required: /^\.\/(session|buildkit)$/, by: /dockerode[/\\]lib/, contents: refuse('BuildKit sessions')},
  {required: /^tar-fs$/, by: /dockerode[/\\]lib/, contents: refuse('image builds')},
  {required: /^@balena\/dockerignore$/, by: /dockerode[/\\]lib/, contents: refuse('image builds')},
  {
    required: /^split-ca$/,
    by: /docker-modem[/\\]lib/,
    contents: "module.exports = (file) => [require('node:fs').readFileSync(file)]",
  },
  {required: /^readable-stream$/, by: /docker-modem[/\\]lib/, contents: "module.exports = require('node:stream')"},
  {required: /^debug$/, by: /docker-modem[/\\]lib/, contents: 'module.exports = () => () => undefined'},
]

/** Formats every request for a debug line that nobody reads; with an agent in it that is slow. */
const INSPECTION = /debug\('Sending: %s', util\.inspect\(options, \{[^}]*\}\)\);/

export const LEAN_DOCKER: Plugin = {
  name: 'lean-docker',
  setup(builder) {
    for (const [index, {required, by}] of REPLACEMENTS.entries()) {
      builder.onResolve({filter: required}, ({importer}) =>
        by.test(importer) ? {path: String(index), namespace: 'lean-docker'} : undefined,
      )
    }
    builder.onLoad({filter: /.*/, namespace: 'lean-docker'}, ({path}) => ({
      contents: REPLACEMENTS[Number(path)]?.contents ?? '',
    }))
    builder.onLoad({filter: /docker-modem[/\\]lib[/\\]modem\.js$/}, async ({path}) => {
      const source = await readFile(path, 'utf8')
      const lean = source.replace(INSPECTION, '')
      return lean === source
        ? {errors: [{text: 'docker-modem changed: see INSPECTION'}]}
        : {contents: lean, loader: 'js'}
    })
  },
}
