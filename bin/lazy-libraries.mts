// Libraries that not every command needs, each a file beside the bundle, asked for by the name that `import` used: what is not run is not read.
import type {Plugin} from 'esbuild'

const ALONE: readonly string[] = [
  '@lezer/common',
  '@prometheus-io/lezer-promql',
  '@slack/web-api',
  '@slack/webhook',
  'axios',
  'diff',
  'dockerode',
  'execa',
  'listr2',
  'nodemailer',
  're2js',
  'rrule-temporal',
  'temporal-polyfill/implementation',
  'yaml',
]

/** Parser and extensions, which have most of their code in common. */
const MARKDOWN: readonly string[] = [
  'mdast-util-from-markdown',
  'mdast-util-gfm-autolink-literal',
  'mdast-util-gfm-strikethrough',
  'mdast-util-gfm-table',
  'mdast-util-gfm-task-list-item',
  'micromark-extension-gfm-autolink-literal',
  'micromark-extension-gfm-strikethrough',
  'micromark-extension-gfm-table',
  'micromark-extension-gfm-task-list-item',
]
const MARKDOWN_FILE = 'markdown.cjs'

/** What is imported as a whole must be `module.exports`; axios as its ES modules, which bin/lean.mts can trim. */
const WHOLE: Readonly<Record<string, string>> = {
  axios: "module.exports = require('./node_modules/axios/index.js').default",
  dockerode: "module.exports = require('dockerode')",
}

function fileOf(library: string): string {
  return `${library.replaceAll(/[@]/g, '').replaceAll('/', '-')}.cjs`
}

function everythingOf(library: string): string {
  return WHOLE[library] ?? `export * from '${library}'`
}

/** The files, each with the code that it is bundled from. */
export const LAZY_FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ALONE.map((library) => [fileOf(library), everythingOf(library)])),
  [MARKDOWN_FILE]: MARKDOWN.map(everythingOf).join('\n'),
}

function lazyFile(library: string): string | null {
  if (MARKDOWN.includes(library)) return MARKDOWN_FILE
  return ALONE.includes(library) ? fileOf(library) : null
}

export const KEEP_LAZY: Plugin = {
  name: 'keep-lazy',
  setup(builder) {
    builder.onResolve({filter: /^[@a-z]/}, ({path, importer}) => {
      const file = /[/\\]src[/\\]/.test(importer) ? lazyFile(path) : null
      return file === null ? undefined : {path: `./${file}`, external: true}
    })
  },
}
