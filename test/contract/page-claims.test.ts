import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {filePageClaims} from '../../src/adapters/store/oncall/file-page-claims.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {PageClaim, PageClaims} from '../../src/ports/page-claims.js'
import {fakePageClaims} from '../support/fakes/page-claims.js'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faci-pages-'))
})
afterEach(() => rm(directory, {recursive: true, force: true}))

const INCIDENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const inFiles = (right: 'pages' | 'reminders' = 'pages'): PageClaims =>
  filePageClaims({directory, right, leases: fileLeases({directory, clock: systemClock, operator: 'ana'})})
const aClaim = (step: number, over: Partial<PageClaim> = {}): PageClaim => ({
  ...{incident: INCIDENT, round: 0, step, at: '2026-11-28T06:00:00.000Z', why: 'paged', people: ['Ana']},
  ...{notices: [{channel: 'slack', id: '01K00000000000000000000000'}], ...over},
})

describe.each([
  {name: 'in memory', make: fakePageClaims},
  {name: 'as files', make: () => inFiles()},
])('claims of pages $name', ({make}) => {
  it('are none at first, then what was claimed, in order, until it is done', async () => {
    const store = make()
    expect(await store.of(INCIDENT)).toEqual([])
    expect(await store.claim(aClaim(10))).toBe(true)
    expect(await store.claim(aClaim(2))).toBe(true)
    expect(await store.claim(aClaim(0, {round: 1, why: 'late', people: [], notices: []}))).toBe(true)
    expect((await store.of(INCIDENT)).map(({round, step, isDone}) => [round, step, isDone])).toEqual([
      ...[
        [0, 2, false],
        [0, 10, false],
        [1, 0, true],
      ],
    ])
    await store.finish(aClaim(2))
    await store.finish(aClaim(2))
    expect(await store.of(INCIDENT)).toContainEqual({...aClaim(2), isDone: true})
  })

  it('are each of one process alone, and of one incident', async () => {
    const store = make()
    const all = await Promise.all(Array.from({length: 25}, () => store.claim(aClaim(0))))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(await store.claim(aClaim(0, {incident: '01ARZ3NDEKTSV4RRFFQ69G5FAW'}))).toBe(true)
    expect(await store.of(INCIDENT)).toHaveLength(1)
  })

  it('are made by one process at a time', async () => {
    const store = make()
    const right = await store.alone()
    expect([right === null, await store.alone(), await store.isTaken()]).toEqual([false, null, true])
    await right?.recheck()
    await right?.release()
    expect(await store.isTaken()).toBe(false)
    const again = await store.alone()
    expect(again).not.toBeNull()
    await again?.release()
  })
})

it('whoever reminds holds up nobody who pages', async () => {
  const reminding = await inFiles('reminders').alone()
  const paging = await inFiles('pages').alone()
  expect([reminding === null, paging === null, await inFiles('reminders').alone()]).toEqual([false, false, null])
  await Promise.all([reminding?.release(), paging?.release()])
})

it('a damaged claim counts as taken, long ago', async () => {
  const store = inFiles()
  await store.claim(aClaim(0))
  const [name = ''] = await readdir(join(directory, INCIDENT))
  await writeFile(join(directory, INCIDENT, name), '{"incident":')
  expect(await store.of(INCIDENT)).toEqual([
    {...aClaim(0), at: '1970-01-01T00:00:00.000Z', why: 'late', people: [], notices: [], isDone: true},
  ])
  expect(await store.claim(aClaim(0))).toBe(false)
})
