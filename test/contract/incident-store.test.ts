import {existsSync} from 'node:fs'
import {appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileIncidents} from '../../src/adapters/store/incidents/file-incidents.js'
import {readNewest} from '../../src/adapters/store/incidents/newest-incidents.js'
import {FACTS_VERSION} from '../../src/adapters/store/incidents/sealed-text.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {ulidIds} from '../../src/adapters/system/ulid-ids.js'
import type {IncidentEvent} from '../../src/domain/incidents/incident-event.js'
import {incidentRecord} from '../../src/domain/incidents/incident-record.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {IncidentStore, NewIncident} from '../../src/ports/incident-store.js'
import {anOpening, minute} from '../support/builders/incident-record.js'
import {fakeIncidents} from '../support/fakes/incident-store.js'
import {openingLeases} from '../support/opening-leases.js'

const SECRET = 'hunter2-hunter2'
const TITLE = 'API down'
const IDS = ulidIds()

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faci-incidents-'))
})
afterEach(() => rm(directory, {recursive: true, force: true}))

const inFiles = (): IncidentStore =>
  fileIncidents({
    directory,
    leases: openingLeases(directory),
    masker: masker([SECRET]),
    clock: systemClock,
    ids: ulidIds(),
    by: 'ana@vm',
  })
const inMemory = (): IncidentStore => fakeIncidents({clock: systemClock, ids: ulidIds(), mask: masker([SECRET]).mask})

/** The store gives the short name. */
const opening = (title = TITLE): NewIncident => anOpening({title})
const note = (text: string): IncidentEvent => ({kind: 'incident.noted', happenedAt: minute(5), text})
const RESOLVED = {kind: 'incident.resolved', happenedAt: minute(30), as: 'fixed', text: ''} as const
const inIncidents = (...names: readonly string[]): string => join(directory, 'incidents', ...names)

async function openMany(store: IncidentStore, count: number): Promise<readonly string[]> {
  const ids = []
  for (let index = 0; index < count; index += 1) ids.push((await store.open(opening(`trouble ${String(index)}`))).id)
  return ids
}

/** Each of them read by itself, newest first. */
async function oneByOne(store: IncidentStore, ids: readonly string[]): Promise<readonly unknown[]> {
  const readings = await Promise.all([...ids].sort().map((id) => store.read(id)))
  return readings.map(({id, entries}) => incidentRecord(id, entries)?.facts).reverse()
}

async function texts(store: IncidentStore, id: string): Promise<readonly string[]> {
  return (await store.read(id)).entries.flatMap((entry) => (entry.kind === 'incident.noted' ? [entry.text] : []))
}

it('an index of before is not believed once other facts are told: with these the version is raised', async () => {
  const store = inFiles()
  const {id} = await store.open(opening())
  const [facts] = (await store.list(1)).incidents
  expect(facts?.id).toBe(id)
  const told = Object.keys(facts ?? {})
    .sort((one, other) => one.localeCompare(other))
    .join(' ')
  expect({version: FACTS_VERSION, told}).toMatchInlineSnapshot(`
    {
      "told": "acknowledgedAt alerts commander detectedAt handle id impact lastUpdateAt mergedInto mitigatedAt openActions openedAt owner page reopenings resolution resolvedAt scribe services severity startedAt state subject title",
      "version": 2,
    }
  `)
})

