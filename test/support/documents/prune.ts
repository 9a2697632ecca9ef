import {DEFAULT_RETENTION, pruneRules} from '../../../src/domain/retention/retention.js'
import type {StoreContents} from '../../../src/domain/retention/stored.js'
import type {PruneDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {pruneStore, type PruneStoreInput} from '../../../src/usecases/retention/prune-store.js'
import {aNotice, anIncident, aRun, aStore, aTest, DAY, ulidAt} from '../builders/store.js'
import {fakeClock} from '../fakes/clock.js'
import {fakePrompt} from '../fakes/prompt.js'
import {fakeStoreKeeper} from '../fakes/store-keeper.js'
import {NOW} from './stack.js'

const ago = (days: number): number => NOW.getTime() - days * DAY
const logs = (begun: number, bytes: number) => ({
  evidence: {id: ulidAt(begun), bytes, files: 2, version: '1', barrier: null},
})
const OLD = Array.from({length: 34}, (_, index) =>
  aRun(ago(400 - index), {bytes: 8192, ...logs(ago(400 - index), 2e6)}),
)
const STUCK = aRun(ago(420), {barrier: 'this account may not write to .faci/runs, which belongs to uid 1001'})
const HALF = {...{id: 'runs/.pruning-01K00000000000000000000000', bytes: 4096, files: 1}, version: '1', barrier: null}

/** Something of each kind that goes, and something that stays for each reason. */
const FULL: StoreContents = aStore({
  runs: [
    STUCK,
    ...OLD,
    aRun(ago(300), {ending: 'notEnded'}),
    aRun(ago(299), {ending: 'unknown'}),
    aRun(ago(298), {isInUse: true}),
    aRun(ago(297), {isMixed: true}),
    aRun(ago(296), {runbook: 'api-down'}),
    aRun(ago(295), {images: [{as: 'kept', name: 'faci/shop/api:previous', imageId: 'sha256:1'}]}),
    ...Array.from({length: 31}, (_, index) => aRun(ago(200) + index * 60_000)),
    aRun(ago(20)),
  ],
  incidents: [
    anIncident(ago(390), {handle: 'INC-1'}),
    anIncident(ago(389), {handle: 'INC-2', openActions: 1}),
    anIncident(ago(388), {handle: 'INC-3', ending: 'notEnded'}),
    anIncident(ago(387), {handle: 'INC-4', mergedInto: 'INC-3'}),
  ],
  notices: [aNotice(ago(120)), aNotice(ago(119), {id: `${ulidAt(ago(119))}-summary`}), aNotice(ago(1))],
  pageTests: [aTest(ago(200)), aTest(ago(150))],
  leftovers: [HALF],
  neededNotices: [`${ulidAt(ago(119))}-summary`],
  foreign: ['runs/notes.txt', 'runs/old'],
})

type Over = Partial<Pick<PruneStoreInput, 'yes' | 'dryRun' | 'rules'>>

async function make(
  contents: StoreContents,
  over: Over,
  troubles: Parameters<typeof fakeStoreKeeper>[1] = {},
  answers: readonly string[] | null = null,
): Promise<PruneDocument> {
  const keeper = fakeStoreKeeper(contents, troubles)
  const deps = {
    ...{keeper, clock: fakeClock(NOW.toISOString()), prompt: fakePrompt(answers)},
    showPlan: () => Promise.resolve(),
  }
  const result = await pruneStore(deps, {
    ...{environment: 'staging', production: false, command: ['faci', 'prune'], yes: true, dryRun: false},
    rules: pruneRules(DEFAULT_RETENTION, {kinds: [], olderThan: null, openActions: false}),
    ...{signal: new AbortController().signal, ...over},
  })
  return envelope('prune', result, NOW)
}

export function pruneDocuments(): Promise<readonly PruneDocument[]> {
  const incidents = {kinds: ['incidents'], olderThan: 30 * 86_400, openActions: false} as const
  const [first = STUCK] = OLD
  const third = OLD[2]?.id ?? ''
  const some = aStore({runs: FULL.runs.filter(({barrier}) => barrier === null)})
  return Promise.all([
    make(FULL, {dryRun: true}),
    make(FULL, {}, {stuck: [first.id], written: [third], undead: [OLD[3]?.id ?? '']}),
    make(FULL, {yes: false}),
    make(FULL, {yes: false}, {}, ['n']),
    make(FULL, {rules: pruneRules(DEFAULT_RETENTION, incidents)}),
    make(some, {}, {isFull: true}),
    make(aStore({runs: [aRun(ago(1))]}), {}),
    make(aStore(), {dryRun: true}),
  ])
}
