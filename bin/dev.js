#!/usr/bin/env node
// faci from its TypeScript source: slower to start, nothing to build.
'use strict'
const {register} = require('node:module')
const path = require('node:path')
const {pathToFileURL} = require('node:url')

register('tsx/esm', pathToFileURL(__filename))

async function start() {
  const {buildManifest} = await import('./manifest.mts')
  const {main} = await import('../src/cli/main.ts')
  const packageJson = require('../package.json')
  await main(process.argv.slice(2), {manifest: await buildManifest(), packageJson, root: path.dirname(__dirname)})
}
void start()
