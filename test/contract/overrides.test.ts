import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {fileOverrides} from '../../src/adapters/store/oncall/file-overrides.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {ulidIds} from '../../src/adapters/system/ulid-ids.js'
import type {NewDecision} from '../../src/domain/oncall/override-decision.js'
import type {Overrides} from '../../src/ports/overrides.js'
import {fakeOverrides} from '../support/fakes/overrides.js'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faci-overrides-'))
})
afterEach(() => rm(directory, {recursive: true, force: true}))

const inFiles = (): Overrides => {
  const leases = fileLeases({directory, clock: systemClock, operator: 'ana'})
  return fileOverrides({directory, leases, clock: systemClock, ids: ulidIds(), by: 'ana@vm'})
}
const inMemory = (): Overrides => fakeOverrides({clock: systemClock, ids: ulidIds()})
const taken = (person: string, start = 0): NewDecision => ({
  act: 'take',
  overrides: [{person, replaces: null, start, end: start + 1000}],
})

async function people(store: Overrides): Promise<readonly (string | undefined)[]> {
  return (await store.list()).decisions.map(({overrides}) => overrides[0]?.person)
}

describe.each([
  {name: 'in memory', make: inMemory},
  {name: 'as files', make: inFiles},
])('overrides $name', ({make}) => {
  it('are none at first, then what was decided, in that order, signed', async () => {
    const store = make()
    expect(await store.list()).toEqual({decisions: [], unreadable: []})
    const id = await store.add({act: 'swap', overrides: [...taken('Ana').overrides, ...taken('Bia', 9).overrides]})
    await store.add(taken('Caio'))
    const {decisions} = await store.list()
    expect(decisions[0]).toMatchObject({id, act: 'swap', by: 'ana@vm', isWithdrawn: false})
    expect(decisions[0]?.overrides).toEqual([...taken('Ana').overrides, ...taken('Bia', 9).overrides])
    expect(await people(store)).toEqual(['Ana', 'Caio'])
  })

  it('are decided by one process at a time', async () => {
    const store = make()
    const right = await store.alone()
    expect([right === null, await store.alone()]).toEqual([false, null])
    await right?.release()
    expect(await store.alone()).not.toBeNull()
  })

  it('are taken back, twice too, and stay to be seen', async () => {
    const store = make()
    const id = await store.add(taken('Ana'))
    await store.add(taken('Bia'))
    await store.withdraw(id)
    await store.withdraw(id)
    expect((await store.list()).decisions.map(({isWithdrawn}) => isWithdrawn)).toEqual([true, false])
    await expect(store.withdraw('01ARZ3NDEKTSV4RRFFQ69G5FAV')).rejects.toMatchObject({code: 'notFound'})
  })

  it('lose nothing of what is decided at once', async () => {
    const stores = Array.from({length: 5}, () => make())
    const [first = make()] = stores
    const shared = make === inMemory ? stores.map(() => first) : stores
    await Promise.all(Array.from({length: 30}, (_, n) => (shared[n % 5] ?? first).add(taken(`P${String(n)}`))))
    expect(new Set(await people(first)).size).toBe(30)
  })
})

describe('overrides as files', () => {
  it('count in the order of decision, whatever the clocks say', async () => {
    const back = {...systemClock, now: () => new Date('2020-01-01T00:00:00Z')}
    await inFiles().add(taken('Ana'))
    const ids = {next: () => '01ARZ3NDEKTSV4RRFFQ69G5FAV'}
    const leases = fileLeases({directory, clock: back, operator: 'bia'})
    await fileOverrides({directory, leases, clock: back, ids, by: 'bia@vm'}).add(taken('Bia'))
    expect(await people(inFiles())).toEqual(['Ana', 'Bia'])
  })

  it.each([
    {what: 'cut off', damage: (text: string) => text.slice(0, 40)},
    {what: 'changed', damage: (text: string) => text.replace('Ana', 'Bia')},
    {what: 'empty', damage: () => ''},
    {what: 'of another shape', damage: () => '{"sequence":1,"at":"x","by":"y","kind":"z"}\n'},
  ])('that are $what are said to be unreadable, until they are taken back', async ({damage}) => {
    const store = inFiles()
    const id = await store.add(taken('Ana'))
    await store.add(taken('Caio'))
    const [name = ''] = (await readdir(directory)).sort()
    await writeFile(join(directory, name), damage(await readFile(join(directory, name), 'utf8')))
    expect((await store.list()).unreadable).toEqual([id])
    expect(await people(store)).toEqual(['Caio'])
    await store.withdraw(id)
    expect((await store.list()).unreadable).toEqual([])
  })
})
