// Whoever prunes, and whoever writes or puts something there meanwhile: nothing goes that was not looked at, and nothing is torn apart.
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileIncidents} from '../../src/adapters/store/incidents/file-incidents.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {ulidIds} from '../../src/adapters/system/ulid-ids.js'
import {FaciError} from '../../src/domain/errors.js'
import type {IncidentEvent} from '../../src/domain/incidents/incident-event.js'
import {planPrune, type PruneItem} from '../../src/domain/retention/prune-plan.js'
import {KEPT_KINDS, type KeptKind} from '../../src/domain/retention/retention.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {IncidentStore} from '../../src/ports/incident-store.js'
import type {StoreKeeper} from '../../src/ports/store-keeper.js'
import {ulidAt} from '../support/builders/store.js'
import {ago, keeperOf, runsIn, writeIncident, writeNewestRuns, writeRun} from '../support/old-store.js'
import {openingLeases} from '../support/opening-leases.js'

let store: string
beforeEach(() => {
  store = join(mkdtempSync(join(tmpdir(), 'faci-torn-')), '.faci')
})
afterEach(() => {
  rmSync(join(store, '..'), {recursive: true, force: true})
})

const inStore = (...names: readonly string[]): string => join(store, ...names)
const incidents = (): IncidentStore =>
  fileIncidents({
    directory: store,
    leases: openingLeases(store),
    masker: masker([]),
    clock: systemClock,
    ids: ulidIds(),
    by: 'ben@vm',
  })
const note = (text = 'seen'): IncidentEvent => ({kind: 'incident.noted', happenedAt: new Date().toISOString(), text})

const FOR_A_DAY = Object.fromEntries(KEPT_KINDS.map((kind) => [kind, 86_400])) as Record<KeptKind, number>

async function going(keeper: StoreKeeper): Promise<readonly PruneItem[]> {
  const rules = {kinds: KEPT_KINDS, retention: FOR_A_DAY, openActions: false}
  return planPrune(await keeper.contents(), rules, new Date()).goes
}

async function removeAll(keeper: StoreKeeper, items: readonly PruneItem[]): Promise<readonly string[]> {
  const done: string[] = []
  for (const item of items) done.push(`${item.kind} ${await keeper.remove(item)}`)
  return done
}

async function kindsOf(id: string): Promise<readonly string[]> {
  return (await incidents().read(id)).entries.map(({kind}) => kind)
}

const WHOLE = ['incident.opened', 'incident.resolved']

/** As a writer of before left it: its beginning is on its way out, and its folder was made anew for what came later. */
async function tornIncident(): Promise<{readonly id: string; readonly handle: string}> {
  const made = await writeIncident(store, 300)
  await incidents().append(made.id, [note()])
  const [path, aside] = [inStore('incidents', made.id), inStore('incidents', `.pruning-${made.id}`)]
  const last = readdirSync(path).sort().at(-1) ?? ''
  renameSync(path, aside)
  mkdirSync(path)
  renameSync(join(aside, last), join(path, last))
  return made
}

describe('an incident that a prune has aside', () => {
  it('is written to, read and listed as if it were where it belongs', async () => {
    for (const use of [
      (id: string) => incidents().append(id, [note()]),
      (id: string) => incidents().read(id),
      () => incidents().list(10),
      () => going(keeperOf(store)),
    ]) {
      const {id, handle} = await writeIncident(store, 300)
      renameSync(inStore('incidents', id), inStore('incidents', `.aside-${id}`))
      await use(id)
      expect(await incidents().find(handle)).toBe(id)
      expect((await kindsOf(id)).slice(0, 2)).toEqual(WHOLE)
      expect(readdirSync(inStore('incidents'))).not.toContain(`.aside-${id}`)
      rmSync(store, {recursive: true})
    }
  })

  it('and that is gone is made anew by nobody who enters something', async () => {
    const {id} = await writeIncident(store, 300)
    rmSync(inStore('incidents', id), {recursive: true})
    await expect(incidents().append(id, [note()])).rejects.toMatchObject({code: 'notFound'})
    expect(existsSync(inStore('incidents', id))).toBe(false)
  })

  it(
    'loses nothing, whoever is faster: what was entered is there with all before, or nothing was',
    {timeout: 60_000},
    async () => {
      const seen = new Set<string>()
      for (let round = 0; round < 120; round += 1) {
        const {id} = await writeIncident(store, 300)
        const keeper = keeperOf(store)
        const [item] = await going(keeper)
        if (item === undefined) throw new Error('nothing goes')
        const [removal, entered] = await Promise.all([
          pause((round * 7) % 12).then(() => keeper.remove(item)),
          pause((round * 5) % 12)
            .then(() => incidents().append(id, [note()]))
            .then(
              () => 'entered',
              (error: unknown) => (error instanceof FaciError ? error.code : String(error)),
            ),
        ])
        seen.add(`${removal} ${entered}`)
        if (removal === 'changed') expect(await kindsOf(id)).toEqual([...WHOLE, 'incident.noted'])
        expect(readdirSync(inStore('incidents')).filter((name) => name.includes(id))).toEqual(
          removal === 'changed' ? [id] : [],
        )
        rmSync(store, {recursive: true})
      }
      expect(['removed notFound', 'changed entered']).toEqual(expect.arrayContaining([...seen]))
      expect(seen).toContain('changed entered')
    },
  )
})

