// Any Node reads this file and run.js, so that an old one is told what is missing: nothing in them is newer than ECMAScript 2015.
'use strict'

/** `engines.node` of package.json, which a test compares. */
const NEEDED = '20.19'
/** EXIT.unknown, which a test compares: a tool is missing. */
const TOOL_MISSING = 4

function isOlder(version, other) {
  const own = version.split('.').map(Number)
  const others = other.split('.').map(Number)
  return own[0] < others[0] || (own[0] === others[0] && own[1] < others[1])
}

/** Whether this Node is too old; says so then, in a document where one was asked for, and sets the exit code. */
function refusesThisNode(argv) {
  const running = process.versions.node
  if (!isOlder(running, NEEDED)) return false
  const message = `faci needs Node.js ${NEEDED} or newer, and this is Node.js ${running}`
  const document = {schema: 'faci.error/v1', error: {code: 'toolMissing', message, suggestions: []}}
  if (argv.indexOf('--json') === -1) process.stderr.write(`✖ ${message}\n`)
  else process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  process.exitCode = TOOL_MISSING
  return true
}

module.exports = {refusesThisNode}
