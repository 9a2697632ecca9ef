export const USES = ['city', 'family', 'work', 'travel', 'first-car', 'ride-hailing'] as const
export type Use = (typeof USES)[number]

export const PRIORITIES = ['economy', 'space', 'performance', 'comfort', 'safety', 'resale'] as const
export type Priority = (typeof PRIORITIES)[number]

export const DEFAULT_LIMIT = 5
const DEFAULT_PRIORITY = 3

/** The body of POST /recommend, already validated. */
export interface RecommendBody {
  readonly budget: {readonly min?: number; readonly max: number}
  readonly use: Use
  readonly priorities?: Readonly<Partial<Record<Priority, number>>>
  readonly limit?: number
  readonly user_id?: string
}

/** What decides the ranking, with every default filled in: equal preferences always give equal recommendations. */
export interface Preferences {
  readonly budgetMin: number
  readonly budgetMax: number
  readonly use: Use
  /** 1 (indifferent) to 5 (decisive). */
  readonly priorities: Readonly<Record<Priority, number>>
  readonly limit: number
}

export function readPreferences(body: RecommendBody): Preferences {
  return {
    budgetMin: body.budget.min ?? 0,
    budgetMax: body.budget.max,
    use: body.use,
    priorities: {
      economy: body.priorities?.economy ?? DEFAULT_PRIORITY,
      space: body.priorities?.space ?? DEFAULT_PRIORITY,
      performance: body.priorities?.performance ?? DEFAULT_PRIORITY,
      comfort: body.priorities?.comfort ?? DEFAULT_PRIORITY,
      safety: body.priorities?.safety ?? DEFAULT_PRIORITY,
      resale: body.priorities?.resale ?? DEFAULT_PRIORITY,
    },
    limit: body.limit ?? DEFAULT_LIMIT,
  }
}
