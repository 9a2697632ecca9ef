import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileIncidents} from '../../src/adapters/store/incidents/file-incidents.js'
import {jsonlJournal} from '../../src/adapters/store/jsonl-journal.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {ulidIds} from '../../src/adapters/system/ulid-ids.js'
import {planPrune, type PruneItem} from '../../src/domain/retention/prune-plan.js'
import {KEPT_KINDS, type KeptKind} from '../../src/domain/retention/retention.js'
import {usedBytes} from '../../src/domain/retention/store-usage.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {StoreKeeper} from '../../src/ports/store-keeper.js'
import {aRun, aStore, aTest, aNotice as aStoredNotice, anIncident, ulidAt} from '../support/builders/store.js'
import {fakeStoreKeeper} from '../support/fakes/store-keeper.js'
import {ago, keeperOf, runsIn, writeIncident, writeNewestRuns, writeNotice, writeRun} from '../support/old-store.js'
import {openingLeases} from '../support/opening-leases.js'

let store: string
beforeEach(() => {
  store = join(mkdtempSync(join(tmpdir(), 'faci-keeper-')), '.faci')
})
afterEach(() => {
  rmSync(join(store, '..'), {recursive: true, force: true})
})

const inStore = (...names: readonly string[]): string => join(store, ...names)
const FOR_A_DAY = Object.fromEntries(KEPT_KINDS.map((kind) => [kind, 86_400])) as Record<KeptKind, number>

async function going(keeper: StoreKeeper, kinds: readonly KeptKind[] = KEPT_KINDS): Promise<readonly PruneItem[]> {
  return planPrune(await keeper.contents(), {kinds, retention: FOR_A_DAY, openActions: false}, new Date()).goes
}

async function removeAll(keeper: StoreKeeper, items: readonly PruneItem[]): Promise<readonly string[]> {
  const done: string[] = []
  for (const item of items) done.push(`${item.kind} ${await keeper.remove(item)}`)
  return done
}

/** Something old of each kind. */
async function inFiles(): Promise<StoreKeeper> {
  await writeRun(store, 200, {evidence: ['api.log', 'api.inspect.json']})
  await writeNewestRuns(store)
  await writeIncident(store, 300)
  writeNotice(store, 120, 'delivered')
  for (const days of [120, 110]) {
    const test = inStore('oncall', 'tests', ulidAt(ago(days)))
    mkdirSync(test, {recursive: true})
    writeFileSync(join(test, 'test.json'), '{}')
  }
  return keeperOf(store)
}

function inMemory(): Promise<StoreKeeper> {
  const begun = ago(200)
  const evidence = {id: ulidAt(begun), bytes: 1e6, files: 2, version: '1', barrier: null}
  const newest = Array.from({length: 30}, (_, index) => aRun(ago(0) + index))
  return Promise.resolve(
    fakeStoreKeeper(
      aStore({
        ...{runs: [aRun(begun, {evidence}), ...newest], incidents: [anIncident(ago(300))]},
        ...{notices: [aStoredNotice(ago(120))], pageTests: [aTest(ago(120)), aTest(ago(110))]},
      }),
    ),
  )
}

