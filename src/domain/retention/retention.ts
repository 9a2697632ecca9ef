/** What a store keeps until it is pruned, in the order in which it goes: what frees most first, and a run before the incident that it was for. */
export const KEPT_KINDS = ['evidence', 'runs', 'notices', 'pageTests', 'incidents'] as const
export type KeptKind = (typeof KEPT_KINDS)[number]

/** For how many seconds each kind is kept after it ended; null: for ever. */
export type Retention = Readonly<Record<KeptKind, number | null>>

const DAY_SECONDS = 86_400

/** What is younger may still be worked on, whatever somebody asks for. */
export const SHORTEST_SECONDS = DAY_SECONDS

export const DEFAULT_RETENTION: Retention = {
  evidence: 90 * DAY_SECONDS,
  runs: 180 * DAY_SECONDS,
  notices: 90 * DAY_SECONDS,
  pageTests: 90 * DAY_SECONDS,
  incidents: null,
}

/** What is to be pruned this time. */
export interface PruneRules {
  readonly kinds: readonly KeptKind[]
  readonly retention: Retention
  /** Also incidents that somebody still has something to do for. */
  readonly openActions: boolean
}

/** As faci.yml has it; `olderThan` in its place for the kinds that are named, and where none is for all that are not kept for ever. */
export function pruneRules(
  configured: Retention,
  asked: {readonly kinds: readonly KeptKind[]; readonly olderThan: number | null; readonly openActions: boolean},
): PruneRules {
  const {olderThan, openActions} = asked
  const limit = (kind: KeptKind): number | null => {
    const own = configured[kind]
    if (olderThan === null) return own
    return own === null && asked.kinds.length === 0 ? null : olderThan
  }
  const [evidence, runs, notices, pageTests, incidents] = KEPT_KINDS.map(limit) as [
    ...[number | null, number | null, number | null, number | null, number | null],
  ]
  const retention = {evidence, runs, notices, pageTests, incidents}
  return {kinds: asked.kinds.length === 0 ? KEPT_KINDS : asked.kinds, retention, openActions}
}