describe('an incident that was torn apart', () => {
  it('is put together by whoever reads it', async () => {
    const {id} = await tornIncident()
    expect(await kindsOf(id)).toEqual([...WHOLE, 'incident.noted'])
    expect(readdirSync(inStore('incidents'))).not.toContain(`.pruning-${id}`)
  })

  it('is put together by the next prune, and never counts as left over', async () => {
    const {id} = await tornIncident()
    const keeper = keeperOf(store)
    expect(await going(keeper)).toEqual([])
    expect(readdirSync(inStore('incidents', id))).toHaveLength(3)
    expect((await keeper.usage(5)).unfinished).toBe(0)
  })

  it('stays also when it is torn apart after the plan was shown', async () => {
    const {id} = await writeIncident(store, 300)
    const path = inStore('incidents', id)
    await removeAll(keeperOf(store), await going(keeperOf(store)))
    mkdirSync(inStore('incidents', `.pruning-${id}`))
    writeFileSync(inStore('incidents', `.pruning-${id}`, '000002-x.jsonl'), '{}')
    const keeper = keeperOf(store)
    const items = await going(keeper)
    expect(items.map((item) => item.id)).toEqual([`incidents/.pruning-${id}`])
    mkdirSync(path)
    expect(await removeAll(keeper, items)).toEqual(['leftovers changed'])
    rmSync(path, {recursive: true})
    expect(await removeAll(keeper, items)).toEqual(['leftovers removed'])
  })

  it('comes back when its handle was never marked, and goes when it was', async () => {
    const [stays, goes] = [await writeIncident(store, 300, {isResolved: false}), await writeIncident(store, 299)]
    writeFileSync(inStore('incidents', 'handles', goes.handle), `${goes.id}\npruned ${new Date().toISOString()}\n`)
    for (const {id} of [stays, goes]) renameSync(inStore('incidents', id), inStore('incidents', `.pruning-${id}`))
    const keeper = keeperOf(store)
    const items = await going(keeper)
    expect(items.map(({id}) => id)).toEqual([`incidents/.pruning-${goes.id}`])
    await removeAll(keeper, items)
    expect(await kindsOf(stays.id)).toEqual(['incident.opened'])
    expect(await incidents().find(goes.handle)).toBe(null)
  })
})

describe('a run', () => {
  it('gets its name back where a prune was cut off before it was settled that it goes', async () => {
    const run = await writeRun(store, 200)
    await writeNewestRuns(store)
    renameSync(inStore('runs', run), inStore('runs', `.aside-${run}`))
    expect((await keeperOf(store).usage(5)).unfinished).toBe(1)
    expect((await going(keeperOf(store))).map(({kind, id}) => [kind, id])).toEqual([['runs', run]])
    expect(runsIn(store)).toContain(run)
  })

  it.each([
    ['is put beside it', 'ana-notes.txt', ['evidence removed', 'runs changed']],
    ['was kept, and is written anew', 'api.log', ['evidence changed', 'runs changed']],
  ])('stays with what %s while the plan is read', async (_, name, done) => {
    const run = await writeRun(store, 200, {evidence: ['api.log']})
    await writeNewestRuns(store)
    const keeper = keeperOf(store)
    const items = await going(keeper)
    writeFileSync(inStore('runs', run, name), 'precious')
    expect(await removeAll(keeper, items)).toEqual(done)
    expect(readFileSync(inStore('runs', run, name), 'utf8')).toBe('precious')
    expect(existsSync(inStore('runs', run, 'journal.jsonl'))).toBe(true)
  })
})

describe('what was claimed for an incident', () => {
  const PLACES = ['pages', 'reminders']
  const claim = (id: string, name = '0.1.json'): void => {
    for (const place of PLACES) {
      mkdirSync(inStore('oncall', place, id), {recursive: true})
      writeFileSync(inStore('oncall', place, id, name), '{}')
    }
  }
  const claimed = (id: string): readonly string[] => PLACES.filter((place) => existsSync(inStore('oncall', place, id)))

  it('goes with it, pages and reminders, and stays with one that stays', async () => {
    const [gone, stays] = [await writeIncident(store, 300), await writeIncident(store, 299, {isResolved: false})]
    for (const {id} of [gone, stays]) claim(id)
    const keeper = keeperOf(store)
    const items = await going(keeper)
    expect(items.map(({kind, files}) => [kind, files])).toEqual([['incidents', 4]])
    expect(await removeAll(keeper, items)).toEqual(['incidents removed'])
    expect([claimed(gone.id), claimed(stays.id)]).toEqual([[], PLACES])
  })

  it('stays while somebody enters something in it', async () => {
    const {id} = await writeIncident(store, 300)
    claim(id)
    const keeper = keeperOf(store)
    const items = await going(keeper)
    await incidents().append(id, [note()])
    expect(await removeAll(keeper, items)).toEqual(['incidents changed'])
    expect(claimed(id)).toEqual(PLACES)
  })

  it('is left over a day after the incident is gone, unless it holds what faci did not write', async () => {
    const [old, mixed, young] = [ulidAt(ago(3)), ulidAt(ago(4)), ulidAt(ago(0.5))]
    for (const id of [old, mixed, young]) claim(id)
    claim(mixed, 'ana-notes.txt')
    const keeper = keeperOf(store)
    const items = await going(keeper)
    expect(items.map(({id}) => id)).toEqual(PLACES.map((place) => `oncall/${place}/${old}`))
    await removeAll(keeper, items)
    expect([claimed(old), claimed(mixed), claimed(young)]).toEqual([[], PLACES, PLACES])
  })
})