describe.each([
  {name: 'in memory', make: inMemory},
  {name: 'as files', make: inFiles},
])('the keeper of a store $name', ({make}) => {
  it('tells what is there, removes each, and knows what remains', async () => {
    const keeper = await make()
    const items = await going(keeper)
    expect(items.map(({kind}) => kind)).toEqual(['evidence', 'runs', 'notices', 'pageTests', 'incidents'])
    expect(await keeper.remaining(items)).toEqual(items)
    expect(await removeAll(keeper, items)).toEqual(items.map(({kind}) => `${kind} removed`))
    expect(await keeper.remaining(items)).toEqual([])
    expect(await going(keeper)).toEqual([])
    const {runs, pageTests, incidents} = await keeper.contents()
    expect([runs.length, pageTests.length, incidents.length]).toEqual([30, 1, 0])
  })

  it('removes nothing twice, and nothing that is not as it was looked at', async () => {
    const keeper = await make()
    const items = await going(keeper)
    const changed = items.map((item) => ({...item, version: 'another'}))
    expect(await removeAll(keeper, changed)).toEqual(items.map(({kind}) => `${kind} changed`))
    expect(await keeper.remaining(items)).toEqual(items)
    await removeAll(keeper, items)
    expect(await removeAll(keeper, items)).toEqual(items.map(({kind}) => `${kind} gone`))
  })

  it('knows who pruned a run and when, by a part of its id that no other has, and nothing of others', async () => {
    const keeper = await make()
    const ids = ['01ARZ3NDEKTSV4RRFFQ69G5FA1', '01ARZ3NDEKTSV4RRFFQ69G5FB2'] as const
    expect(await keeper.prunedRun(ids[0])).toBeNull()
    const group = {
      bytes: 1,
      files: 1,
      count: 2,
      oldestAt: '2026-01-01T00:00:00.000Z',
      newestAt: '2026-01-01T00:00:00.000Z',
    }
    const notices = {...group, kind: 'notices', names: ['01ARZ3NDEKTSV4RRFFQ69G5FC3']} as const
    await keeper.record({
      kind: 'prune.started',
      goes: [{...group, kind: 'runs', names: ['01ARZ3NDEKTSV4RRFFQ69G5FD4']}],
    })
    const removed = [{...group, kind: 'runs', names: ids} as const, notices]
    await keeper.record({kind: 'prune.ended', removed, unremoved: [], isInterrupted: false})
    const found = await keeper.prunedRun(ids[0])
    expect(found).toMatchObject({id: ids[0], by: expect.stringMatching(/^ana@/) as string, isCutOff: false})
    expect(Date.parse(found?.at ?? '')).toBeGreaterThan(0)
    expect((await keeper.prunedRun('FB2'))?.id).toBe(ids[1])
    for (const other of ['01ARZ', 'FC3', 'FD4']) expect(await keeper.prunedRun(other)).toBeNull()
    // Nothing says what became of these: whoever pruned was killed, and the next one found what was left.
    await keeper.record({
      kind: 'prune.started',
      goes: [{...group, kind: 'runs', names: ['01ARZ3NDEKTSV4RRFFQ69G5FE5']}],
    })
    expect(await keeper.prunedRun('FE5')).toMatchObject({id: '01ARZ3NDEKTSV4RRFFQ69G5FE5', isCutOff: true})
    await keeper.record({kind: 'prune.started', goes: []})
    await keeper.record({kind: 'prune.ended', removed: [], unremoved: [], isInterrupted: false})
    expect(await keeper.prunedRun('FE5')).toMatchObject({isCutOff: true, by: expect.stringMatching(/^ana@/) as string})
  })

  it('lets one prune at a time', async () => {
    const keeper = await make()
    const right = await keeper.claim()
    expect(right.isNoted).toBe(true)
    await expect(keeper.claim()).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringMatching(/^ana on .* \(pid \d+\) prunes this store since /) as string,
    })
    await right.recheck()
    await right.release()
    await (await keeper.claim()).release()
  })
})

