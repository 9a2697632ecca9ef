#!/usr/bin/env node
// faci from its TypeScript source: slower to start, nothing to build.
'use strict'
const {spawnSync} = require('node:child_process')
const path = require('node:path')
const {refusesThisNode} = require('./node-version.js')

function start(argv) {
  if (refusesThisNode(argv)) return
  const source = path.join(__dirname, 'dev.mts')
  const tsx = require('node:url').pathToFileURL(require.resolve('tsx')).href
  const {status} = spawnSync(process.execPath, ['--import', tsx, source, ...argv], {stdio: 'inherit'})
  process.exitCode = status ?? 1
}

start(process.argv.slice(2))
