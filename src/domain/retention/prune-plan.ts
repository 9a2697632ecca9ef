import type {IsoTime} from '../time/iso-time.js'
import {incidentProtections, type Protection, runProtections, unsettledIncidents} from './protection.js'
import {KEPT_KINDS, type KeptKind, type PruneRules, SHORTEST_SECONDS} from './retention.js'
import {type Size, type StoreContents, type Stored, sum} from './stored.js'

/** What goes: of a kind that is kept for a time, or what nothing refers to. */
export type PrunedKind = KeptKind | 'leftovers'
export const PRUNED_KINDS: readonly PrunedKind[] = [...KEPT_KINDS, 'leftovers']

export interface PruneItem extends Size {
  readonly kind: PrunedKind
  readonly id: string
  readonly version: string
  /** As people call it: `INC-7`. */
  readonly name: string
  /** What it ended; of leftovers the moment of the plan. */
  readonly at: IsoTime
}

/** `young`: within its retention. `forever`: it has none. */
export type StayReason = 'notAsked' | 'forever' | 'young' | Protection | 'barred'

export interface Staying extends Size {
  readonly kind: KeptKind
  readonly why: StayReason
  readonly count: number
}

/** What goes by its age, and this account cannot remove. */
export interface Barred {
  readonly kind: PrunedKind
  readonly name: string
  readonly reason: string
}

export interface PrunePlan {
  /** In the order in which it is removed. */
  readonly goes: readonly PruneItem[]
  readonly stays: readonly Staying[]
  readonly barred: readonly Barred[]
  readonly foreign: readonly string[]
}

interface Candidate {
  readonly kind: KeptKind
  readonly thing: Stored
  readonly name: string
  readonly at: IsoTime
  readonly protection: Protection | null
  /** It is a part of something that goes. */
  readonly goesAlong: boolean
}

interface Judged extends Candidate {
  /** null: it goes. */
  readonly why: StayReason | null
}

/** A time that cannot be read, or that lies ahead, is young: a clock may have gone back. */
function isOld(at: IsoTime, limitSeconds: number, now: Date): boolean {
  return now.getTime() - Date.parse(at) >= Math.max(limitSeconds, SHORTEST_SECONDS) * 1000
}

function whyNot(candidate: Candidate, {kinds, retention}: PruneRules, now: Date): StayReason | null {
  const {kind, at, protection, goesAlong, thing} = candidate
  const limit = retention[kind]
  const last = thing.barrier === null ? null : 'barred'
  if (goesAlong) return last
  if (!kinds.includes(kind)) return 'notAsked'
  if (limit === null) return 'forever'
  // Of what has not ended it would not be true that it ended lately.
  if (!isOld(at, limit, now)) return protection ?? 'young'
  return protection ?? last
}

function judged(candidates: readonly Candidate[], rules: PruneRules, now: Date): readonly Judged[] {
  return candidates.map((candidate) => ({...candidate, why: whyNot(candidate, rules, now)}))
}

function goes({why}: Judged): boolean {
  return why === null
}

function incidentCandidates(contents: StoreContents, {openActions}: PruneRules): readonly Candidate[] {
  const protections = incidentProtections(contents, openActions)
  return contents.incidents.map((thing) => ({
    ...{kind: 'incidents', thing, name: thing.handle, at: thing.lastAt, goesAlong: false},
    protection: protections.get(thing.id) ?? null,
  }))
}

/** What was kept beside a run goes with it. */
function judgedRuns(
  contents: StoreContents,
  rules: PruneRules,
  {now, incidents}: {readonly now: Date; readonly incidents: readonly Judged[]},
): readonly Judged[] {
  const gone = new Set(incidents.filter(goes).map(({thing}) => thing.id))
  const kept = contents.incidents.filter(({id}) => !gone.has(id))
  const protections = runProtections(contents, kept, unsettledIncidents(contents, rules.openActions))
  const runs = judged(
    contents.runs.map((thing) => ({
      ...{kind: 'runs', thing, name: thing.id, at: thing.lastAt, goesAlong: false},
      protection: protections.runs.get(thing.id) ?? null,
    })),
    rules,
    now,
  )
  const going = new Set(runs.filter(goes).map(({thing}) => thing.id))
  const evidence = contents.runs
    .filter((run) => run.evidence.files > 0)
    .map((run) => ({
      ...{kind: 'evidence', thing: run.evidence, name: run.id, at: run.lastAt, goesAlong: going.has(run.id)},
      protection: protections.evidence.get(run.id) ?? null,
    })) satisfies readonly Candidate[]
  return [...judged(evidence, rules, now), ...runs]
}

function otherCandidates({notices, pageTests, neededNotices}: StoreContents): readonly Candidate[] {
  const needed = new Set(neededNotices)
  const newest = pageTests.at(-1)
  return [
    ...notices.map((thing): Candidate => ({
      ...{kind: 'notices', thing, name: thing.id, at: thing.lastAt, goesAlong: false},
      protection: needed.has(thing.id) ? 'needed' : null,
    })),
    ...pageTests.map((thing): Candidate => ({
      ...{kind: 'pageTests', thing, name: thing.id, at: thing.at, goesAlong: false},
      protection: thing.isMixed ? 'mixed' : thing === newest ? 'newest' : null,
    })),
  ]
}

function staying(all: readonly Judged[]): readonly Staying[] {
  const groups = new Map<string, Judged[]>()
  for (const one of all) {
    if (one.why === null) continue
    const key = `${one.kind} ${one.why}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const stays = [...groups.values()].flatMap((group): readonly Staying[] => {
    const [first] = group
    if (first === undefined || first.why === null) return []
    return [{kind: first.kind, why: first.why, count: group.length, ...sum(group.map(({thing}) => thing))}]
  })
  return stays.toSorted((one, other) => KEPT_KINDS.indexOf(one.kind) - KEPT_KINDS.indexOf(other.kind))
}

function leftoverItems({leftovers}: StoreContents, now: Date): readonly PruneItem[] {
  return leftovers
    .filter(({barrier}) => barrier === null)
    .map(({id, version, bytes, files}) => ({
      kind: 'leftovers',
      id,
      version,
      name: id,
      at: now.toISOString(),
      bytes,
      files,
    }))
}

/** What goes, what stays and why, by nothing but what the store holds and the clock. Nothing that is protected ever goes. */
export function planPrune(contents: StoreContents, rules: PruneRules, now: Date): PrunePlan {
  const incidents = judged(incidentCandidates(contents, rules), rules, now)
  const all = [
    ...judgedRuns(contents, rules, {now, incidents}),
    ...judged(otherCandidates(contents), rules, now),
    ...incidents,
  ]
  const items = all.filter(goes).map(({kind, thing: {id, version, bytes, files}, name, at}): PruneItem => ({
    ...{kind, id, version, name, at, bytes, files},
  }))
  const barred = [
    ...all.filter(({why}) => why === 'barred').map(({kind, name, thing}) => ({kind, name, thing})),
    ...contents.leftovers.map((thing) => ({kind: 'leftovers' as const, name: thing.id, thing})),
  ].flatMap(({kind, name, thing}) => (thing.barrier === null ? [] : [{kind, name, reason: thing.barrier}]))
  return {
    goes: [...items, ...leftoverItems(contents, now)],
    stays: staying(all),
    barred,
    foreign: contents.foreign,
  }
}
