#!/usr/bin/env node
// `--version` answers here, before anything is loaded; the rest starts in launch.js.
'use strict'
const refusesThisNode = require('./node-version.js').refusesThisNode

/** EXIT.unknown, as what cannot be written of any other answer; a test compares them. */
const NOT_WRITTEN = 4

/** As `cli/process/closed-streams.ts`: a reader that has seen enough is no error. */
function tellUnlessRead(error) {
  if (error.code === 'EPIPE') return
  process.stderr.on('error', () => undefined)
  process.stderr.write(`✖ the answer cannot be written: ${error.code}\n`)
  process.exitCode = NOT_WRITTEN
}

function start(argv) {
  if (refusesThisNode(argv)) return
  if (argv.length !== 1 || argv[0] !== '--version') {
    require('./launch.js').launch(argv)
    return
  }
  const faci = require('../package.json')
  process.stdout.on('error', tellUnlessRead)
  process.stdout.write(`${faci.name}/${faci.version} ${process.platform}-${process.arch} node-${process.version}\n`)
}

start(process.argv.slice(2))