describe.each([
  {name: 'in memory', make: inMemory},
  {name: 'as files', make: inFiles},
])('incidents $name', ({make}) => {
  it('are opened by one at a time', async () => {
    const [one, other] = [make(), make()]
    const right = await one.alone()
    expect([right === null, await (make === inMemory ? one : other).alone()]).toEqual([false, null])
    await right?.release()
    expect(await one.alone()).not.toBeNull()
  })

  it('have a short name, and read back what was entered, signed and numbered', async () => {
    const store = make()
    const {id, handle} = await store.open(opening())
    await store.append(id, [note('one'), note('two')])
    const {entries, unreadable} = await store.read(id)
    expect([handle, unreadable]).toEqual(['INC-1', 0])
    expect(entries.map(({sequence, by, kind}) => [sequence, by, kind])).toEqual([
      [1, 'ana@vm', 'incident.opened'],
      [2, 'ana@vm', 'incident.noted'],
      [3, 'ana@vm', 'incident.noted'],
    ])
    expect(entries[0]).toMatchObject({handle: 'INC-1', title: TITLE, happenedAt: minute(0)})
  })

  it.each(['INC-1', 'inc-1', 'inc1', '1', '001'])('are found by %s', async (name) => {
    const store = make()
    const {id} = await store.open(opening())
    await store.open(opening())
    expect(await store.find(name)).toBe(id)
  })

  it('are found as the last, by their id and by a part of it that no other has', async () => {
    const store = make()
    const [first = '', second = ''] = await openMany(store, 2)
    expect([await store.find('last'), await store.find('LAST')]).toEqual([second, second])
    expect([await store.find(first), await store.find(second.toLowerCase())]).toEqual([first, second])
    await expect(store.find(first.slice(0, 4))).rejects.toMatchObject({code: 'usage'})
    expect(await store.find(second.slice(4))).toBe(second)
  })

  it('there is none at first, nor of a name that nobody gave', async () => {
    const store = make()
    expect(await store.list(20)).toEqual({incidents: [], total: 0})
    expect([await store.find('last'), await store.find('INC-7'), await store.find('nonsense')]).toEqual([
      null,
      null,
      null,
    ])
    await expect(store.read('01ARZ3NDEKTSV4RRFFQ69G5FAV')).rejects.toMatchObject({code: 'notFound'})
    await expect(store.append('01ARZ3NDEKTSV4RRFFQ69G5FAV', [note('x')])).rejects.toMatchObject({code: 'notFound'})
  })

  it('are listed newest first: the newest, and all that are not resolved', async () => {
    const store = make()
    const [oldest = '', resolved = '', newest = ''] = await openMany(store, 3)
    await store.append(resolved, [RESOLVED])
    const {incidents, total} = await store.list(1)
    expect([incidents.map(({id}) => id), total]).toEqual([[newest, oldest], 3])
    expect((await store.list(Number.POSITIVE_INFINITY)).incidents.map(({id}) => id)).toEqual([newest, resolved, oldest])
    expect((await store.list(0)).incidents.map(({id}) => id)).toEqual([newest, oldest])
  })

  it('after forty changes are listed as each of them is read', async () => {
    const store = make()
    const ids = await openMany(store, 8)
    for (let index = 0; index < 40; index += 1)
      await store.append(ids[index % 8] ?? '', [index % 5 === 0 ? RESOLVED : note(`note ${String(index)}`)])
    const {incidents, total} = await store.list(Number.POSITIVE_INFINITY)
    expect(total).toBe(8)
    expect(incidents).toEqual(await oneByOne(store, ids))
    expect(incidents.filter(({state}) => state === 'resolved')).toHaveLength(8)
  })

  it('lose nothing of what is entered at once', async () => {
    const store = make()
    const {id} = await store.open(opening())
    const all = Array.from({length: 30}, (_, index) => `note ${String(index)}`)
    await Promise.all(all.map((text) => store.append(id, [note(text)])))
    expect([...(await texts(store, id))].sort()).toEqual([...all].sort())
  })

  it('hold no secret', async () => {
    const store = make()
    const {id} = await store.open(opening(`login with ${SECRET}`))
    await store.append(id, [note(`it was ${SECRET}`)])
    expect(JSON.stringify([await store.read(id), await store.list(20)])).not.toContain(SECRET)
    expect(await texts(store, id)).toEqual(['it was ***'])
  })
})

