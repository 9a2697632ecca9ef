import {chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {overlayFolder} from '../../../../src/adapters/compose/overlay-folder.js'
import {overlayName, isOverlay} from '../../../../src/domain/stack/kept-image.js'

let root: string
let store: string
let cache: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'faci-overlay-'))
  store = join(root, 'work', '.faci')
  cache = join(root, 'cache')
  mkdirSync(store, {recursive: true})
})
afterEach(() => {
  rmSync(root, {recursive: true, force: true})
})

const folder = (group: string | null = null): string =>
  overlayFolder({store, group, environment: {XDG_CACHE_HOME: cache}})

describe('the Compose file of the image before lies', () => {
  it('in the store of one account', () => {
    expect(folder()).toBe(join(store, 'compose'))
  })

  it.each(['ops', null])('in the cache of this account where a group shares the store: %s', (group) => {
    if (group === null) chmodSync(store, 0o2770)
    expect(folder(group)).toBe(join(cache, 'faci', 'compose'))
    expect(lstatSync(folder(group)).mode & 0o777).toBe(0o700)
    expect(isOverlay(join(folder(group), `${overlayName(['api'])}.yml`))).toBe(true)
  })

  it('there too before the store is made, in a folder that a group shares', () => {
    rmSync(store, {recursive: true})
    chmodSync(join(root, 'work'), 0o2775)
    expect(folder()).toBe(join(cache, 'faci', 'compose'))
  })

  it('nowhere that others may write', () => {
    mkdirSync(join(cache, 'faci', 'compose'), {recursive: true})
    chmodSync(join(cache, 'faci', 'compose'), 0o770)
    expect(() => folder('ops')).toThrow(/needs a folder of this account alone: others may write there/)
    expect(() => overlayFolder({store, group: 'ops', environment: {}})).toThrow(/has no cache folder/)
  })
})
