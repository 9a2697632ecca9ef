import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {filePageTests} from '../../src/adapters/store/oncall/file-page-tests.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {ulidIds} from '../../src/adapters/system/ulid-ids.js'
import type {PageTests} from '../../src/ports/page-tests.js'
import {fakePageTests} from '../support/fakes/page-tests.js'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faci-page-tests-'))
})
afterEach(() => rm(directory, {recursive: true, force: true}))

const inFiles = (): PageTests => filePageTests({directory, clock: systemClock, ids: ulidIds()})
const inMemory = (): PageTests => fakePageTests({clock: systemClock, ids: ulidIds()})

describe.each([
  {name: 'in memory', make: inMemory},
  {name: 'as files', make: inFiles},
])('tests of pages $name', ({make}) => {
  it('are found by their id, a part of it, and as the last', async () => {
    const store = make()
    expect([await store.find(null), await store.find('X')]).toEqual([null, null])
    const first = await store.begin(['Ana', 'Bia'])
    const last = await store.begin(['Ana'])
    expect(await store.find(null)).toEqual(last)
    expect(await store.find(first.id.toLowerCase())).toEqual(first)
    await expect(store.find(first.id.slice(0, 3))).rejects.toMatchObject({code: 'usage'})
  })

  it('are acknowledged by each person once, whoever is first, whatever their name', async () => {
    const store = make()
    const {id} = await store.begin(['Ana', '../Bia'])
    await Promise.all([store.acknowledge(id, '../Bia'), store.acknowledge(id, '../Bia'), store.acknowledge(id, 'Ana')])
    const acks = await store.acknowledgements(id)
    expect(acks.map(({person}) => person).sort()).toEqual(['../Bia', 'Ana'])
    expect(await store.acknowledgements((await store.begin([])).id)).toEqual([])
  })
})
