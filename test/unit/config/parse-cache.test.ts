import {chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {loadConfig} from '../../../src/config/load.js'

let directory: string
let home: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-config-'))
  home = mkdtempSync(join(tmpdir(), 'faci-home-'))
})
afterEach(() => {
  rmSync(directory, {recursive: true})
  rmSync(home, {recursive: true})
})

function load(environment: Record<string, string> = {HOME: home}) {
  return loadConfig({directory, file: undefined, environment})
}

function write(text: string): void {
  writeFileSync(join(directory, 'faci.yml'), text)
}

/** The one file of the memory, after a first load. */
async function kept(): Promise<string> {
  await load()
  const folder = join(home, '.cache', 'faci')
  const [name = ''] = readdirSync(folder)
  return join(folder, name)
}

/** Changes what is kept, its checksum too. */
function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8')
    .replace(/^[^\n]*\n/, '')
    .replace(from, to)
  let [sum, sums] = [0n, 0n]
  for (const character of text) {
    sum = (sum + BigInt(character.charCodeAt(0))) % 2n ** 32n
    sums = (sums + sum) % 2n ** 32n
  }
  writeFileSync(file, `${sum.toString(16)}-${sums.toString(16)}\n${text}`)
}

/** Swaps the value that is kept, so that one can see whether it was used. */
function forge(file: string): void {
  edit(file, '"service":"shop"', '"service":"forged"')
}

describe('what faci.yml says, from one command to the next', () => {
  beforeEach(() => {
    write('service: shop\ncompose: {}\nenvironment: "${STAGE:-none}"\n')
  })

  it('is taken from the memory while the text is the same', async () => {
    forge(await kept())
    expect((await load()).service).toBe('forged')
  })

  it('is read anew when the text changed, or another file has the place', async () => {
    const file = await kept()
    forge(file)
    write('service: shop\ncompose: {}\n')
    expect((await load()).service).toBe('shop')
    edit(file, directory, '/elsewhere')
    forge(file)
    expect((await load()).service).toBe('shop')
  })

  it('keeps no value of a variable', async () => {
    const stage = async (STAGE: string) => (await load({HOME: home, STAGE})).environment
    expect([await stage('s3cret'), await stage('second')]).toEqual(['s3cret', 'second'])
    expect(readFileSync(await kept(), 'utf8')).not.toContain('s3cret')
  })

  it('is for its owner alone: a file that others may write to is not believed', async () => {
    const file = await kept()
    forge(file)
    chmodSync(file, 0o622)
    expect((await load()).service).toBe('shop')
  })

  it.each(['', '{', 'null', '[]', '{"file":1}'])('survives a damaged memory: %j', async (damage) => {
    writeFileSync(await kept(), damage)
    expect((await load()).service).toBe('shop')
  })

  it('notices one bit that is wrong, wherever it is, and keeps it anew', async () => {
    const file = await kept()
    const content = readFileSync(file)
    for (let at = 0; at < content.length; at += 1) {
      const damaged = Buffer.from(content)
      damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << (at % 7)), at)
      writeFileSync(file, damaged)
      expect((await load()).service).toBe('shop')
      expect(readFileSync(file).equals(content), `byte ${String(at)}`).toBe(true)
    }
  })

  it('names the place of what a variable makes wrong, remembered or not', async () => {
    write('service: shop\ncompose: {}\nprometheus:\n  url: "${URL:-http://x}"\n')
    await load()
    await expect(load({HOME: home, URL: 'nonsense'})).rejects.toThrow(/faci\.yml:4:8: prometheus\.url/)
  })

  it('does not keep what is wrong', async () => {
    write('service: shop\ncompose: {}\nnonsense: 1\n')
    await expect(load()).rejects.toThrow(/unknown key nonsense/)
    expect(existsSync(join(home, '.cache'))).toBe(false)
  })

  it('does without a home, and without a place to write to', async () => {
    expect((await load({})).service).toBe('shop')
    writeFileSync(join(home, '.cache'), 'no folder')
    expect((await load()).service).toBe('shop')
    expect((await load({XDG_CACHE_HOME: '/proc/faci'})).service).toBe('shop')
    const cache = join(home, 'cache')
    mkdirSync(cache)
    expect((await load({HOME: home, XDG_CACHE_HOME: cache})).service).toBe('shop')
    expect(readdirSync(cache)).toEqual(['faci'])
  })
})
