#!/usr/bin/env node
// `--version` answers here, before anything is loaded; the rest starts in launch.js.
'use strict'
const argv = process.argv.slice(2)
if (argv.length === 1 && argv[0] === '--version') {
  const {name, version} = require('../package.json')
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
} else {
  require('./launch.js').launch(argv)
}
