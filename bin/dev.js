#!/usr/bin/env node
// faci from its TypeScript source: slower to start, nothing to build.
'use strict'
const path = require('node:path')
require('tsx/esm/api').register()

async function start() {
  const {buildManifest} = await import(path.join(__dirname, 'manifest.mts'))
  const {main} = await import(path.join(__dirname, '..', 'src', 'cli', 'main.ts'))
  const packageJson = require('../package.json')
  await main(process.argv.slice(2), {manifest: await buildManifest(), packageJson, root: path.dirname(__dirname)})
}
void start()
