import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'
import {afterEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'

const made: string[] = []

/** The launcher over a bundle of our own: `start` is the body of an async function of `argv`. */
function installed(start: string): string {
  const root = mkdtempSync(join(tmpdir(), 'faci-launch-'))
  made.push(root)
  cpSync(join(repositoryRoot, 'bin'), join(root, 'bin'), {recursive: true})
  const functions = Array.from({length: 400}, (_, index) => {
    const n = String(index)
    return `function f${n}(a){const o={k${n}:a,text:"text ${n}"};return o.k${n}+${n}}`
  })
  const calls = functions.map((_, index) => `f${String(index)}(1)`).join('+')
  const code = `${functions.join('\n')}\nexports.start=async(argv)=>{const sum=${calls};${start}}`
  mkdirSync(join(root, 'dist'))
  const bundle = `//0123456789abcdef\n(function(require,module,exports,__filename,__dirname){${code}\n})`
  writeFileSync(join(root, 'dist', 'faci.cjs'), bundle)
  return root
}

function run(root: string, ...argv: readonly string[]): string {
  const env = {...process.env, XDG_CACHE_HOME: join(root, 'cache')}
  return execFileSync(process.execPath, [join(root, 'bin', 'run.js'), ...argv], {encoding: 'utf8', env})
}

function caches(root: string): readonly string[] {
  return readdirSync(join(root, 'dist'))
    .filter((name) => name.includes('.cache'))
    .map((name) => join(root, 'dist', name))
}

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, {recursive: true, force: true})
})

describe('the code cache', () => {
  it('is made by the first run of a command and read by the next', () => {
    const root = installed('process.stdout.write(`sum ${sum}`)')
    const first = run(root, 'status')
    const [file = '', ...others] = caches(root)
    const content = readFileSync(file)
    expect([first, run(root, 'status'), others]).toEqual(['sum 80200', 'sum 80200', []])
    expect(readFileSync(file).equals(content)).toBe(true)
  })

  it('is one for each library that ran, without a word on stderr', () => {
    const names = Array.from({length: 12}, (_, index) => `library-${String(index)}`)
    const calls = names.map((name) => `require('./${name}.cjs')`).join(';')
    const root = installed(`${calls};process.stdout.write('done')`)
    for (const name of names) {
      const library = `//0123456789abcdef\n(function(require,module){module.exports={name:'${name}'}\n})`
      writeFileSync(join(root, 'dist', `${name}.cjs`), library)
    }
    const {stdout, stderr} = spawnSync(process.execPath, [join(root, 'bin', 'run.js'), 'status'], {encoding: 'utf8'})
    expect({stdout, stderr}).toEqual({stdout: 'done', stderr: ''})
    expect(caches(root)).toHaveLength(13)
  })

  it.each([0.05, 0.2, 0.4, 0.6, 0.8, 0.95])('that is damaged at %d of its length is made anew', (where) => {
    const root = installed('process.stdout.write(`sum ${sum}`)')
    run(root, 'status')
    const [file = ''] = caches(root)
    const content = readFileSync(file)
    const damaged = Buffer.from(content)
    damaged.fill(0, Math.floor(where * content.length), Math.floor(where * content.length) + 4096)
    writeFileSync(file, damaged)
    expect(run(root, 'status')).toBe('sum 80200')
    expect(readFileSync(file).equals(damaged)).toBe(false)
  })

  it('that differs by one bit anywhere is noticed: each of 200 starts works and makes it anew', () => {
    const root = installed('process.stdout.write(`sum ${sum}`)')
    run(root, 'status')
    const [file = ''] = caches(root)
    const content = readFileSync(file)
    // In one process: what a start does with a damaged cache, without 200 times the start of Node.
    const script = `
      const fs = require('node:fs'), {launch} = require(${JSON.stringify(join(root, 'bin', 'launch.js'))})
      process.exit = () => undefined
      process.setMaxListeners(0)
      const file = process.argv[1], content = fs.readFileSync(file), first = {}
      let rejected = 0
      const vm = require('node:vm'), Script = vm.Script
      vm.Script = class extends Script { constructor(source, options) { super(source, options); if (!options.cachedData) rejected += 1 } }
      for (let at = 0; at < 200; at += 1) {
        const damaged = Buffer.from(content)
        damaged[Math.floor((at * content.length) / 200)] ^= 1 << at % 8
        fs.writeFileSync(file, damaged)
        launch(['status'])
      }
      process.removeAllListeners('exit')
      process.once('exit', () => fs.writeSync(2, String(rejected)))`
    const child = spawnSync(process.execPath, ['-e', script, file], {encoding: 'utf8'})
    expect(child).toMatchObject({stdout: 'sum 80200'.repeat(200), stderr: '200', status: 0})
    writeFileSync(file, content.fill(content.readUInt8(content.length - 1) ^ 1, content.length - 1))
    expect(run(root, 'status')).toBe('sum 80200')
  })

  it.each([0, 10, 3000])('that was cut to %d bytes is made anew', (length) => {
    const root = installed('process.stdout.write(`sum ${sum}`)')
    run(root, 'status')
    const [file = ''] = caches(root)
    writeFileSync(file, readFileSync(file).subarray(0, length))
    expect(run(root, 'status')).toBe('sum 80200')
    expect(readFileSync(file).length).toBeGreaterThan(3000)
  })

  it('is done without where no folder can be made for it', () => {
    const root = installed('process.stdout.write(`sum ${sum}`)')
    const name = `faci-0123456789abcdef-${process.arch}-${process.versions.v8}-status.cache`
    mkdirSync(join(root, 'dist', name))
    const asked = spawnSync(process.execPath, [join(root, 'bin', 'run.js'), 'status'], {
      encoding: 'utf8',
      env: {...process.env, XDG_CACHE_HOME: '/proc/faci'},
      timeout: 120_000,
    })
    expect([asked.stdout, asked.status]).toEqual(['sum 80200', 0])
    expect(caches(root)).toEqual([join(root, 'dist', name)])
  })

  it('is not made for a word that is no command', () => {
    const root = installed('process.exitCode = argv[0] === "statu" ? 2 : 0')
    expect(() => run(root, 'statu')).toThrow()
    expect(caches(root)).toEqual([])
  })
})

