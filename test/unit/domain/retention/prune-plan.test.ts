import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {planPrune, type PrunePlan} from '../../../../src/domain/retention/prune-plan.js'
import {NEWEST_RUNS} from '../../../../src/domain/retention/protection.js'
import {DEFAULT_RETENTION, KEPT_KINDS, type KeptKind, pruneRules} from '../../../../src/domain/retention/retention.js'
import type {StoreContents, StoredIncident, StoredRun} from '../../../../src/domain/retention/stored.js'
import {ulidTime} from '../../../../src/domain/time/ulid-time.js'
import {aNotice, anIncident, aRun, aStore, aTest, DAY, ulidAt} from '../../../support/builders/store.js'

const NOW = new Date('2026-11-30T06:00:00.000Z')
const ago = (days: number): number => NOW.getTime() - days * DAY
const EVERYTHING = Object.fromEntries(KEPT_KINDS.map((kind) => [kind, 86_400])) as Record<KeptKind, number>

/** As much as can be asked for. */
const plan = (contents: StoreContents, openActions = false): PrunePlan =>
  planPrune(contents, {kinds: KEPT_KINDS, retention: EVERYTHING, openActions}, NOW)
const goes = ({goes: items}: PrunePlan, kind: KeptKind): readonly string[] =>
  items.filter((item) => item.kind === kind).map(({name}) => name)
const why = ({stays}: PrunePlan, kind: KeptKind): readonly string[] =>
  stays.filter((one) => one.kind === kind).map((one) => one.why)

/** So many that none of those before is among the newest. */
const LATER = Array.from({length: NEWEST_RUNS}, (_, index) => aRun(ago(2) + index * 1000))
const evidence = (begun: number): Pick<StoredRun, 'evidence'> => ({
  evidence: {id: ulidAt(begun), bytes: 1e6, files: 2, version: '1', barrier: null},
})
const old = (over: Partial<StoredRun> = {}, days = 400): StoredRun => aRun(ago(days), {...evidence(ago(days)), ...over})
const withRuns = (...runs: readonly StoredRun[]): StoreContents => aStore({runs: [...runs, ...LATER]})

describe('the plan of a prune', () => {
  it('holds what ended long ago, a run with what was kept beside it', () => {
    const found = plan(withRuns(old()))
    expect(found.goes.map(({kind, name}) => [kind, name])).toEqual([
      ['evidence', old().id],
      ['runs', old().id],
    ])
  })

  it.each([
    ['has not ended', {ending: 'notEnded'}, 'notEnded'],
    ['cannot be read', {ending: 'unknown'}, 'unreadable'],
    ['is written, or locks its project', {isInUse: true}, 'inUse'],
    ['holds what faci did not write', {isMixed: true}, 'mixed'],
    ['is the newest of its runbook', {runbook: 'api-down'}, 'newestOfRunbook'],
  ] as const)('never holds a run that %s, nor its evidence', (_, over, reason) => {
    const found = plan(withRuns(old(over)))
    expect(found.goes).toEqual([])
    expect([why(found, 'runs'), why(found, 'evidence')]).toEqual([expect.arrayContaining([reason]), [reason]])
  })

  it('keeps of each runbook only the newest', () => {
    const runs = [401, 400, 399].map((days) => old({runbook: days === 400 ? 'redis' : 'api'}, days))
    expect(goes(plan(withRuns(...runs)), 'runs')).toEqual([runs[0]?.id])
  })

  it('keeps the newest runs of all, without what was kept beside them', () => {
    const runs = Array.from({length: NEWEST_RUNS + 1}, (_, index) => old({}, 400 - index))
    const found = plan(aStore({runs}))
    expect(goes(found, 'runs')).toEqual([runs[0]?.id])
    expect(goes(found, 'evidence')).toHaveLength(runs.length)
  })

  it('keeps the run that proves of the image before that the service ran it', () => {
    const image = (as: 'kept' | 'released', imageId: string, service = 'api') =>
      ({as, imageId, name: `faci/shop/${service}:previous`}) as const
    const runs = [
      old({images: [image('kept', '1')]}, 410),
      old({images: [image('released', '1'), image('kept', '9', 'web')]}, 409),
      old({images: [image('kept', '2')]}, 408),
      old({images: [image('released', '3')]}, 407),
      old({images: [image('released', '4')]}, 406),
      old({images: [image('released', '4')]}, 405),
    ]
    // Any `down` since may have named its image so; only the newest of each image is needed.
    const kept = [1, 2, 3, 5].map((index) => runs[index]?.id)
    const going = goes(plan(withRuns(...runs)), 'runs')
    expect(runs.map(({id}) => id).filter((id) => !going.includes(id))).toEqual(kept)
  })
})