describe('incidents as files', () => {
  it('twenty writers who each open twenty give four hundred short names, and none is lost', async () => {
    const opened = await Promise.all(
      Array.from({length: 20}, async () => {
        const store = inFiles()
        const own = []
        for (let index = 0; index < 20; index += 1) own.push(await store.open(opening()))
        return own
      }),
    )
    const all = opened.flat()
    expect(new Set(all.map(({handle}) => handle)).size).toBe(400)
    const {incidents, total} = await inFiles().list(0)
    expect(total).toBe(400)
    expect(new Map(incidents.map(({id, handle}) => [id, handle]))).toEqual(
      new Map(all.map(({id, handle}) => [id, handle])),
    )
  })

  it('keep no secret on disk', async () => {
    const store = inFiles()
    const {id} = await store.open(opening(SECRET))
    for (let index = 0; index < 20; index += 1) await store.append(id, [note(SECRET)])
    const names = await readdir(inIncidents(), {recursive: true, withFileTypes: true})
    const files = names.filter((entry) => entry.isFile())
    const written = await Promise.all(files.map(({parentPath, name}) => readFile(join(parentPath, name), 'utf8')))
    expect(files.length).toBeGreaterThan(20)
    expect(written.join('\n')).not.toContain(SECRET)
  })

  it.each([
    {what: 'gone', damage: (path: string) => rm(path)},
    {what: 'damaged', damage: (path: string) => writeFile(path, 'abc\n+{"id":"')},
    {
      what: 'of a faci that told other facts',
      damage: async (path: string) => writeFile(path, (await readFile(path, 'utf8')).replace(/^\d+ /, '1 ')),
    },
    {what: 'cut off', damage: async (path: string) => writeFile(path, (await readFile(path)).subarray(0, 200))},
    {what: 'empty', damage: (path: string) => writeFile(path, '')},
    {what: 'longer than it was', damage: (path: string) => appendFile(path, '+{}\n')},
  ])('are listed though the index is $what, and it is written anew', async ({damage}) => {
    const store = inFiles()
    const ids = await openMany(store, 20)
    const before = await store.list(Number.POSITIVE_INFINITY)
    const [name = '', lines = ''] = (await readdir(inIncidents('index'))).sort().reverse()
    for (const damaged of [name, lines]) {
      await damage(inIncidents('index', damaged))
      expect(await store.list(Number.POSITIVE_INFINITY)).toEqual(before)
      expect(await store.list(20)).toEqual(before)
    }
    for (const id of ids) await store.append(id, [RESOLVED])
    const after = await store.list(Number.POSITIVE_INFINITY)
    expect(after.incidents).toEqual(await oneByOne(store, ids))
    const [anew = ''] = (await readdir(inIncidents('index'))).sort().reverse()
    expect(readNewest(await readFile(inIncidents('index', anew)))?.ids).toBe([...ids].sort().join(''))
  })

  it('are listed as they are though a writer was killed between its mark and its event', async () => {
    const store = inFiles()
    const [id = '', other = ''] = await openMany(store, 2)
    await writeFile(inIncidents('changed', `${id}.${IDS.next()}`), '')
    await writeFile(inIncidents('changed', `${IDS.next()}.${IDS.next()}`), '')
    for (let index = 0; index < 40; index += 1) await store.append(other, [note(String(index))])
    await store.append(id, [RESOLVED])
    const {incidents, total} = await store.list(Number.POSITIVE_INFINITY)
    expect(total).toBe(2)
    expect(incidents).toEqual(await oneByOne(store, [id, other]))
  })

  it('whose writer was killed before its first event are not there, and the last is the one before', async () => {
    const store = inFiles()
    const {id} = await store.open(opening())
    const killed = IDS.next()
    await mkdir(inIncidents(killed))
    await writeFile(inIncidents('handles', 'INC-2'), `${killed}\n`)
    expect(await store.find('last')).toBe(id)
    expect((await store.list(20)).total).toBe(1)
    await expect(store.read((await store.find('INC-2')) ?? '')).rejects.toMatchObject({code: 'notFound'})
    expect((await store.open(opening())).handle).toBe('INC-3')
  })

  it('say how many of their events cannot be read, and give the others', async () => {
    const store = inFiles()
    const {id} = await store.open(opening())
    await store.append(id, [note('one'), note('two'), note('three')])
    const names = (await readdir(inIncidents(id))).sort()
    const path = inIncidents(id, names[2] ?? '')
    await writeFile(path, (await readFile(path, 'utf8')).replace('two', 'TWO'))
    const {unreadable, place} = await store.read(id)
    expect([unreadable, existsSync(place), basename(place)]).toEqual([1, true, id])
    expect(await texts(store, id)).toEqual(['one', 'three'])
    expect((await store.list(20)).total).toBe(1)
  })

  it('without their beginning hide no other', async () => {
    const store = inFiles()
    const [id = '', other = ''] = await openMany(store, 2)
    const [name = ''] = await readdir(inIncidents(id))
    await writeFile(inIncidents(id, name), '')
    expect((await store.list(20)).incidents.map((incident) => incident.id)).toEqual([other])
  })

  it('that were copied in by hand are listed, and gone when they are taken away', async () => {
    const [id = ''] = await openMany(inFiles(), 1)
    const elsewhere = await mkdtemp(join(tmpdir(), 'faci-incidents-'))
    try {
      const store = fileIncidents({
        leases: openingLeases(elsewhere),
        ...{directory: elsewhere, masker: masker([]), clock: systemClock, ids: ulidIds(), by: 'bia@vm'},
      })
      const ids = await openMany(store, 20)
      await cp(inIncidents(id), join(elsewhere, 'incidents', id), {recursive: true})
      expect((await store.list(Number.POSITIVE_INFINITY)).total).toBe(21)
      await store.append(ids[0] ?? '', [note('x')])
      await rm(join(elsewhere, 'incidents', ids[3] ?? ''), {recursive: true})
      const {incidents} = await store.list(Number.POSITIVE_INFINITY)
      expect(incidents.map((incident) => incident.id)).not.toContain(ids[3])
      expect(incidents.at(-1)?.id).toBe(id)
    } finally {
      await rm(elsewhere, {recursive: true, force: true})
    }
  })

  it('take no more files for what a list is made from than they need', async () => {
    const store = inFiles()
    const {id} = await store.open(opening())
    for (let index = 0; index < 60; index += 1) await store.append(id, [note(String(index))])
    expect((await readdir(inIncidents('index'))).length).toBeLessThanOrEqual(2)
    expect((await readdir(inIncidents('changed'))).length).toBeLessThan(20)
  })
})
