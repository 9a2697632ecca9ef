/** What a person should know of an objective's figures, worded in `render/words`. */
export type ObjectiveNote =
  | {readonly why: 'noBucket'; readonly histogram: string; readonly thresholdSeconds: number}
  /** `part` of `total` events were good, or bad; null: the backend has no such series. */
  | {
      readonly why: 'impossibleCounts'
      readonly part: number | null
      readonly side: 'bad' | 'good'
      readonly total: number | null
    }
  | {readonly why: 'noErrorSeries'}
  | ObjectiveDoubt

/** Why the figures cannot be relied on. */
export type ObjectiveDoubt =
  /** `text`: the backend's own, which is English. */
  | {readonly why: 'warned'; readonly text: string}
  | {
      readonly why: 'notKept'
      readonly keptSeconds: number
      readonly windowSeconds: number
      /** So much of the window can be there. */
      readonly coveredSeconds: number
    }
  | {readonly why: 'measuredTooShort'; readonly measuredSeconds: number; readonly windowSeconds: number}

/** Why an alert tier, named by its long window, is of no use for an objective. */
export type TierProblem =
  /** `threshold`, an error ratio: `factor` times `budget`. */
  | {
      readonly why: 'neverFires'
      readonly tierSeconds: number
      readonly factor: number
      readonly budget: number
      readonly threshold: number
    }
  /** `factor`: the burn rate at which it would fire. */
  | {
      readonly why: 'firesBelowOne'
      readonly tierSeconds: number
      readonly factor: number
      readonly windowSeconds: number
    }

/** What is to be known of an objective's burn rates and tiers. */
export type BurnNote =
  | ObjectiveNote
  | TierProblem
  /** With fewer than `fewest` events in the tier's long window a single bad one trips it. */
  | {readonly why: 'fewEvents'; readonly tierSeconds: number; readonly events: number; readonly fewest: number}

/** What the rules of an objective leave out. */
export type RuleNote = TierProblem | {readonly why: 'noTests'}

/** What the figures of several objectives leave out: a service does not count what a proxy before it answers by itself. */
export interface ReportNote {
  readonly why: 'refusedUncounted'
  readonly objectives: readonly string[]
}

export type SloNote = BurnNote | RuleNote | ReportNote