describe('the end', () => {
  it('comes when a slow reader has everything, whatever else is still open', async () => {
    const write = 'process.stdout.write("a".repeat(length))'
    const root = installed(`setInterval(() => 0, 60000);for (const length of [262144, 9000]) ${write}`)
    const child = spawn('bash', [
      '-c',
      '"$0" "$1" status | { sleep 0.5; wc -c; }',
      process.execPath,
      join(root, 'bin', 'run.js'),
    ])
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const closed = new Promise((resolve) => child.once('close', resolve))
    expect(await Promise.race([closed, setTimeout(10_000, 'still running')])).toBe(0)
    expect(said.trim()).toBe('271144')
  })

  it('also when only the last bytes wait', async () => {
    const root = installed(
      'setInterval(() => 0, 60000);for (let i = 0; i < 9; i += 1) process.stdout.write("a".repeat(8000))',
    )
    const child = spawn('bash', [
      '-c',
      '"$0" "$1" status | { sleep 0.5; wc -c; }',
      process.execPath,
      join(root, 'bin', 'run.js'),
    ])
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const closed = new Promise((resolve) => child.once('close', resolve))
    const end = await Promise.race([closed, setTimeout(10_000, 'still running')])
    if (end !== 0) child.kill()
    expect([end, said.trim()]).toEqual([0, '72000'])
  })
})

describe('what is bundled', () => {
  it('is ASCII, as the launcher reads it, in regular expressions and tagged templates too', () => {
    const dist = join(repositoryRoot, 'dist')
    const bundles = readdirSync(dist).filter((name) => name.endsWith('.cjs'))
    expect(bundles.length).toBeGreaterThan(30)
    const other = bundles.filter((name) => readFileSync(join(dist, name)).some((byte) => byte > 0x7f))
    expect(other).toEqual([])
  })

  it('bears the terms of each package, of every one of package.json and of what those bring along', () => {
    const text = readFileSync(join(repositoryRoot, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8')
    const [, ...notices] = text.split(/^-{80}\n(?=\S+ \d\S*\nLicence: )/m)
    const named = notices.map((notice) => /^(\S+) (\S+)\nLicence: (\S.*)\n\n(?=\S)/.exec(notice) ?? [notice])
    const {dependencies} = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
      dependencies: Readonly<Record<string, string>>
    }
    const direct = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`)
    expect(named.map(([, name, version]) => `${String(name)} ${String(version)}`)).toEqual(
      expect.arrayContaining([...direct, 'docker-modem 5.0.7', 'micromark 4.0.3', 'ejs 6.0.1']),
    )
    expect(new Set(named.map(([, , , license]) => license))).toEqual(
      new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-3-Clause']),
    )
  })
})