describe('incidents', () => {
  const inc = (handle: string, days: number, over: Partial<StoredIncident> = {}) =>
    anIncident(ago(days), {handle, ...over})

  it('that are open are told as open, however young they are', () => {
    const found = plan(aStore({incidents: [inc('INC-1', 0, {ending: 'notEnded'}), inc('INC-2', 0.5)]}))
    expect(why(found, 'incidents')).toEqual(['open', 'young'])
  })

  it('are kept for ever unless somebody says otherwise', () => {
    const rules = pruneRules(DEFAULT_RETENTION, {kinds: [], olderThan: 86_400, openActions: false})
    const found = planPrune(aStore({incidents: [inc('INC-1', 4000)]}), rules, NOW)
    expect([found.goes, why(found, 'incidents')]).toEqual([[], ['forever']])
    const named = pruneRules(DEFAULT_RETENTION, {kinds: ['incidents'], olderThan: 86_400, openActions: false})
    expect(goes(planPrune(aStore({incidents: [inc('INC-1', 4000)]}), named, NOW), 'incidents')).toEqual(['INC-1'])
  })

  it('are never in it while they are open, nor what is a part of one, nor what cannot be read', () => {
    const incidents = [
      inc('INC-1', 400, {ending: 'notEnded'}),
      inc('INC-2', 399, {mergedInto: 'INC-1'}),
      inc('INC-3', 398, {mergedInto: 'INC-2'}),
      inc('INC-4', 397, {ending: 'unknown'}),
      inc('INC-5', 396, {isMixed: true}),
      inc('INC-6', 395),
    ]
    const found = plan(aStore({incidents}))
    expect(goes(found, 'incidents')).toEqual(['INC-6'])
    expect(why(found, 'incidents')).toEqual(['open', 'partOfOpen', 'unreadable', 'mixed'])
  })

  it('with something left to do are only in it when that is asked for', () => {
    const contents = aStore({incidents: [inc('INC-1', 400, {openActions: 1})]})
    expect([goes(plan(contents), 'incidents'), why(plan(contents), 'incidents')]).toEqual([[], ['openActions']])
    expect(goes(plan(contents, true), 'incidents')).toEqual(['INC-1'])
  })

  it('keep the runs of their timelines: an open one with evidence, one that is kept without', () => {
    const during = old({}, 399.99)
    const named = old({incident: ulidAt(ago(400))}, 300)
    const open = aStore({runs: [during, named, ...LATER], incidents: [inc('INC-1', 400, {ending: 'notEnded'})]})
    const shorter = {...open, incidents: open.incidents.map((one) => ({...one, span: {...one.span, end: ago(399)}}))}
    expect(plan(shorter).goes).toEqual([])
    expect(why(plan(shorter), 'evidence')).toEqual(['ofOpenIncident'])
    const kept = {...shorter, incidents: shorter.incidents.map((one) => ({...one, ending: 'ended' as const}))}
    const rules = {kinds: ['runs', 'evidence'] as const, retention: EVERYTHING, openActions: false}
    const found = planPrune(kept, rules, NOW)
    expect([goes(found, 'runs'), goes(found, 'evidence')]).toEqual([[], [during.id, named.id]])
    expect(why(found, 'runs')).toContain('ofKeptIncident')
    expect(goes(plan(kept), 'runs')).toEqual([during.id, named.id])
  })
})

