import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {onlyAsRoot} from '../support/only-as-root.js'

const NOBODY = 65_534
const isRoot = onlyAsRoot('code caches of another account were')

let root: string
let home: string
/** What V8 takes for the compiled bundle, as long as that has the same length: it prints something else. */
let evil: string

/** As bin/build.mts writes it: always of the same length, under the same hash. */
function writeBundle(word: 'good' | 'evil'): void {
  const code = `exports.start=async()=>{process.stdout.write("${word}")}`
  const bundle = `//0123456789abcdef\n(function(require,module,exports,__filename,__dirname){${code}\n})`
  writeFileSync(join(root, 'dist', 'faci.cjs'), bundle)
}

function run(over: NodeJS.ProcessEnv = {}): string {
  const env = {PATH: process.env['PATH'], HOME: home, ...over}
  return execFileSync(process.execPath, [join(root, 'bin', 'run.js'), 'status'], {encoding: 'utf8', env})
}

const isCache = (name: string): boolean => name.endsWith('.cache')

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'faci-launch-'))
  chmodSync(root, 0o755)
  home = join(root, 'home')
  cpSync(join(repositoryRoot, 'bin'), join(root, 'bin'), {recursive: true})
  for (const name of ['dist', 'home', 'other']) mkdirSync(join(root, name))
  writeBundle('evil')
  run()
  const [name = ''] = readdirSync(join(root, 'dist')).filter(isCache)
  evil = join(root, 'other', name)
  renameSync(join(root, 'dist', name), evil)
  writeBundle('good')
})
afterEach(() => {
  rmSync(root, {recursive: true, force: true})
})

/** Puts the other's code where a cache is looked for. */
function plant(folder: string): string {
  mkdirSync(folder, {recursive: true, mode: 0o700})
  const file = join(folder, readdirSync(join(root, 'other'))[0] ?? '')
  copyFileSync(evil, file)
  chmodSync(file, 0o600)
  return file
}

/** Nothing is looked for beside the bundle, nor left there. */
function closeDist(): void {
  chmodSync(join(root, 'dist'), 0o775)
}

const inHome = (): string => join(home, '.cache', 'faci')

describe('code from a cache', () => {
  it('would run whatever the bundle says: so one of our own is believed', () => {
    plant(join(root, 'dist'))
    expect(run()).toBe('evil')
    rmSync(join(root, 'dist'), {recursive: true})
    mkdirSync(join(root, 'dist'))
    writeBundle('good')
    closeDist()
    plant(inHome())
    expect(run()).toBe('evil')
  })

  const OTHERS: Readonly<Record<string, () => void>> = {
    'beside a bundle in a folder of the group': () => {
      plant(join(root, 'dist'))
      closeDist()
    },
    'in a folder that all may write': () => {
      closeDist()
      plant(inHome())
      chmodSync(inHome(), 0o777)
    },
    'in a file that the group may write': () => {
      closeDist()
      chmodSync(plant(inHome()), 0o620)
    },
    'through a link in place of the folder': () => {
      closeDist()
      plant(join(root, 'elsewhere'))
      mkdirSync(join(home, '.cache'))
      symlinkSync(join(root, 'elsewhere'), inHome())
    },
    'through a link in place of the file': () => {
      closeDist()
      rmSync(plant(inHome()))
      symlinkSync(evil, join(inHome(), evil.slice(evil.lastIndexOf('/') + 1)))
    },
    'in a file that has another name': () => {
      closeDist()
      linkSync(plant(inHome()), join(root, 'other-name'))
    },
  }
  it.each(Object.keys(OTHERS))('is not run %s', (where) => {
    OTHERS[where]?.()
    expect([run(), run()]).toEqual(['good', 'good'])
  })

  const OF_ANOTHER: Readonly<Record<string, () => void>> = {
    'beside a bundle that is another account’s': () => {
      chownSync(plant(join(root, 'dist')), NOBODY, NOBODY)
      chownSync(join(root, 'dist'), NOBODY, NOBODY)
    },
    'in another account’s folder': () => {
      closeDist()
      plant(inHome())
      chownSync(inHome(), NOBODY, NOBODY)
    },
    'in another account’s file': () => {
      closeDist()
      chownSync(plant(inHome()), NOBODY, NOBODY)
    },
    'in the HOME of another account, as with sudo -E': () => {
      closeDist()
      plant(inHome())
      chownSync(home, NOBODY, NOBODY)
    },
  }
  it.runIf(isRoot).each(Object.keys(OF_ANOTHER))('is not run %s', (where) => {
    OF_ANOTHER[where]?.()
    expect([run(), run()]).toEqual(['good', 'good'])
  })

  it.runIf(isRoot)('is not left in the HOME or cache folder of another account', () => {
    closeDist()
    const cache = join(root, 'cache')
    mkdirSync(cache)
    for (const folder of [home, cache]) chownSync(folder, NOBODY, NOBODY)
    expect([run(), run({XDG_CACHE_HOME: cache}), run({XDG_CACHE_HOME: join(cache, 'new')})]).toEqual(
      Array(3).fill('good'),
    )
    expect([readdirSync(home), readdirSync(cache), readdirSync(join(root, 'dist')).filter(isCache)]).toEqual([
      [],
      [],
      [],
    ])
  })

  it('is kept where ~/.cache is a link to another place of ours', () => {
    closeDist()
    mkdirSync(join(root, 'scratch'))
    symlinkSync(join(root, 'scratch'), join(home, '.cache'))
    expect([run(), run()]).toEqual(['good', 'good'])
    expect(readdirSync(join(root, 'scratch', 'faci'))).toEqual([expect.stringMatching(/\.cache$/)])
  })
})
