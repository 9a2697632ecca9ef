export type Labels = Readonly<Record<string, string>>

/** One sample of an instant vector. The value may be NaN or ±Inf, exactly as the backend said: callers decide. */
export interface Sample {
  readonly labels: Labels
  readonly value: number
}

export interface Point {
  /** Seconds since the epoch. */
  readonly at: number
  readonly value: number
}

export interface Series {
  readonly labels: Labels
  readonly points: readonly Point[]
}
