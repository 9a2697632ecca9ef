import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {onlyAsRoot} from '../../support/only-as-root.js'
import {makePrivateFolder, sweepPrivateFolders} from '../../../src/files/private-folder.js'

const NOW = new Date('2026-11-28T03:00:00.000Z')
const OLD = new Date('2026-11-26T03:00:00.000Z')
/** Above every pid that Linux gives. */
const GONE = '4999999'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-sweep-'))
})
afterEach(() => {
  rmSync(directory, {recursive: true})
})

function folder(name: string, at: Date): void {
  mkdirSync(join(directory, name))
  writeFileSync(join(directory, name, 'block.sh'), 'true')
  utimesSync(join(directory, name), at, at)
}

describe('what a killed faci left in the temp folder', () => {
  it('is removed a day later, unless its process lives', () => {
    folder(`faci-block-${GONE}-abcdef`, OLD)
    folder('faci-block-abcdef', OLD)
    folder(`faci-block-${GONE}-ghijkl~`, OLD)
    folder(`faci-block-${String(process.pid)}-abcdef`, OLD)
    folder(`faci-block-${GONE}-recent`, NOW)
    folder('faci-block-notours-x', OLD)
    sweepPrivateFolders(directory, NOW)
    expect(readdirSync(directory).sort()).toEqual(
      ['faci-block-notours-x', `faci-block-${GONE}-recent`, `faci-block-${String(process.pid)}-abcdef`].sort(),
    )
  })

  it('is no link, and nothing is removed through one', () => {
    const kept = join(directory, 'precious')
    mkdirSync(kept)
    writeFileSync(join(kept, 'file'), 'x')
    symlinkSync(kept, join(directory, `faci-block-${GONE}-abcdef`))
    folder(`faci-block-${GONE}-ghijkl`, OLD)
    symlinkSync(kept, join(directory, `faci-block-${GONE}-ghijkl`, 'link'))
    utimesSync(join(directory, `faci-block-${GONE}-ghijkl`), OLD, OLD)
    sweepPrivateFolders(directory, new Date('2036-01-01T00:00:00.000Z'))
    expect(readdirSync(directory).sort()).toEqual([`faci-block-${GONE}-abcdef`, 'precious'])
    expect(existsSync(join(kept, 'file'))).toBe(true)
  })

  it('that cannot be listed harms nothing', () => {
    expect(() => {
      sweepPrivateFolders('/nonexistent', NOW)
    }).not.toThrow()
  })
})

describe('a private folder', () => {
  const made = (name: string, mode = 0o700): string => {
    const path = join(directory, name)
    mkdirSync(path)
    chmodSync(path, mode)
    return path
  }
  const isRoot = onlyAsRoot('private folders in a folder of another account were')

  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('lies in the store, where there is one, for this account alone; its files are new', () => {
    const [store, runtime] = [made('store'), made('runtime')]
    const folder = makePrivateFolder({environment: {XDG_RUNTIME_DIR: runtime}, store}, 'block')
    expect(folder.folder).toMatch(new RegExp(`^${store}/tmp/faci-block-${String(process.pid)}-\\w{6}$`))
    const file = folder.write('block.sh', 'true')
    expect(
      [statSync(join(store, 'tmp')), statSync(folder.folder), statSync(file)].map(({mode}) => mode & 0o777),
    ).toEqual([0o700, 0o700, 0o600])
    expect(readFileSync(file, 'utf8')).toBe('true')
    expect(() => folder.write('block.sh', 'false')).toThrow(/EEXIST/)
    folder.remove()
    folder.remove()
    expect(readdirSync(join(store, 'tmp'))).toEqual([])
  })

  it('lies in XDG_RUNTIME_DIR, else in TMPDIR, for a command that leaves nothing in the store, or has none yet', () => {
    const [store, runtime, temporary] = [made('store'), made('runtime'), made('temporary')]
    vi.stubEnv('TMPDIR', temporary)
    const none = join(directory, 'none')
    const environment = {XDG_RUNTIME_DIR: runtime}
    makePrivateFolder({environment, store: null}, 'plan')
    makePrivateFolder({environment, store: none}, 'block')
    makePrivateFolder({environment: {XDG_RUNTIME_DIR: none}, store: null}, 'plan')
    expect([store, runtime, temporary].map((place) => readdirSync(place).length)).toEqual([0, 2, 1])
    expect(existsSync(none)).toBe(false)
  })

  it('lies nowhere that others could move it away, but in a sticky folder', () => {
    const [open, sticky] = [made('open', 0o777), made('sticky', 0o1777)]
    const environment = {XDG_RUNTIME_DIR: open}
    vi.stubEnv('TMPDIR', sticky)
    expect(makePrivateFolder({environment, store: null}, 'block').folder.startsWith(sticky)).toBe(true)
    vi.stubEnv('TMPDIR', open)
    const fallen = makePrivateFolder({environment, store: null}, 'block')
    expect(fallen.folder.startsWith('/var/tmp/')).toBe(true)
    fallen.remove()
  })

  it('lies nowhere below a folder in which others can rename, as a team’s checkout is', () => {
    const [team, temporary] = [made('team', 0o2775), made('temporary')]
    const store = join(team, '.faci')
    mkdirSync(store, {mode: 0o700})
    vi.stubEnv('TMPDIR', temporary)
    expect(makePrivateFolder({environment: {}, store}, 'block').folder.startsWith(temporary)).toBe(true)
  })

  it.runIf(isRoot)('lies in no folder of another account, which could do as it likes with it', () => {
    const [store, temporary] = [made('store'), made('temporary')]
    mkdirSync(join(store, 'tmp'))
    chownSync(join(store, 'tmp'), 65_534, 65_534)
    vi.stubEnv('TMPDIR', temporary)
    expect(makePrivateFolder({environment: {}, store}, 'block').folder.startsWith(temporary)).toBe(true)
  })
})
