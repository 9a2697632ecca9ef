import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {fileLastNotifiedFindings} from '../../src/adapters/store/file-last-notified-findings.js'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {LastNotifiedFindings, Remembered} from '../../src/ports/last-notified-findings.js'
import {fakeLastNotifiedFindings} from '../support/fakes/last-notified-findings.js'

const root = mkdtempSync(join(tmpdir(), 'faci-memory-'))
afterAll(() => {
  rmSync(root, {recursive: true, force: true})
})

let count = 0
function onDisk(directory = join(root, String((count += 1)))): LastNotifiedFindings {
  const claims = fileLeases({directory, clock: systemClock, operator: 'ana'})
  return fileLastNotifiedFindings({directory, claims, clock: systemClock})
}

describe.each([
  ['the fake', () => fakeLastNotifiedFindings()],
  ['files', onDisk],
] as const)('LastNotifiedFindings: %s', (_, make) => {
  it('remembers what work answered, for each check its own', async () => {
    const memory = make()
    const seen: string[] = []
    const remember = (check: string, next: string) =>
      memory.update(check, ({told}) => {
        seen.push(told)
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
      memory.update('daily', async ({told}) => {
        seen.push(told)
        await new Promise((resolve) => setTimeout(resolve, 50))
        return `${told}x`
      })
    await Promise.all([slowly(), slowly()])
    expect(seen.sort()).toEqual(['', 'x'])
  })

  it('remembers what was about to be told when the process ends there, beside what was told before', async () => {
    const memory = make()
    await memory.update('daily', () => Promise.resolve('before\nit'))
    const dies = memory.update('daily', async (_, telling) => {
      await telling('now\n"it"', '01ARZ3NDEKTSV4RRFFQ69G5FA1')
      throw new Error('killed')
    })
    await expect(dies).rejects.toThrow('killed')
    const seen: Remembered[] = []
    await memory.update('daily', (remembered) => {
      seen.push(remembered)
      return Promise.resolve('now')
    })
    await memory.update('daily', (remembered) => {
      seen.push(remembered)
      return Promise.resolve('')
    })
    const telling = {text: 'now\n"it"', noticeId: '01ARZ3NDEKTSV4RRFFQ69G5FA1'}
    expect(seen).toEqual([
      {told: 'before\nit', telling},
      {told: 'now', telling: null},
    ])
  })

  it('remembers nothing new when work fails', async () => {
    const memory = make()
    await memory.update('daily', () => Promise.resolve('kept'))
    await expect(memory.update('daily', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    let before = ''
    await memory.update('daily', ({told}) => Promise.resolve((before = told)))
    expect(before).toBe('kept')
  })
})

it('a memory on disk is there for the next process', async () => {
  const directory = join(root, 'shared')
  await onDisk(directory).update('daily', () => Promise.resolve('told'))
  let before = ''
  await onDisk(directory).update('daily', ({told}) => Promise.resolve((before = told)))
  expect(before).toBe('told')
})

describe('a memory on disk', () => {
  it.each([
    ['torn in the middle of a notice', '#telling {"text":"a","noticeId":"01AR', ''],
    ['of another shape', '#telling {"text":1,"noticeId":"x"}', ''],
    ['with an id that leads elsewhere', '#telling {"text":"a","noticeId":"../../x","told":""}', ''],
    ['of an earlier version', 'health bad: api is down', 'health bad: api is down'],
  ])('reads a file %s', async (_, content, told) => {
    const directory = join(root, String((count += 1)))
    mkdirSync(directory)
    writeFileSync(join(directory, 'daily.txt'), content)
    const seen: Remembered[] = []
    await onDisk(directory).update('daily', (remembered) => {
      seen.push(remembered)
      return Promise.resolve('')
    })
    expect(seen).toEqual([{told, telling: null}])
  })

  it.each<[string, (path: string) => void]>([
    [
      'a directory',
      (path) => {
        mkdirSync(path)
      },
    ],
    [
      'a link',
      (path) => {
        symlinkSync('/etc/passwd', path)
      },
    ],
    [
      'far too large',
      (path) => {
        writeFileSync(path, Buffer.alloc(2 * 1024 * 1024))
      },
    ],
  ])('moves %s out of the way and begins anew', async (_, plant) => {
    const directory = join(root, String((count += 1)))
    mkdirSync(directory)
    plant(join(directory, 'daily.txt'))
    await onDisk(directory).update('daily', ({told}) => Promise.resolve(`${told}new`))
    expect(readFileSync(join(directory, 'daily.txt'), 'utf8')).toBe('new')
    expect(readdirSync(join(directory, 'corrupt'))).toEqual(['daily.txt'])
  })
})
