import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {sweepBlockFiles} from '../../../../src/adapters/shell/abandoned-files.js'

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
    sweepBlockFiles(directory, NOW)
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
    sweepBlockFiles(directory, new Date('2036-01-01T00:00:00.000Z'))
    expect(readdirSync(directory).sort()).toEqual([`faci-block-${GONE}-abcdef`, 'precious'])
    expect(existsSync(join(kept, 'file'))).toBe(true)
  })

  it('that cannot be listed harms nothing', () => {
    expect(() => {
      sweepBlockFiles('/nonexistent', NOW)
    }).not.toThrow()
  })
})
