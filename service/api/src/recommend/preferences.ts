export const USES = ['city', 'family', 'work', 'travel', 'first-car', 'ride-hailing'] as const
export type Use = (typeof USES)[number]

export const PRIORITIES = ['economy', 'space', 'performance', 'comfort', 'safety', 'resale'] as const
export type Priority = (typeof PRIORITIES)[number]

const DEFAULT_LIMIT = 5
const DEFAULT_PRIORITIES: Preferences['priorities'] = {
  economy: 3,
  space: 3,
  performance: 3,
  comfort: 3,
  safety: 3,
  resale: 3,
}

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
  /** 1 (does not matter) to 5 (decides). */
  readonly priorities: Readonly<Record<Priority, number>>
  readonly limit: number
}

export function readPreferences(body: RecommendBody): Preferences {
  return {
    budgetMin: body.budget.min ?? 0,
    budgetMax: body.budget.max,
    use: body.use,
    priorities: {...DEFAULT_PRIORITIES, ...body.priorities},
    limit: body.limit ?? DEFAULT_LIMIT,
  }
}
