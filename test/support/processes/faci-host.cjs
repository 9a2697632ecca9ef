// Runs the built faci many times in one process, one command after another. For each, bin/run.js is loaded anew as `node bin/run.js` would
// load it, and has arguments, environment, folder, streams and an end of its own. What a command leaves behind is taken away; where that
// cannot be (a timer, a socket, a child that is still there), the host says so and ends: nothing acts while another command runs.
// Over IPC: {argv, directory, env} in, {stdout, stderr, exitCode, isClean} out.
'use strict'
const {openSync, ReadStream} = require('node:fs')
const http = require('node:http')
const https = require('node:https')
const path = require('node:path')
const {Writable} = require('node:stream')
const vm = require('node:vm')

const RUN = path.join(__dirname, '..', '..', '..', 'bin', 'run.js')
const NOTHING = openSync('/dev/null')

const exit = process.exit.bind(process)
/** What libraries replace, to be told of the end. */
const {emit, reallyExit} = process
const SIGNAL_EXIT = Symbol.for('signal-exit emitter')
const globals = new Set(Reflect.ownKeys(globalThis))
const modules = new Set(Object.keys(require.cache))

/** The same text is not compiled again: its code runs anew, and nothing is left in it of the run before. */
const compiled = new Map()
const {Script} = vm
vm.Script = function compileOnce(source, options) {
  const known = compiled.get(options.filename)
  if (known?.source === source) return known.script
  const script = new Script(source, options)
  compiled.set(options.filename, {source, script})
  return script
}

/** A stream as a pipe: no terminal, and what is written is taken a moment later. */
class Captured extends Writable {
  constructor(fd) {
    super()
    this.fd = fd
    this.chunks = []
  }

  _write(chunk, _encoding, done) {
    this.chunks.push(chunk)
    setImmediate(done)
  }

  text() {
    return Buffer.concat(this.chunks).toString()
  }
}

function define(name, get) {
  Object.defineProperty(process, name, {configurable: true, enumerable: true, get})
}

function setEnvironment(env) {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
  Object.assign(process.env, env)
}

function opened({argv, directory, env}) {
  const [stdout, stderr] = [new Captured(1), new Captured(2)]
  setEnvironment(env)
  process.chdir(directory)
  process.argv = [process.execPath, RUN, ...argv]
  process.exitCode = undefined
  let stdin
  define('stdout', () => stdout)
  define('stderr', () => stderr)
  define('stdin', () => (stdin ??= new ReadStream(null, {fd: NOTHING, autoClose: false})))
  console._stdout = stdout
  console._stderr = stderr
  return {stdout, stderr}
}

/** Resolves with the exit code once the command asks for its end. */
function ended() {
  return new Promise((resolve) => {
    process.exit = (code) => {
      process.exit = () => undefined
      if (code !== undefined) process.exitCode = code
      process.emit('exit', process.exitCode ?? 0)
      resolve(process.exitCode ?? 0)
    }
  })
}

function listenersNow() {
  return new Map(process.eventNames().map((name) => [name, process.rawListeners(name)]))
}

/** What has listened to the process since `before`. */
function forgetListeners(before) {
  Object.assign(process, {emit, reallyExit})
  for (const name of process.eventNames()) {
    const known = before.get(name) ?? []
    for (const listener of process.rawListeners(name)) if (!known.includes(listener)) process.off(name, listener)
  }
}

/** Connections that are kept alive. */
function forgetSockets() {
  for (const library of [http, https]) {
    library.globalAgent.destroy()
    // As Node makes it.
    library.globalAgent = new library.Agent({keepAlive: true, scheduling: 'lifo', timeout: 5000})
  }
}

/**
 * The launcher, and what was put into the global object; modules of bundles are nobody's once the launcher is gone. False: something let
 * nobody delete it, as undici, whose connections would be another command's.
 */
function forgetModules() {
  for (const file of Object.keys(require.cache)) if (!modules.has(file)) delete require.cache[file]
  const added = Reflect.ownKeys(globalThis).filter((name) => name !== SIGNAL_EXIT && !globals.has(name))
  const isForgotten = added.map((name) => Reflect.deleteProperty(globalThis, name)).every(Boolean)
  // Nor can this be deleted: it is made as it is when it is new.
  const untold = {emitted: {afterExit: false, exit: false}, listeners: {afterExit: [], exit: []}, count: 0}
  if (SIGNAL_EXIT in globalThis) Object.assign(globalThis[SIGNAL_EXIT], untold)
  return isForgotten
}

/** What keeps this process awake. */
function resources() {
  const names = process.getActiveResourcesInfo().filter((name) => name !== 'Immediate')
  return names.sort().join()
}

function settled() {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}

async function run(asked) {
  const awake = resources()
  const before = listenersNow()
  const {stdout, stderr} = opened(asked)
  const end = ended()
  require(RUN)
  // It is the only one that does not ask for its end.
  if (asked.argv.length === 1 && asked.argv[0] === '--version') setImmediate(() => process.exit())
  const exitCode = await end
  const answer = {stdout: stdout.text(), stderr: stderr.text(), exitCode}
  forgetListeners(before)
  forgetSockets()
  const isForgotten = forgetModules()
  await settled()
  return {...answer, isClean: isForgotten && resources() === awake}
}

process.on('message', (asked) => {
  void run(asked).then((answer) => {
    process.send(answer, () => answer.isClean || exit())
  })
})
process.once('disconnect', () => exit())
