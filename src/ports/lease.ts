/** Who holds the right to change a Compose project, and since when. Times are ISO 8601 UTC. */
export interface LeaseHolder {
  readonly id: string
  readonly operator: string
  /** Of the account, where it is another than ours; what `operator` says is only a name. */
  readonly uid: number | null
  readonly host: string
  readonly pid: number
  readonly bootId: string
  readonly reason: string
  readonly runId: string | null
  readonly takenAt: string
  readonly heartbeatAt: string
}

export type LeaseState =
  | {readonly kind: 'free'}
  /** `remains`: the holder is gone, but of what it started, processes of this session still run; null while the holder lives. */
  | {readonly kind: 'held'; readonly holder: LeaseHolder; readonly remains: number | null}
  /** The holder is gone: its process died, its host rebooted, or its heartbeat is too old. `why` says which. */
  | {readonly kind: 'stale'; readonly holder: LeaseHolder; readonly why: string}

export interface LeaseRequest {
  readonly reason: string
  readonly runId: string | null
  /** Take it from a stale holder; the takeover is recorded with this reason. Never takes from a live one. */
  readonly takeover?: string
}

export interface Lease {
  readonly holder: LeaseHolder
  /** Set when it was taken over from a stale holder. */
  readonly takenFrom: LeaseHolder | null
  /** Throws `locked` when the lease is no longer ours (a laptop slept, somebody took it over). Call before each change. */
  readonly recheck: () => Promise<void>
  readonly release: () => Promise<void>
}

/** One lease for each Compose project. */
export interface Leases {
  readonly inspect: (project: string) => Promise<LeaseState>
  /** Errors: `locked`, naming holder, host, pid and reason; for a stale one with the words that take it over. */
  readonly take: (project: string, request: LeaseRequest) => Promise<Lease>
  /**
   * Proves that this process belongs to a block of the run that holds the lease: the block still runs, started this process, and was given
   * this token. Errors: `refused`.
   */
  readonly join: (project: string, token: string) => Promise<LeaseHolder>
  /**
   * What this process holds, or has joined, stays held while anything of the session lives that `pid` leads, even when the holder dies.
   * Resolves, once that is on record, to what ends it. `token`: with it, what `pid` starts may join until then. Errors: `unreachable`.
   */
  readonly keepFor: (pid: number, token?: string) => Promise<() => Promise<void>>
}
