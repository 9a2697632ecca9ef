// Preloaded into a faci that may only look (NODE_OPTIONS=--require): whatever changes something is written to SPY_VIOLATIONS, and throws.
'use strict'
const childProcess = require('node:child_process')
const fs = require('node:fs')
const http = require('node:http')
const https = require('node:https')
const net = require('node:net')
const path = require('node:path')

const {SPY_VIOLATIONS: report = '', SPY_PORTS: ports = ''} = process.env
// Node's own file functions call each other by name: only these two end in the kernel.
const {openSync, writeSync} = fs
const ownCaches = path.join(__dirname, '..', '..', '..', 'dist')
const userCaches = path.join(process.env.XDG_CACHE_HOME || path.join(process.env.HOME ?? '', '.cache'), 'faci')

function refuse(what) {
  writeSync(openSync(report, 'a'), `${what}\n`)
  throw new Error(`a dry run must not ${what}`)
}

/** Replaces `owner[name]` by one that is asked first. */
function guard(owner, name, check) {
  const original = owner[name]
  if (typeof original !== 'function') return
  owner[name] = function guarded(...parameters) {
    check(...parameters)
    return Reflect.apply(original, this, parameters)
  }
}

/** What is kept of compiled code, and of what faci.yml said, is no change of anything; nor is the draft of it: the launcher's in a folder of its own. */
function isCache(file) {
  const name = String(file)
  const isCaches = (folder) => [ownCaches, userCaches].includes(folder)
  const isDraft = (folder) => isCaches(path.dirname(folder)) && /^\.draft-\w*$/.test(path.basename(folder))
  if (isCaches(name) || isDraft(name)) return true
  const folder = path.dirname(name)
  return (
    (isCaches(folder) || isDraft(folder)) &&
    /\.cache$|[/\\](?:config|planned)-\d+\.json$|[/\\]\.faci-[0-9a-f-]{36}\.draft$/.test(name)
  )
}

const WRITING = [
  ...[
    'appendFile',
    'chmod',
    'chown',
    'copyFile',
    'cp',
    'lchmod',
    'lchown',
    'link',
    'lutimes',
    'mkdir',
    'mkdtemp',
    'rename',
    'rm',
    'rmdir',
  ],
  ...[
    'symlink',
    'truncate',
    'unlink',
    'utimes',
    'writeFile',
    'createWriteStream',
    'fchmod',
    'fchown',
    'ftruncate',
    'futimes',
  ],
]
for (const name of WRITING) {
  const check = (file) => isCache(file) || refuse(`fs.${name} ${String(file)}`)
  for (const [owner, key] of [
    [fs, name],
    [fs, `${name}Sync`],
    [fs.promises, name],
  ])
    guard(owner, key, check)
}

function checkOpen(file, flags = 'r') {
  const writes =
    typeof flags === 'string' ? flags !== 'r' && flags !== 'rs' : typeof flags === 'number' && (flags & 3) !== 0
  if (writes && !isCache(file)) refuse(`fs.open ${String(file)} ${String(flags)}`)
}
for (const [owner, key] of [
  [fs, 'open'],
  [fs, 'openSync'],
  [fs.promises, 'open'],
])
  guard(owner, key, checkOpen)

const COMPOSE_VALUES = new Set(['-p', '-f', '--project-directory', '--ansi', '--profile', '--env-file'])
/** Whether it only tells: a dry run of Compose's own does, where it neither pulls nor builds. */
function composeReads(words) {
  let at = 0
  while (at < words.length && words[at].startsWith('-')) at += COMPOSE_VALUES.has(words[at]) ? 2 : 1
  const [verb, ...rest] = words.slice(at)
  if (['config', 'version'].includes(verb)) return true
  const isStill = rest.includes('--no-build') && rest[rest.indexOf('--pull') + 1] === 'never'
  return verb === 'up' && isStill && words.slice(0, at).includes('--dry-run')
}

/** faci's own wrapper, which ends what it runs when faci dies: `sh -c SCRIPT faci PATIENCE GRACE FOLDER COMMAND…` */
function unwrapped(file, words) {
  return path.basename(file) === 'sh' && words[0] === '-c' && words[2] === 'faci' ? words.slice(6) : [file, ...words]
}

function checkSpawn(started, given) {
  const [file, ...words] = unwrapped(started, given)
  const name = path.basename(file)
  const compose =
    name === 'docker-compose' ? words : name === 'docker' && words[0] === 'compose' ? words.slice(1) : null
  const reads = compose === null ? name === 'bash' && words[0] === '-n' : composeReads(compose)
  if (!reads) refuse(`spawn ${[file, ...words].join(' ')}`)
}
/** Of processes that it may start, which it may end too. */
const own = new Set()
const spawnChild = childProcess.ChildProcess.prototype.spawn
childProcess.ChildProcess.prototype.spawn = function spawn(options) {
  checkSpawn(options.file, options.args.slice(1))
  const result = Reflect.apply(spawnChild, this, [options])
  own.add(this.pid)
  return result
}
guard(childProcess, 'spawnSync', (file, words) => checkSpawn(file, Array.isArray(words) ? words : []))
guard(childProcess, 'execFileSync', (file, words) => checkSpawn(file, Array.isArray(words) ? words : []))
guard(childProcess, 'execSync', (line) => refuse(`spawn ${line}`))

function checkRequest({method, path: target}) {
  const query = method === 'POST' && target.split('?')[0] === '/api/v1/query'
  if (!['GET', 'HEAD'].includes(method) && !query) refuse(`request ${method} ${target}`)
}
for (const library of [http, https]) {
  for (const name of ['request', 'get']) {
    const original = library[name]
    library[name] = (...parameters) => {
      const request = original(...parameters)
      request.on('error', () => undefined)
      checkRequest(request)
      return request
    }
  }
}

guard(net.Socket.prototype, 'connect', (first, second) => {
  const to = Array.isArray(first) ? first[0] : typeof first === 'object' ? first : {port: first, host: second}
  const local = to.path === undefined || to.path === null
  const known = ['127.0.0.1', 'localhost', undefined].includes(to.host) && ports.split(',').includes(String(to.port))
  if (!(local && known)) refuse(`connect ${String(to.path ?? `${to.host}:${to.port}`)}`)
})

guard(
  process,
  'kill',
  (pid, signal) => signal === 0 || own.has(Math.abs(pid)) || refuse(`kill ${pid} ${String(signal)}`),
)
