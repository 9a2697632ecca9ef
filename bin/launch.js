// Runs the bundle of a command in dist/ and the libraries beside it from V8's code cache: each file is compiled once for each command, on the first
// run after a build, then only read. A cache is named after the build and V8's version, and V8 itself rejects one that does not fit,
// but crashes on one that a full disk or a power cut has damaged: it is on disk before it has its name, and carries a sum of all of it.
// It lies beside the bundle or in the user's cache folder. What is read there is run: so folder and file must be this account's own, and
// nobody else's to write; what is not, is as good as not there. src/files/user-cache.ts keeps to the same rules for what is only data.
'use strict'
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const vm = require('node:vm')
const zlib = require('node:zlib')

const root = path.dirname(__dirname)
const dist = path.join(root, 'dist')

/** EXIT.usage, which a test compares: a misspelt command gets no cache of its own. */
const USAGE = 2
const {O_NOFOLLOW, O_NONBLOCK, O_RDONLY} = fs.constants
const OTHERS_MAY_WRITE = 0o022

/** By lstat: of a link it is the link that is looked at. */
function isOurs({uid, mode}) {
  return uid === process.geteuid() && (mode & OTHERS_MAY_WRITE) === 0
}

/** undefined: not there, or not to be looked at. */
function lookAt(path, stat = fs.statSync) {
  try {
    return stat(path, {throwIfNoEntry: false})
  } catch {
    return undefined
  }
}

function isOwnFolder(folder) {
  const found = lookAt(folder, fs.lstatSync)
  return found !== undefined && found.isDirectory() && isOurs(found)
}

/** None where the place is somebody else's, as HOME is with `sudo -E`: our files are not left there either. A `~/.cache` may be a link. */
function userCache({HOME: home, XDG_CACHE_HOME: cache}) {
  const own = process.geteuid()
  if (cache && path.isAbsolute(cache))
    return (lookAt(cache) ?? lookAt(path.dirname(cache)))?.uid === own ? [path.join(cache, 'faci')] : []
  return home && lookAt(home)?.uid === own ? [path.join(home, '.cache', 'faci')] : []
}

/** Where a cache may lie. */
function cacheFolders() {
  return [dist, ...userCache(process.env)]
}

let own

/** Those of them that are there, and ours. */
function ownFolders() {
  return (own ??= cacheFolders().filter(isOwnFolder))
}

const SUM_BYTES = 8

/** Its length and its CRC-32. Zlib does in half a millisecond what a loop of ours takes three for. */
function sumOf(data) {
  const bytes = Buffer.alloc(SUM_BYTES)
  bytes.writeUInt32LE(data.length, 0)
  bytes.writeUInt32LE(zlib.crc32(data), 4)
  return bytes
}

/** Follows no link and waits for no pipe; a file that has a second name may have been written through that. */
function readOwn(file) {
  const descriptor = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    const found = fs.fstatSync(descriptor)
    return found.isFile() && found.nlink === 1 && isOurs(found) ? fs.readFileSync(descriptor) : Buffer.alloc(0)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** The data of the first file that is there, our own and whole. */
function readFirst(name) {
  for (const folder of ownFolders()) {
    try {
      const content = readOwn(path.join(folder, name))
      const data = content.subarray(0, Math.max(0, content.length - SUM_BYTES))
      if (data.length > 0 && sumOf(data).equals(content.subarray(data.length))) return data
    } catch {
      // not there: the next
    }
  }
  return undefined
}

/** It and its parent; not `recursive`, which never returns where nothing can be made although the parent is there, as in `/proc`. */
function makeFolder(folder) {
  for (const at of [path.dirname(folder), folder]) if (!fs.existsSync(at)) fs.mkdirSync(at, {mode: 0o700})
}

/** In a folder of a name by chance beside it, then moved: nobody can have prepared it, and nobody finds half of it. */
function writeOwn(folder, name, content) {
  const draft = fs.mkdtempSync(path.join(folder, '.draft-'))
  try {
    const file = path.join(draft, name)
    fs.writeFileSync(file, content, {mode: 0o600, flag: 'wx', flush: true})
    fs.renameSync(file, path.join(folder, name))
  } finally {
    fs.rmSync(draft, {recursive: true, force: true})
  }
}

function writeFirst(name, data) {
  for (const folder of cacheFolders()) {
    try {
      makeFolder(folder)
      if (!isOwnFolder(folder)) continue
      writeOwn(folder, name, Buffer.concat([data, sumOf(data)]))
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
  // What a write failed of is told a moment later.
  const end = () => setImmediate(() => process.exit())
  if (waiting === 0) end()
  // An empty write is called back after all that were made before; `drain` would only come after a long wait for room.
  for (const stream of streams) {
    stream.write('', () => {
      waiting -= 1
      if (waiting === 0) end()
    })
  }
}

const WORD = /^[a-z][a-z-]{0,30}$/

/** The bundle of the command that is asked for; for help, and for what is no command, the one that has them all. */
function bundleOf(argv) {
  const [first = '', second = ''] = argv
  if (argv.includes('--help') || argv.includes('-h')) return {file: './faci.cjs', command: 'help'}
  const names = [...(WORD.test(second) ? [`${first}.${second}`] : []), first]
  const name = WORD.test(first) && names.find((one) => fs.existsSync(path.join(dist, `faci-${one}.cjs`)))
  return name
    ? {file: `./faci-${name}.cjs`, command: name}
    : {file: './faci.cjs', command: WORD.test(first) ? first : 'help'}
}

/** A `require` for the files of dist/, each run from its cache; anything else is Node's own. */
function loader(command) {
  const loaded = new Map()
  const uncached = []
  process.once('exit', (code) => {
    if (code !== USAGE) for (const {name, script} of uncached) writeFirst(name, script.createCachedData())
  })
  const load = (id) => {
    if (!id.startsWith('./')) return require(id)
    const known = loaded.get(id)
    if (known !== undefined) return known.exports
    const module = {exports: {}}
    loaded.set(id, module)
    const file = path.join(dist, id)
    const source = fs.readFileSync(file, 'latin1')
    const hash = source.slice(2, source.indexOf('\n'))
    const name = `${id.slice(2, -4)}-${hash}-${process.arch}-${process.versions.v8}-${command}.cache`
    const cachedData = readFirst(name)
    const script = new vm.Script(source, {filename: file, cachedData})
    script.runInThisContext()(load, module, module.exports, file, dist)
    if (cachedData === undefined || script.cachedDataRejected) uncached.push({name, script})
    return module.exports
  }
  return load
}

/** A uid without an account has neither home nor shell, and oclif, which asks for both, would die of it: what container engines say. */
function fillMissingHome({env}) {
  if (env.HOME !== undefined && env.SHELL !== undefined) return
  try {
    os.userInfo()
  } catch {
    env.HOME ??= '/'
    env.SHELL ??= '/bin/sh'
  }
}

function launch(argv) {
  if (!fs.existsSync(path.join(dist, 'faci.cjs'))) {
    process.stderr.write('faci is not built yet\n  → npm run build\n')
    process.exitCode = 1
    return
  }
  fillMissingHome(process)
  const {file, command} = bundleOf(argv)
  void loader(command)(file).start(argv, root).finally(exitWhenDrained)
}

module.exports = {launch}
