import type {Random} from './seeded-random.js'
import {pick} from './seeded-random.js'

const USES = ['city', 'family', 'work', 'travel', 'first-car', 'ride-hailing'] as const
const PRIORITIES = ['economy', 'space', 'performance', 'comfort', 'safety', 'resale'] as const

/** The body of POST /recommend. */
interface BuyerWishes {
  readonly user_id: string
  readonly budget: {readonly min?: number; readonly max: number}
  readonly use: (typeof USES)[number]
  readonly priorities: Readonly<Record<string, number>>
  readonly limit: number
}

/** Above the cache hit rate wanted, for the entries that expire meanwhile. */
const RETURNING_SHARE = 0.87
const REMEMBERED = 50
/** Under the API's default TTL: a buyer who comes back later finds the answer gone. */
const FORGOTTEN_AFTER_MS = 240_000

export type BuyerPool = (nowMs: number) => BuyerWishes

/** Who asks for a recommendation now: mostly someone who asked lately, whatever the rate of requests. */
export function createBuyerPool(random: Random): BuyerPool {
  let recent: {readonly wishes: BuyerWishes; readonly sinceMs: number}[] = []
  let newcomers = 0
  return (nowMs) => {
    recent = recent.filter(({sinceMs}) => nowMs - sinceMs < FORGOTTEN_AFTER_MS)
    if (recent.length > 0 && random() < RETURNING_SHARE) return pick(random, recent).wishes
    const wishes = inventWishes(random, ++newcomers)
    recent = [...recent, {wishes, sinceMs: nowMs}].slice(-REMEMBERED)
    return wishes
  }
}

function inventWishes(random: Random, number: number): BuyerWishes {
  // Cheaper budgets are more common; steps of R$ 500 leave room for every newcomer to differ.
  const max = 45_000 + Math.round((random() ** 1.7 * 200_000) / 500) * 500
  return {
    user_id: `buyer-${String(number)}`,
    budget: random() < 0.3 ? {min: Math.round(max * 0.5), max} : {max},
    use: pick(random, USES),
    priorities: Object.fromEntries(PRIORITIES.map((name) => [name, 1 + Math.floor(random() * 5)])),
    limit: pick(random, [3, 5, 5, 5, 10]),
  }
}