describe('notices and tests', () => {
  it('stay while something refers to them; of the tests the newest stays', () => {
    const notices = [aNotice(ago(400)), aNotice(ago(399))]
    const pageTests = [aTest(ago(400)), aTest(ago(399)), aTest(ago(398), {isMixed: true}), aTest(ago(397))]
    const found = plan(aStore({notices, pageTests, neededNotices: [notices[0]?.id ?? '']}))
    expect(goes(found, 'notices')).toEqual([notices[1]?.id])
    expect(goes(found, 'pageTests')).toEqual(pageTests.slice(0, 2).map(({id}) => id))
  })
})

describe('what this account cannot remove', () => {
  it('is told, and only if it were to go', () => {
    const barrier = 'belongs to uid 7'
    const found = plan(withRuns(old({barrier}), old({barrier, ending: 'notEnded'}, 300)))
    expect(found.barred).toEqual([{kind: 'runs', name: old().id, reason: barrier}])
    expect(goes(found, 'runs')).toEqual([])
  })
})

const moment = fc.integer({min: 0, max: 800}).map((days) => ago(days) - 1)
const run = fc.record({
  begun: moment,
  ending: fc.constantFrom('ended', 'ended', 'ended', 'notEnded', 'unknown'),
  isInUse: fc.integer({min: 0, max: 5}).map((one) => one === 0),
  runbook: fc.constantFrom(null, null, 'api', 'redis'),
  isMixed: fc.integer({min: 0, max: 5}).map((one) => one === 0),
  images: fc.array(
    fc.record({
      as: fc.constantFrom('kept', 'released'),
      name: fc.constantFrom('a', 'b'),
      imageId: fc.constantFrom('1', '2', '3'),
    }),
    {maxLength: 2},
  ),
} as const)
const incident = fc.record({
  begun: moment,
  ending: fc.constantFrom('ended', 'ended', 'ended', 'notEnded', 'unknown'),
  openActions: fc.constantFrom(0, 0, 1),
  into: fc.option(fc.integer({min: 1, max: 6}), {nil: null}),
} as const)

const store = fc
  .record({
    runs: fc.array(run, {maxLength: 60}),
    incidents: fc.array(incident, {maxLength: 6}),
    notices: fc.array(fc.tuple(moment, fc.boolean()), {maxLength: 8}),
  })
  .map(({runs, incidents, notices}): StoreContents => {
    const inOrder = [...runs].sort((one, other) => one.begun - other.begun)
    const stored = notices.map(([at], index) => aNotice(at, {id: ulidAt(at, index)}))
    return aStore({
      runs: inOrder.map(({begun, ...over}, index) => {
        const id = ulidAt(begun, index)
        return aRun(begun, {id, ...over, evidence: {id, bytes: 1, files: 1, version: '1', barrier: null}})
      }),
      incidents: incidents.map(({begun, into, ...over}, index) => {
        const mergedInto = into === null ? null : `INC-${String(into)}`
        return anIncident(begun, {id: ulidAt(begun, index), handle: `INC-${String(index + 1)}`, mergedInto, ...over})
      }),
      notices: stored,
      neededNotices: stored.filter((_, index) => notices[index]?.[1] === true).map(({id}) => id),
    })
  })
const days = fc.integer({min: 1, max: 800})

function planOf(
  contents: StoreContents,
  olderThan: number,
  kinds: readonly KeptKind[] = KEPT_KINDS,
  now = NOW,
): PrunePlan {
  const asked = {kinds, olderThan: olderThan * 86_400, openActions: false}
  return planPrune(contents, pruneRules(DEFAULT_RETENTION, asked), now)
}

const keys = (found: PrunePlan): ReadonlySet<string> => new Set(found.goes.map(({kind, id}) => `${kind} ${id}`))
const isOf = ({id, incident: own}: StoredRun, one: StoredIncident): boolean =>
  own === one.id || (one.span.start <= ulidTime(id) && ulidTime(id) <= one.span.end)

/** What may never go, as keys of what goes. */
function protectedIncidents({incidents}: StoreContents, open: readonly StoredIncident[]): readonly string[] {
  const isPart = ({mergedInto}: StoredIncident): boolean => open.some(({handle}) => handle === mergedInto)
  const kept = incidents.filter((one) => one.ending !== 'ended' || one.openActions > 0 || isPart(one))
  return kept.map(({id}) => `incidents ${id}`)
}

