// Runs dist/faci.cjs from V8's code cache: compiled once, on the first run after a build, then only read.
// The cache is named after the build and V8's version, and V8 itself rejects one that does not fit; it lies beside the bundle
// or, where that is read-only, in the user's cache folder, never in a folder that others may write to.
'use strict'
const fs = require('node:fs')
const path = require('node:path')
const vm = require('node:vm')

const root = path.dirname(__dirname)
const bundle = path.join(root, 'dist', 'faci.cjs')

function cacheFolders() {
  const home = process.env.XDG_CACHE_HOME || (process.env.HOME && path.join(process.env.HOME, '.cache'))
  return [path.join(root, 'dist'), ...(home ? [path.join(home, 'faci')] : [])]
}

function readFirst(files) {
  for (const file of files) {
    try {
      return fs.readFileSync(file)
    } catch {
      // not there: the next
    }
  }
  return undefined
}

function writeFirst(files, data) {
  for (const file of files) {
    const temporary = `${file}.${process.pid}`
    try {
      fs.mkdirSync(path.dirname(file), {recursive: true, mode: 0o700})
      fs.writeFileSync(temporary, data, {mode: 0o600})
      fs.renameSync(temporary, file)
      return
    } catch {
      // read-only or full: the next, or none; faci only starts slower
    }
  }
}

/** Ends the process once what was written to stdout and stderr is out; a pending keep-alive socket holds nothing up. */
function exitWhenDrained() {
  const streams = [process.stdout, process.stderr].filter((stream) => stream.writableLength > 0)
  let waiting = streams.length
  if (waiting === 0) process.exit()
  for (const stream of streams) {
    stream.once('drain', () => {
      waiting -= 1
      if (waiting === 0) process.exit()
    })
  }
}

function launch(argv) {
  let source
  try {
    source = fs.readFileSync(bundle, 'latin1')
  } catch {
    process.stderr.write('faci is not built yet\n  → npm run build\n')
    process.exitCode = 1
    return
  }
  const build = source.slice(2, 18)
  const command = /^[a-z]{1,20}$/.test(argv[0] ?? '') ? argv[0] : 'help'
  const name = `faci-${build}-${process.arch}-${process.versions.v8}-${command}.cache`
  const files = cacheFolders().map((folder) => path.join(folder, name))
  const cachedData = readFirst(files)
  const script = new vm.Script(source, {filename: bundle, cachedData})
  const module = {exports: {}}
  script.runInThisContext()(require, module, module.exports, bundle, path.dirname(bundle))
  if (cachedData === undefined || script.cachedDataRejected) {
    process.once('exit', () => writeFirst(files, script.createCachedData()))
  }
  void module.exports.start(argv, root).finally(exitWhenDrained)
}

module.exports = {launch}
