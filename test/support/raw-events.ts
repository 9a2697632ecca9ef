import type {HistorySeries} from './prometheus-history.js'

const MINUTE = 60
const DAY = 86_400

/** What one replica did in one minute; `good` requests took at most half a second. */
export interface Minute {
  readonly total: number
  readonly bad: number
  readonly slow: number
}

export interface ReplicaPlan {
  readonly instance: string
  /** Seconds since the epoch. */
  readonly start: number
  /** Processes that end right after the sample of that minute: every counter begins at 0 again. */
  readonly restarts: readonly number[]
  /** Ranges in which it is scraped in vain: `up` is 0, nothing else is there. */
  readonly unreachable: readonly (readonly [number, number])[]
  /** Its errors have no series before their first. */
  readonly lazyErrors: boolean
}

export interface World {
  readonly start: number
  readonly end: number
  readonly replicas: readonly ReplicaPlan[]
  /** Ranges in which Prometheus itself was down: no samples at all. */
  readonly gaps: readonly (readonly [number, number])[]
  readonly minute: (at: number, replica: number) => Minute
}

function inside(ranges: readonly (readonly [number, number])[], at: number): boolean {
  return ranges.some(([from, to]) => at > from && at <= to)
}

/** Deterministic, evenly spread, 0..1. */
export function spread(seed: number): number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32
}

/** Cars are looked for by day, hardly by night, and not at all from three to five. */
export function traffic(at: number, replica: number): number {
  const hour = (at % DAY) / 3600
  if (hour >= 3 && hour < 5) return 0
  const curve = Math.max(0, Math.sin(((hour - 5) / 22) * Math.PI)) ** 2
  return Math.floor(curve * 90 * (0.75 + spread(at + replica) / 2))
}

interface Counters {
  readonly total: [number, number][]
  readonly bad: [number, number][]
  readonly fast: [number, number][]
  readonly up: [number, number][]
}

function scrape(world: World, plan: ReplicaPlan, index: number): Counters {
  const made: Counters = {total: [], bad: [], fast: [], up: []}
  let [total, bad, fast] = [0, 0, 0]
  for (let at = plan.start; at <= world.end; at += MINUTE) {
    if (at > plan.start) {
      const minute = world.minute(at, index)
      total += minute.total
      bad += minute.bad
      fast += minute.total - minute.slow
    }
    if (inside(world.gaps, at)) continue
    const isUp = !inside(plan.unreachable, at)
    made.up.push([at, isUp ? 1 : 0])
    if (!isUp) continue
    made.total.push([at, total])
    made.fast.push([at, fast])
    if (!plan.lazyErrors || bad > 0) made.bad.push([at, bad])
    if (plan.restarts.includes(at)) {
      ;[total, bad, fast] = [0, 0, 0]
    }
  }
  return made
}

/** The series that Prometheus would hold of such a world, scraped once a minute. */
export function seriesOf(world: World): readonly HistorySeries[] {
  return world.replicas.flatMap((plan, index) => {
    const {total, bad, fast, up} = scrape(world, plan, index)
    const labels = `job="shop",instance="${plan.instance}"`
    const errors = new Map(bad)
    const good = total.map(([at, value]): [number, number] => [at, value - (errors.get(at) ?? 0)])
    const request = `${labels},endpoint="/recommend",method="POST"`
    return [
      {series: `http_requests_total{${request},status="200"}`, type: 'counter', samples: good},
      {series: `http_requests_total{${request},status="500"}`, type: 'counter', samples: bad},
      {series: `http_request_duration_seconds_bucket{${request},le="0.5"}`, type: 'counter', samples: fast},
      {series: `http_request_duration_seconds_bucket{${request},le="+Inf"}`, type: 'counter', samples: total},
      {series: `http_request_duration_seconds_count{${request}}`, type: 'counter', samples: total},
      {series: `up{${labels}}`, type: 'gauge', samples: up},
    ] as const
  })
}

/** The events of a range, added up one by one, and not from any sample. */
export function rawEvents(world: World, from: number, to: number): Minute {
  const sum = {total: 0, bad: 0, slow: 0}
  for (const [index, plan] of world.replicas.entries()) {
    for (let at = Math.max(from, plan.start) + MINUTE; at <= to; at += MINUTE) {
      const minute = world.minute(at, index)
      sum.total += minute.total
      sum.bad += minute.bad
      sum.slow += minute.slow
    }
  }
  return sum
}

/** Seconds of a range in which Prometheus scraped, and in which some replica answered. */
export function rawUptime(world: World, from: number, to: number): {readonly known: number; readonly up: number} {
  let [known, up] = [0, 0]
  for (let at = from + MINUTE; at <= to; at += MINUTE) {
    const there = world.replicas.filter(({start}) => at >= start)
    if (there.length === 0 || inside(world.gaps, at)) continue
    known += MINUTE
    if (there.some(({unreachable}) => !inside(unreachable, at))) up += MINUTE
  }
  return {known, up}
}

/** The share of a range's minutes in which some replica was scraped, and answered if it must. */
export function rawCoverage(world: World, from: number, to: number, mustAnswer: boolean): number {
  let [seen, all] = [0, 0]
  for (let at = from + MINUTE; at <= to; at += MINUTE) {
    all += 1
    if (inside(world.gaps, at)) continue
    if (world.replicas.some(({start, unreachable}) => at >= start && !(mustAnswer && inside(unreachable, at))))
      seen += 1
  }
  return seen / all
}
