#!/usr/bin/env node
// faci from its TypeScript source: slower to start, nothing to build.
'use strict'
const {spawnSync} = require('node:child_process')
const path = require('node:path')

const source = path.join(__dirname, 'dev.mts')
const tsx = require('node:url').pathToFileURL(require.resolve('tsx')).href
const {status} = spawnSync(process.execPath, ['--import', tsx, source, ...process.argv.slice(2)], {stdio: 'inherit'})
process.exitCode = status ?? 1
