import {describe, expect, it} from 'vitest'
import {DEFAULT_RETENTION, pruneRules} from '../../../../src/domain/retention/retention.js'
import type {StoreContents} from '../../../../src/domain/retention/stored.js'
import {pruneStore, type PruneStoreInput} from '../../../../src/usecases/retention/prune-store.js'
import {aNotice, aStore, DAY} from '../../../support/builders/store.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakePrompt} from '../../../support/fakes/prompt.js'
import {fakeStoreKeeper} from '../../../support/fakes/store-keeper.js'

const NOW = new Date('2026-11-30T06:00:00.000Z')
const ago = (days: number): number => NOW.getTime() - days * DAY
const NOTICES = [120, 110, 100].map((days) => aNotice(ago(days)))
const [FIRST = '', SECOND = '', THIRD = ''] = NOTICES.map(({id}) => id)
const STORE = aStore({notices: [...NOTICES, aNotice(ago(1))]})

function prune(
  contents: StoreContents = STORE,
  over: Partial<PruneStoreInput> = {},
  troubles: Parameters<typeof fakeStoreKeeper>[1] = {},
  answers: readonly string[] | null = null,
) {
  const keeper = fakeStoreKeeper(contents, troubles)
  const shown: unknown[] = []
  const showPlan = (plan: unknown): Promise<void> => Promise.resolve(void shown.push(plan))
  const deps = {keeper, clock: fakeClock(NOW.toISOString()), prompt: fakePrompt(answers), showPlan}
  const result = pruneStore(deps, {
    ...{environment: 'production', production: true, command: ['faci', 'prune'], yes: true, dryRun: false},
    rules: pruneRules(DEFAULT_RETENTION, {kinds: [], olderThan: null, openActions: false}),
    ...{signal: new AbortController().signal, ...over},
  })
  return {keeper, shown, result}
}

describe('faci prune', () => {
  it('shows the plan, removes it, reads it back, and records its beginning and its end', async () => {
    const {keeper, shown, result} = prune()
    const {verdict, data} = await result
    expect(verdict).toBe('ok')
    expect(shown).toEqual([data.plan])
    expect(data.removed).toMatchObject([{kind: 'notices', count: 3, names: [FIRST, SECOND, THIRD]}])
    expect((await keeper.contents()).notices).toHaveLength(1)
    expect(keeper.entries.map(({kind}) => kind)).toEqual(['prune.started', 'prune.ended'])
    expect(keeper.isHeld()).toBe(false)
  })

  it('removes nothing in a dry run, and without a yes, and says what would be accepted', async () => {
    const dry = prune(STORE, {dryRun: true})
    expect(await dry.result).toMatchObject({verdict: 'ok', data: {dryRun: true, removed: []}})
    const unattended = prune(STORE, {yes: false})
    const {verdict, data} = await unattended.result
    expect([verdict, data.refusal?.accept]).toEqual(['refused', 'faci prune --yes'])
    const declined = prune(STORE, {yes: false}, {}, ['n'])
    expect((await declined.result).verdict).toBe('refused')
    for (const {keeper} of [dry, unattended, declined]) {
      expect((await keeper.contents()).notices).toHaveLength(4)
      expect(keeper.entries).toEqual([])
    }
  })

  it('asks nobody, and claims nothing, when there is nothing to do', async () => {
    const {keeper, shown, result} = prune(aStore(), {yes: false}, {isLocked: true})
    expect((await result).verdict).toBe('ok')
    expect([shown, keeper.entries]).toEqual([[], []])
  })

  it('goes on with the others when one cannot be removed, and says so', async () => {
    const {keeper, result} = prune(STORE, {}, {stuck: [SECOND]})
    const {verdict, data} = await result
    expect([verdict, data.removed[0]?.count]).toEqual(['bad', 2])
    expect(data.unremoved).toMatchObject([
      {name: SECOND, why: 'failed', reason: expect.stringContaining('EACCES') as string},
    ])
    expect((await keeper.contents()).notices.map(({id}) => id)).toContain(SECOND)
  })

  it('leaves what somebody has written to meanwhile, which is no failure', async () => {
    const {verdict, data} = await prune(STORE, {}, {written: [FIRST]}).result
    expect([verdict, data.unremoved]).toEqual(['ok', [{kind: 'notices', name: FIRST, why: 'changed', reason: null}]])
  })

  it('does not believe what it cannot read back', async () => {
    const {verdict, data} = await prune(STORE, {}, {undead: [FIRST]}).result
    expect([verdict, data.removed[0]?.count, data.unremoved[0]?.why]).toEqual(['bad', 2, 'remains'])
  })

  it('fails for what this account cannot remove, also when there is nothing else, and in a dry run', async () => {
    const contents = aStore({notices: [aNotice(ago(100), {barrier: 'belongs to uid 7'})]})
    expect((await prune(contents).result).verdict).toBe('bad')
    expect((await prune(contents, {dryRun: true}).result).verdict).toBe('bad')
  })

  it('is refused while another one is at it', async () => {
    await expect(prune(STORE, {}, {isLocked: true}).result).rejects.toMatchObject({code: 'locked'})
  })

  it('makes room on a full disk, and says that nothing was noted', async () => {
    const {verdict, data, warnings = []} = await prune(STORE, {}, {isFull: true}).result
    expect([verdict, data.removed[0]?.count]).toEqual(['ok', 3])
    expect(warnings).toHaveLength(2)
  })

  it('ends when it is interrupted, and says what it had removed', async () => {
    const controller = new AbortController()
    const onRemoval = (): void => {
      controller.abort()
    }
    const {keeper, result} = prune(STORE, {signal: controller.signal}, {onRemoval})
    const {verdict, data} = await result
    expect([verdict, data.isInterrupted, data.removed[0]?.count]).toEqual(['interrupted', true, 1])
    expect(keeper.entries.at(-1)).toMatchObject({kind: 'prune.ended', isInterrupted: true})
    expect(keeper.isHeld()).toBe(false)
  })
})