function protectedRuns({runs}: StoreContents, open: readonly StoredIncident[]): readonly string[] {
  const isBusy = (one: StoredRun): boolean => one.ending !== 'ended' || one.isInUse || one.isMixed
  const isNewest = (one: StoredRun): boolean =>
    one.runbook !== null && !runs.some(({id, runbook}) => runbook === one.runbook && id > one.id)
  const isOpen = (one: StoredRun): boolean => open.some((each) => isOf(one, each))
  const kept = runs.filter((one) => isBusy(one) || isNewest(one) || isOpen(one))
  return kept.flatMap(({id}) => [`runs ${id}`, `evidence ${id}`])
}

describe('any store', () => {
  it('loses nothing that is protected, whatever is asked for', () => {
    fc.assert(
      fc.property(store, days, fc.subarray([...KEPT_KINDS], {minLength: 1}), (contents, olderThan, kinds) => {
        const gone = keys(planOf(contents, olderThan, kinds))
        const open = contents.incidents.filter(({ending}) => ending !== 'ended')
        const left = contents.incidents.filter(({id}) => !gone.has(`incidents ${id}`))
        const never = [
          ...protectedIncidents(contents, open),
          ...protectedRuns(contents, open),
          ...contents.runs.filter((one) => left.some((each) => isOf(one, each))).map(({id}) => `runs ${id}`),
          ...contents.runs.slice(-NEWEST_RUNS).map(({id}) => `runs ${id}`),
          ...contents.neededNotices.map((id) => `notices ${id}`),
        ]
        expect(never.filter((key) => gone.has(key))).toEqual([])
        const asked = new Set<string>(kinds.includes('runs') ? [...kinds, 'evidence'] : kinds)
        expect([...gone].filter((key) => !asked.has(key.split(' ')[0] ?? ''))).toEqual([])
      }),
    )
  })

  it('keeps the last image of each name, by a run that says so', () => {
    fc.assert(
      fc.property(store, days, (contents, olderThan) => {
        const gone = keys(planOf(contents, olderThan))
        const left = contents.runs.filter(({id}) => !gone.has(`runs ${id}`))
        const last = (runs: readonly StoredRun[], name: string, as: string) =>
          runs.flatMap(({images}) => images).findLast((image) => image.name === name && image.as === as)
        for (const name of ['a', 'b']) expect(last(left, name, 'kept')).toEqual(last(contents.runs, name, 'kept'))
      }),
    )
  })

  it('loses more, never less, the shorter it is kept and the later it is', () => {
    fc.assert(
      fc.property(store, days, days, (contents, one, other) => {
        const [short, long] = [Math.min(one, other), Math.max(one, other)]
        const less = keys(planOf(contents, long))
        const more = keys(planOf(contents, short))
        const later = keys(planOf(contents, long, KEPT_KINDS, new Date(NOW.getTime() + short * DAY)))
        for (const key of less) {
          expect(more).toContain(key)
          expect(later).toContain(key)
        }
      }),
    )
  })

  it('says of all that stays why, and loses nothing of an hour ago or of tomorrow', () => {
    fc.assert(
      fc.property(store, days, (contents, olderThan) => {
        const found = planOf(contents, olderThan)
        const counted = (kind: KeptKind): number =>
          goes(found, kind).length +
          found.stays.filter((one) => one.kind === kind).reduce((all, {count}) => all + count, 0)
        expect(counted('runs')).toBe(contents.runs.length)
        expect(counted('incidents')).toBe(contents.incidents.length)
        expect(counted('notices')).toBe(contents.notices.length)
        for (const {at} of found.goes) expect(NOW.getTime() - Date.parse(at)).toBeGreaterThanOrEqual(olderThan * DAY)
      }),
    )
    const back = planPrune(withRuns(old()), {kinds: KEPT_KINDS, retention: EVERYTHING, openActions: false}, new Date(0))
    expect(back.goes).toEqual([])
  })
})
