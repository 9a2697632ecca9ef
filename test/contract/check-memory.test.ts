import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {fileCheckMemory} from '../../src/adapters/store/file-check-memory.js'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {CheckMemory} from '../../src/ports/check-memory.js'
import {fakeCheckMemory} from '../support/fakes/check-memory.js'

const root = mkdtempSync(join(tmpdir(), 'faci-memory-'))
afterAll(() => {
  rmSync(root, {recursive: true, force: true})
})

let count = 0
function onDisk(directory = join(root, String((count += 1)))): CheckMemory {
  const claims = fileLeases({directory, clock: systemClock, operator: 'ana'})
  return fileCheckMemory({directory, claims, clock: systemClock})
}

describe.each([
  ['the fake', fakeCheckMemory],
  ['files', onDisk],
] as const)('CheckMemory: %s', (_, make) => {
  it('remembers what work answered, for each check its own', async () => {
    const memory = make()
    const seen: string[] = []
    const remember = (check: string, next: string) =>
      memory.update(check, (before) => {
        seen.push(before)
        return Promise.resolve(next)
      })
    await remember('daily', 'a\nb')
    await remember('weekly', 'c')
    await remember('daily', '')
    await remember('daily', 'd')
    expect(seen).toEqual(['', '', 'a\nb', ''])
  })

  it('lets two at once take turns', async () => {
    const memory = make()
    const seen: string[] = []
    const slowly = () =>
      memory.update('daily', async (before) => {
        seen.push(before)
        await new Promise((resolve) => setTimeout(resolve, 50))
        return `${before}x`
      })
    await Promise.all([slowly(), slowly()])
    expect(seen.sort()).toEqual(['', 'x'])
  })

  it('remembers nothing new when work fails', async () => {
    const memory = make()
    await memory.update('daily', () => Promise.resolve('kept'))
    await expect(memory.update('daily', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    let before = ''
    await memory.update('daily', (text) => Promise.resolve((before = text)))
    expect(before).toBe('kept')
  })
})

it('a memory on disk is there for the next process', async () => {
  const directory = join(root, 'shared')
  await onDisk(directory).update('daily', () => Promise.resolve('told'))
  let before = ''
  await onDisk(directory).update('daily', (text) => Promise.resolve((before = text)))
  expect(before).toBe('told')
})
