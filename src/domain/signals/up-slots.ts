import {promDuration, quoted} from '../promql/promql.js'
import type {EventQueries} from './counted-events.js'

/** At least once a minute Prometheus scrapes something, or it does not live; a quarter more, for a scrape that is late. */
const ALIVE_SECONDS = 75
/** How far back the job is looked for: what has been there is down when it is gone, what never was is not measured. */
const MEMORY_SECONDS = 30 * 86_400
const MEMORY_STEP_SECONDS = 300
/** Of the last two of those steps: a job that is younger was there before the first of them. */
const YOUNG_STEP_SECONDS = 5

/** How far back it is looked for when a window is measured. */
export function memoryFor(windowSeconds: number): number {
  return Math.max(windowSeconds, MEMORY_SECONDS)
}

/** By the range, so that no query has many more points than a month of minutes. */
const SLOTS: readonly (readonly [longest: number, slot: number])[] = [
  [21_600, 5],
  [86_400, 15],
  [259_200, 30],
]
const MINUTE = 60
const MOST_SLOTS = 43_200

function slotSeconds(rangeSeconds: number): number {
  const found = SLOTS.find(([longest]) => rangeSeconds <= longest)
  return found?.[1] ?? Math.max(1, Math.ceil(rangeSeconds / MOST_SLOTS / MINUTE)) * MINUTE
}

const UNITS: Readonly<Record<string, number>> = {ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400}

/**
 * `[1h] @ 1790000000` → `[1h:5s] @ 1790000000`, and the 5. Not longer than the job is old, in seconds: before that every slot is unknown,
 * and Prometheus would look at each, a second for a month of them. The slots stay those of the range as written.
 */
function slotted(range: string, ageSeconds: number): {readonly range: string; readonly slot: number} {
  const [, count = '', unit = '', rest = ''] = /^\[(\d+)(ms|[smhd])\](.*)$/.exec(range) ?? []
  const seconds = Number(count) * (UNITS[unit] ?? 1)
  const slot = slotSeconds(seconds)
  return {
    range: `[${promDuration(Math.min(seconds, Math.ceil(ageSeconds) + slot))}:${promDuration(slot)}]${rest}`,
    slot,
  }
}

/** After its start Prometheus has scraped every target once in about so long. */
const TURN_SECONDS = 30

/** Prometheus scrapes, and did a little before: after its start a target that has not had its turn is not down. */
const ALIVE = `(max(count_over_time(up[${ALIVE_SECONDS}s])) and max(count_over_time(up[${ALIVE_SECONDS}s] offset ${TURN_SECONDS}s)))`

/** When the job was first there in those seconds before; nothing when it never was. By what was scraped. */
export function firstSeen(job: string, memorySeconds = MEMORY_SECONDS): string {
  const first = (back: number, step: number): string =>
    `min_over_time((0 * max(up{job=${quoted(job)}}) + time())[${promDuration(back)}:${promDuration(step)}] @ end())`
  const young = `label_replace(${first(2 * MEMORY_STEP_SECONDS, YOUNG_STEP_SECONDS)}, "age", "young", "", "")`
  return `min(${first(memorySeconds, MEMORY_STEP_SECONDS)} or ${young})`
}

/** Has a value from the time on that PromQL text gives as a scalar. */
function since(time: string): string {
  return `(vector(time()) >= ${time})`
}

/** Has a value once the job has been there, as a query that finds that out by itself: each time it stands in an expression. */
export function everSeen(job: string, memorySeconds = MEMORY_SECONDS): string {
  return since(`scalar(${firstSeen(job, memorySeconds)})`)
}

/** What is known of a job at a time: whether it has been there, and for how long at most. */
export interface Seen {
  /** PromQL: has a value once it has. */
  readonly seen: string
  readonly ageSeconds: number
}

/** The same where the answer to `firstSeen` at that time is known, both in seconds since the epoch; null: the job was never there. */
export function seenSince(first: number | null, at: number): Seen {
  return {seen: since(first === null ? 'Inf' : String(first)), ageSeconds: Math.max(0, at - (first ?? at))}
}

/** Prometheus scrapes, and the job has been `seen`. */
function known(seen: string): string {
  return `(${ALIVE} and ${seen})`
}

/** Longer than Prometheus can be taken for alive after the last scrape of a job that is scraped once a minute. */
const FRESH_SECONDS = ALIVE_SECONDS + 60
/** A job with fewer scrapes in ten minutes is scraped less than once a minute: its last sample may be older. */
const INTERVAL_RANGE = '[10m]'
/** A sample counts for so long: what Prometheus missed since the last one lies within. */
const LOOKBACK = '5m'
const FEWEST_SCRAPES = 9

/**
 * The job's targets, without those whose last sample is old: one that vanished while Prometheus was away has no marker that says so, and
 * would be up for five minutes more. By what ranges hold: `timestamp()` takes Prometheus a minute over a month.
 */
function targetsOf(job: string): string {
  const up = `up{job=${quoted(job)}}`
  const scrapes = `count_over_time(${up}${INTERVAL_RANGE}`
  // As it was before: in what Prometheus missed it scraped every job less. Of a young job only the present is known.
  const isSlow = `(max(${scrapes} offset ${LOOKBACK})) or max(${scrapes}))) < ${FEWEST_SCRAPES}`
  return `(${up} and present_over_time(${up}[${FRESH_SECONDS}s])) or (${up} and on () ${isSlow})`
}

/** 1 while some target of the job is up, else 0; nothing while that is not known. What is asked a thousand times stands in it once. */
function upOrDown(job: string, seen: string): string {
  return `((max(${targetsOf(job)}) or vector(0)) + 0 * ${known(seen)})`
}

/** The share of the known time before now in which the job was up: what `slo report` says of the same window. */
export function upShare(job: string, rangeSeconds: number, memorySeconds = memoryFor(rangeSeconds)): string {
  const {range} = slotted(`[${promDuration(rangeSeconds)}]`, Infinity)
  return `avg_over_time(${upOrDown(job, everSeen(job, memorySeconds))}${range})`
}

/**
 * Seconds in which a job was up, of those that are known. A slot is up when some target of the job is; down when none is, also when they all
 * have vanished from discovery; and not known while Prometheus scraped nothing at all, or before the job was `seen` for the first time,
 * `ageSeconds` before the latest time that is asked about.
 */
export function upQueries(job: string, seen: string, ageSeconds = Infinity): EventQueries {
  const over = (fold: string, value: string, written: string): string => {
    const {range, slot} = slotted(written, ageSeconds)
    return `${slot} * ${fold}(${value}${range})`
  }
  return {
    side: 'good',
    part: (range) => over('sum_over_time', upOrDown(job, seen), range),
    total: (range) => over('count_over_time', known(seen), range),
    present: (range) => `max(present_over_time(up${range})) and ${seen}`,
  }
}