describe('a store of files', () => {
  it('that is not there holds nothing, and takes nothing', async () => {
    const keeper = keeperOf(store)
    expect(await going(keeper)).toEqual([])
    expect(usedBytes(await keeper.usage(1))).toBe(0)
    expect(existsSync(store)).toBe(false)
  })

  it('stays the same for whoever lists it: runs, incidents, and names that nobody gets again', async () => {
    const one = await writeIncident(store, 300)
    const two = await writeIncident(store, 299, {isResolved: false})
    const keeper = keeperOf(store)
    await removeAll(keeper, await going(keeper))
    const options = {
      directory: store,
      leases: openingLeases(store),
      masker: masker([]),
      clock: systemClock,
      by: 'ben@vm',
    }
    const incidents = fileIncidents({...options, ids: ulidIds()})
    expect(await incidents.list(10)).toMatchObject({total: 1, incidents: [{id: two.id}]})
    expect([await incidents.find(one.handle), await incidents.find(one.id)]).toEqual([null, null])
    expect(Date.parse((await incidents.prunedAt('1')) ?? '')).toBeGreaterThan(ago(0.01))
    expect([await incidents.prunedAt(two.handle), await incidents.prunedAt('INC-9')]).toEqual([null, null])
    const third = {kind: 'incident.opened', title: 'x', severity: 'P1', services: [], alerts: [], impact: null} as const
    const at = new Date().toISOString()
    const {handle} = await incidents.open({...third, startedAt: null, detectedAt: at, happenedAt: at, runId: null})
    expect([one.handle, two.handle, handle]).toEqual(['INC-1', 'INC-2', 'INC-3'])
    await expect(incidents.append(one.id, [{kind: 'incident.noted', happenedAt: at, text: 'x'}])).rejects.toMatchObject(
      {
        code: 'notFound',
      },
    )
  })

  it('loses no handle when pruning ends with the newest', async () => {
    await writeIncident(store, 300)
    const keeper = keeperOf(store)
    await removeAll(keeper, await going(keeper))
    expect((await writeIncident(store, 200)).handle).toBe('INC-2')
  })

  it('keeps an incident that somebody is about to write to', async () => {
    const {id, handle} = await writeIncident(store, 300)
    const keeper = keeperOf(store)
    const items = await going(keeper)
    writeFileSync(inStore('incidents', 'changed', `${id}.${ulidAt(ago(0))}`), '')
    expect(await removeAll(keeper, items)).toEqual(['incidents changed'])
    const options = {
      directory: store,
      leases: openingLeases(store),
      masker: masker([]),
      clock: systemClock,
      by: 'ben@vm',
      ids: ulidIds(),
    }
    expect(await fileIncidents(options).find(handle)).toBe(id)
    expect((await fileIncidents(options).read(id)).entries).toHaveLength(2)
  })

  it('keeps what is written to between the plan and the removal', async () => {
    const run = await writeRun(store, 200)
    await writeNewestRuns(store)
    const keeper = keeperOf(store)
    const items = await going(keeper)
    appendFileSync(inStore('runs', run, 'journal.jsonl'), '\n')
    expect(await removeAll(keeper, items)).toEqual(['runs changed'])
    expect(runsIn(store)).toContain(run)
  })

  it('keeps runs that have not ended, that are written, and that hold the lock', async () => {
    const interrupted = await writeRun(store, 204, {isFinished: false})
    const written = await writeRun(store, 203)
    const locked = await writeRun(store, 202, {project: 'web'})
    const empty = ulidAt(ago(201))
    mkdirSync(inStore('runs', empty))
    await writeNewestRuns(store)
    const journal = jsonlJournal({directory: store, masker: masker([]), clock: systemClock, by: 'ben@vm'})
    const writer = await journal.open(written)
    const {fileLeases} = await import('../../src/adapters/store/file-lease.js')
    const leases = fileLeases({directory: store, clock: systemClock, operator: 'ben'})
    const lease = await leases.take('web', {reason: 'runbook', runId: locked})
    const keeper = keeperOf(store)
    expect(await going(keeper)).toEqual([])
    await writer.close()
    await lease.release()
    expect((await going(keeper)).map(({id}) => id)).toEqual([written, locked])
    expect(runsIn(store)).toEqual(expect.arrayContaining([interrupted, empty]))
  })

  it('keeps notices that wait, and all that they, an open incident, a page or a check refer to', async () => {
    const waits = writeNotice(store, 120, 'waiting', {
      fallback: {channel: 'email', noticeId: `${ulidAt(ago(119))}-x`, at: new Date().toISOString()},
    })
    const copy = writeNotice(store, 119, 'delivered', {id: `${waits}-fallback`})
    const summary = writeNotice(store, 118, 'delivered', {id: `${waits}-summary`})
    const original = writeNotice(store, 117, 'delivered')
    writeNotice(store, 116, 'waiting', {insteadOf: {channel: 'slack', id: original}})
    const [announced, paged, telling] = [115, 114, 113].map((days) => writeNotice(store, days, 'delivered'))
    const folded = writeNotice(store, 112, 'folded')
    const gone = [writeNotice(store, 111, 'delivered'), writeNotice(store, 110, 'dropped')]
    const notices = [{noticeId: announced ?? '', channel: 'slack', status: 'delivered'}] as const
    const at = new Date().toISOString()
    const {id: open} = await writeIncident(store, 300, {
      isResolved: false,
      events: [{kind: 'incident.announced', happenedAt: at, step: 'opened', notices}],
    })
    const pages = inStore('oncall', 'pages', open)
    mkdirSync(pages, {recursive: true})
    writeFileSync(join(pages, '0.0.json'), JSON.stringify({notices: [{channel: 'slack', id: paged}]}))
    mkdirSync(inStore('checks'))
    writeFileSync(
      inStore('checks', 'daily.txt'),
      `#telling ${JSON.stringify({text: 'x', noticeId: telling, told: ''})}\n`,
    )
    const keeper = keeperOf(store)
    expect((await going(keeper)).map(({id}) => id)).toEqual(gone)
    await removeAll(keeper, await going(keeper))
    expect(readdirSync(inStore('outbox', 'delivered')).sort()).toEqual(
      [copy, summary, original, announced, paged, telling].map((id) => `${id ?? ''}.json`).sort(),
    )
    expect(readdirSync(inStore('outbox', 'folded'))).toEqual([`${folded}.json`])
    expect(readFileSync(inStore('checks', 'daily.txt'), 'utf8')).toContain('#telling')
  })

  it('tells what faci did not write, and leaves it where it is; follows no link', async () => {
    const run = await writeRun(store, 210, {evidence: ['api.log']})
    const other = await writeRun(store, 209)
    await writeNewestRuns(store)
    const outside = join(store, '..', 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'journal.jsonl'), 'mine')
    writeFileSync(inStore('runs', run, 'my-notes.log'), 'mine')
    symlinkSync(outside, inStore('runs', ulidAt(ago(208))))
    symlinkSync(outside, inStore('elsewhere'))
    writeFileSync(inStore('runs', 'README'), 'mine')
    mkdirSync(inStore('outbox', 'delivered'), {recursive: true})
    symlinkSync(join(outside, 'journal.jsonl'), inStore('outbox', 'delivered', `${ulidAt(ago(207))}.json`))
    const keeper = keeperOf(store)
    expect((await keeper.contents()).foreign.map((place) => place.replace(/[0-9A-Z]{26}/, 'ID'))).toEqual([
      ...['elsewhere', 'runs/ID', 'runs/README', 'runs/ID/my-notes.log', 'outbox/delivered/ID.json'],
    ])
    const items = await going(keeper)
    expect(items.map(({id}) => id)).toEqual([other])
    await removeAll(keeper, items)
    expect(readFileSync(inStore('runs', run, 'my-notes.log'), 'utf8')).toBe('mine')
    expect(readFileSync(join(outside, 'journal.jsonl'), 'utf8')).toBe('mine')
  })

  it('does not follow a link that took the place of a run since the plan', async () => {
    const run = await writeRun(store, 210)
    await writeNewestRuns(store)
    const keeper = keeperOf(store)
    const items = await going(keeper)
    const outside = join(store, '..', 'outside')
    renameSync(inStore('runs', run), outside)
    symlinkSync(outside, inStore('runs', run))
    expect(await removeAll(keeper, items)).toEqual(['runs gone'])
    expect(existsSync(join(outside, 'journal.jsonl'))).toBe(true)
  })

  it('removes what was kept beside a run, and nothing else of it', async () => {
    const run = await writeRun(store, 210, {evidence: ['api.log', 'api.inspect.json']})
    const keeper = keeperOf(store)
    const items = await going(keeper, ['evidence'])
    // The newest of its runbook keeps all.
    expect(items).toEqual([])
    await writeRun(store, 209)
    expect(await removeAll(keeper, await going(keeper, ['evidence']))).toEqual(['evidence removed'])
    expect(readdirSync(inStore('runs', run)).sort()).toEqual(['journal.jsonl', 'runbook.md'])
  })

  it('finds what a prune left that was cut off, and drafts and threads that nobody needs', async () => {
    const run = await writeRun(store, 210)
    const {id} = await writeIncident(store, 300)
    renameSync(inStore('runs', run), inStore('runs', `.pruning-${run}`))
    const [draft, young] = ['a', 'b'].map((digit) => `.faci-${digit.repeat(8)}-0000-0000-0000-000000000000.draft`)
    mkdirSync(inStore('outbox', 'roots'), {recursive: true})
    const left = [`runs/.pruning-${run}`, `outbox/${draft ?? ''}`, `outbox/roots/slack.${run}.json`]
    const kept = [`outbox/${young ?? ''}`, `outbox/roots/slack.${id}.json`]
    for (const name of [...left.slice(1), ...kept]) writeFileSync(inStore(name), '{}')
    const old = ago(3) / 1000
    for (const name of [...left.slice(1), kept[1] ?? '']) utimesSync(inStore(name), old, old)
    const keeper = keeperOf(store)
    const items = (await going(keeper, ['runs'])).map((item) => item)
    expect(items.map((item) => item.id).sort()).toEqual([...left].sort())
    expect((await keeper.usage(5)).unfinished).toBe(1)
    expect(await removeAll(keeper, items)).toEqual(['leftovers removed', 'leftovers removed', 'leftovers removed'])
    expect(left.filter((name) => existsSync(inStore(name)))).toEqual([])
    expect(kept.filter((name) => existsSync(inStore(name)))).toEqual(kept)
  })

  it('finds claims of shared pages a day after the last, and none beside which somebody else wrote', async () => {
    await writeIncident(store, 300)
    const [old, young, strange] = ['a', 'b', 'c'].map((digit) => inStore('oncall', 'adopted', digit.repeat(64)))
    for (const folder of [old, young, strange]) mkdirSync(folder ?? '', {recursive: true})
    const files = [old, old, young, strange].map((folder, index) => join(folder ?? '', `${String(index)}.0.json`))
    for (const file of files) writeFileSync(file, '{}')
    const long = ago(3) / 1000
    for (const file of [files[0], files[1], files[3]]) utimesSync(file ?? '', long, long)
    writeFileSync(join(strange ?? '', 'mine.txt'), 'x')
    const keeper = keeperOf(store)
    const items = await going(keeper, ['incidents'])
    expect(items.filter(({kind}) => kind === 'leftovers').map(({id}) => id)).toEqual([
      `oncall/adopted/${'a'.repeat(64)}`,
    ])
    expect((await keeper.contents()).foreign).not.toContain('oncall/adopted')
    await removeAll(keeper, items)
    expect([old, young, strange].map((folder) => existsSync(folder ?? ''))).toEqual([false, true, true])
  })

  it('records each prune in a file of its month, which stays', async () => {
    const keeper = keeperOf(store)
    await keeper.record({kind: 'prune.started', goes: []})
    await keeper.record({kind: 'prune.ended', removed: [], unremoved: [], isInterrupted: false})
    const [file = ''] = readdirSync(inStore('prunes'))
    const lines = readFileSync(inStore('prunes', file), 'utf8').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line) as {kind: string; by: string; sequence: number})).toMatchObject([
      {sequence: 1, by: 'ana@vm', kind: 'prune.started'},
      {sequence: 2, by: 'ana@vm', kind: 'prune.ended'},
    ])
  })

  it('says what it takes by kind, and when there was no time to count it', async () => {
    await writeRun(store, 210, {evidence: ['api.log']})
    await writeIncident(store, 300)
    writeNotice(store, 10, 'waiting')
    const {kinds, isComplete, fileSystem} = await keeperOf(store).usage(5)
    expect(isComplete).toBe(true)
    expect([kinds.runs.files, kinds.evidence.files, kinds.notices.files]).toEqual([2, 1, 1])
    expect(kinds.evidence.bytes).toBeGreaterThanOrEqual(20_000)
    expect(kinds.incidents.files).toBeGreaterThanOrEqual(3)
    expect(fileSystem?.totalBytes).toBeGreaterThan(fileSystem?.freeBytes ?? Infinity)
    expect(await keeperOf(store).usage(0)).toMatchObject({isComplete: false, kinds: {runs: {files: 0}}})
  })
})
