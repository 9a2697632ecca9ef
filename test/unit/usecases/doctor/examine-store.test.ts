import {describe, expect, it} from 'vitest'
import type {StoreUsage} from '../../../../src/domain/retention/store-usage.js'
import {setupFactText} from '../../../../src/render/words/en/doctor.js'
import {examineStore} from '../../../../src/usecases/doctor/examine-store.js'
import {aUsage} from '../../../support/builders/store.js'
import {NO_USAGE} from '../../../support/fakes/store-keeper.js'

async function examine(usage: StoreUsage) {
  const {state, fact} = await examineStore({usage: () => Promise.resolve(usage)}, '/srv/shop/.faci')
  return {state, ...setupFactText(fact)}
}

const files = (freeFiles: number | null): Partial<StoreUsage> => {
  const totalFiles = freeFiles === null ? null : 1000
  return {fileSystem: {totalBytes: 100 * 1024 ** 3, freeBytes: 50 * 1024 ** 3, totalFiles, freeFiles}}
}

describe('the room that a store takes', () => {
  it.each([
    ['there is room', aUsage({runs: 0.1}), 'ok', null],
    ['a tenth of the disk is free', aUsage({runs: 0.05}, 0.11), 'ok', null],
    [
      'the disk is full, and the store takes a part of it',
      aUsage({runs: 0.01}, 0.1),
      'warning',
      'faci prune --dry-run',
    ],
    ['the disk is full of something else', aUsage({runs: 0.001}, 0.02), 'warning', 'df -h /srv/shop/.faci'],
    ['the disk is full, and nobody knows', aUsage({}, 0, {isComplete: false}), 'warning', 'faci prune --dry-run'],
    ['there can be hardly any more files', aUsage({runs: 0.05}, 0.5, files(100)), 'warning', 'faci prune --dry-run'],
    ['others have so many files', aUsage({}, 0.5, files(50)), 'warning', 'df -i /srv/shop/.faci'],
    ['files are made when they are needed', aUsage({runs: 0.05}, 0.5, files(null)), 'ok', null],
    ['the store is a fifth of the disk', aUsage({runs: 0.1, evidence: 0.1}), 'warning', 'faci prune --dry-run'],
    ['a prune was cut off', aUsage({runs: 0.01}, 0.5, {unfinished: 1}), 'warning', 'faci prune'],
    ['the disk cannot be asked', aUsage({runs: 0.9}, 0, {fileSystem: null}), 'ok', null],
    ['there is no store yet', NO_USAGE, 'ok', null],
  ])('when %s', async (_, usage, state, next) => {
    expect(await examine(usage)).toMatchObject({state, next})
  })

  it('is said by kind, as a share of the disk, and with what is free', async () => {
    const {detail} = await examine(aUsage({runs: 0.01, evidence: 0.05}))
    expect(detail).toBe(
      '6.0 GiB, 6.00 % of its disk, which has 50.0 GiB free: runs 1.0 GiB (1000 files), evidence 5.0 GiB (1000 files)',
    )
  })

  it('is a lower bound where not all was counted', async () => {
    const {detail} = await examine(aUsage({runs: 0.01}, 0.5, {isComplete: false}))
    expect(detail).toMatch(/^counting stopped after 2 s at 1\.0 GiB/)
  })
})
