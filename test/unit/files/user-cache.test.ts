import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {userCache} from '../../../src/files/user-cache.js'
import {onlyAsRoot} from '../../support/only-as-root.js'

const NOBODY = 65_534
const isRoot = onlyAsRoot('caches of another account were')

let root: string
let home: string
let folder: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'faci-cache-'))
  home = join(root, 'home')
  folder = join(home, '.cache', 'faci')
  mkdirSync(home)
})
afterEach(() => {
  rmSync(root, {recursive: true})
})

const read = (): string => userCache({HOME: home}).read('config-1.json')
const write = (text: string): void => {
  userCache({HOME: home}).write('config-1.json', text)
}

describe('what is kept in the cache folder', () => {
  it('is read again, and is nobody else’s to read', () => {
    write('one')
    write('two')
    expect([read(), readdirSync(folder)]).toEqual(['two', ['config-1.json']])
  })

  const FOREIGN: Readonly<Record<string, () => void>> = {
    'a folder that others may write': () => {
      chmodSync(folder, 0o770)
    },
    'a link in place of the folder': () => {
      rmSync(folder, {recursive: true})
      mkdirSync(join(root, 'elsewhere'))
      writeFileSync(join(root, 'elsewhere', 'config-1.json'), 'planted', {mode: 0o600})
      symlinkSync(join(root, 'elsewhere'), folder)
    },
  }
  it.each(Object.keys(FOREIGN))('is neither read from nor written to %s', (what) => {
    write('one')
    FOREIGN[what]?.()
    expect(read).toThrow('others may write there')
    expect(() => {
      write('two')
    }).toThrow('others may write there')
  })

  it('is not read from a file that others may write, or that has another name', () => {
    write('one')
    chmodSync(join(folder, 'config-1.json'), 0o620)
    expect(read).toThrow('others may have written it')
    write('two')
    linkSync(join(folder, 'config-1.json'), join(root, 'name'))
    expect(read).toThrow('others may have written it')
  })

  it('replaces a link, and leaves alone what that names', () => {
    write('one')
    const target = join(root, 'precious')
    writeFileSync(target, 'precious')
    rmSync(join(folder, 'config-1.json'))
    symlinkSync(target, join(folder, 'config-1.json'))
    write('two')
    expect([read(), readFileSync(target, 'utf8')]).toEqual(['two', 'precious'])
  })

  it.runIf(isRoot)('is neither read nor written where HOME or the cache folder is another account’s', () => {
    write('one')
    chownSync(home, NOBODY, NOBODY)
    expect(read).toThrow('no cache folder')
    const cache = join(root, 'cache')
    mkdirSync(cache)
    chownSync(cache, NOBODY, NOBODY)
    for (const place of [cache, join(cache, 'new')])
      expect(() => {
        userCache({HOME: root, XDG_CACHE_HOME: place}).write('config-1.json', 'x')
      }).toThrow('no cache folder')
    expect(readdirSync(cache)).toEqual([])
  })

  it.runIf(isRoot)('is not read from another account’s file or folder', () => {
    write('one')
    chownSync(join(folder, 'config-1.json'), NOBODY, NOBODY)
    expect(read).toThrow('others may have written it')
    chownSync(folder, NOBODY, NOBODY)
    expect(read).toThrow('others may write there')
  })

  it('has no place without HOME', () => {
    for (const environment of [{}, {HOME: ''}, {XDG_CACHE_HOME: 'relative'}])
      expect(() => userCache(environment).read('x')).toThrow('no cache folder')
  })
})
