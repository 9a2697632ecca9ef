/** One series of a backend's history, to the last minute, `EVALUATED_AT`. */
export interface StoredSeries {
  readonly labels: Readonly<Record<string, string>>
  /** A value a minute. */
  readonly values: readonly number[]
}

export interface TimedSample {
  /** Seconds since the epoch. */
  readonly at: number
  readonly value: number
}

/** Long past, so that no backend holds back what is newest or refuses what is to come. */
export const EVALUATED_AT = Date.UTC(2024, 2, 5, 12) / 1000

const STEP_SECONDS = 60

const MINUTES = 25 * 60
const LATE_RESTART = MINUTES - 2
const YOUNG_MINUTES = 6 * 60

/** Prometheus 3 writes `1.0` where 2.x kept the `1` that was scraped. */
export type BoundSpelling = 'scraped' | 'float'

export function samplesOf({values}: StoredSeries): readonly TimedSample[] {
  return values.map((value, index) => ({at: EVALUATED_AT - (values.length - 1 - index) * STEP_SECONDS, value}))
}

/** Traffic is 1 a day ago, 2 an hour ago, 3 now: no two of the three windows that are compared have the same rate. */
function load(minute: number): number {
  if (minute <= 90) return 1
  return minute <= MINUTES - 30 ? 2 : 3
}

/**
 * Grows evenly through every window of minutes that faci asks about. There the backends agree: Prometheus extrapolates to the
 * window's edges and VictoriaMetrics takes the sample before it, which only tells uneven growth apart.
 */
function counter(perMinute: number, restartsAt = Infinity): readonly number[] {
  let value = 1000
  return Array.from({length: MINUTES + 1}, (_, minute) => {
    value = (minute === restartsAt ? 0 : value) + perMinute * load(minute)
    return value
  })
}

function constant(value: number): readonly number[] {
  return Array.from({length: MINUTES + 1}, () => value)
}

const BOUNDS = ['0.1', '0.25', '0.5', '1', '2.5', '+Inf']

function histogram(
  name: string,
  labels: StoredSeries['labels'],
  perMinute: readonly number[],
  spelling: BoundSpelling,
): readonly StoredSeries[] {
  const total = perMinute.at(-1) ?? 0
  const spelled = (bound: string): string => (spelling === 'float' && bound === '1' ? '1.0' : bound)
  return [
    ...BOUNDS.map((bound, index) => ({
      labels: {...labels, __name__: `${name}_bucket`, le: spelled(bound)},
      values: counter(perMinute[index] ?? total),
    })),
    {labels: {...labels, __name__: `${name}_count`}, values: counter(total)},
    {labels: {...labels, __name__: `${name}_sum`}, values: counter(total / 4)},
  ]
}

/** A service with all that faci asks about; the second of its two replicas restarts within the newest window. */
function busy(spelling: BoundSpelling): readonly StoredSeries[] {
  const job = 'shop'
  return ['a:8000', 'b:8000'].flatMap((instance) => {
    const labels = {job, instance}
    const restart = instance === 'b:8000' ? LATE_RESTART : Infinity
    const requests = (endpoint: string, status: string, perMinute: number): StoredSeries => ({
      labels: {...labels, __name__: 'http_requests_total', endpoint, status},
      values: counter(perMinute, restart),
    })
    const plain = (name: string, perMinute: number): StoredSeries => ({
      labels: {...labels, __name__: name},
      values: counter(perMinute, restart),
    })
    return [
      requests('/recommend', '200', 600),
      requests('/recommend', '500', 12),
      requests('/recommend', '404', 24),
      requests('/cars', '200', 300),
      requests('/health', '200', 4),
      ...histogram(
        'http_request_duration_seconds',
        {...labels, endpoint: '/recommend'},
        [100, 300, 500, 600, 630, 636],
        spelling,
      ),
      ...histogram(
        'http_request_duration_seconds',
        {...labels, endpoint: '/cars'},
        [250, 290, 298, 300, 300, 300],
        spelling,
      ),
      ...histogram('http_request_duration_seconds', {...labels, endpoint: '/health'}, [4, 4, 4, 4, 4, 4], spelling),
      ...histogram('recommendation_duration_seconds', labels, [200, 400, 550, 590, 600, 600], spelling),
      plain('recommendations_total', 600),
      plain('recommendation_match_score_sum', 492),
      plain('recommendation_match_score_count', 600),
      plain('recommendation_diversity_score_sum', 222),
      plain('recommendation_diversity_score_count', 600),
      plain('cache_hits_total', 480),
      plain('cache_misses_total', 120),
      plain('process_cpu_seconds_total', instance === 'a:8000' ? 12 : 18),
      {labels: {...labels, __name__: 'whatsapp_clicks_total', dealership: 'north'}, values: counter(30, restart)},
      {labels: {...labels, __name__: 'whatsapp_clicks_total', dealership: 'south'}, values: counter(12, restart)},
      {labels: {...labels, __name__: 'up'}, values: constant(1)},
      {labels: {...labels, __name__: 'process_resident_memory_bytes'}, values: constant(150_000_000)},
      {labels: {...labels, __name__: 'cars_total'}, values: constant(400)},
      {labels: {...labels, __name__: 'cars_without_image'}, values: constant(14)},
    ]
  })
}

/** Traffic without one failed request, and a cache that never hit: those series do not exist. */
function faultless(spelling: BoundSpelling): readonly StoredSeries[] {
  const labels = {job: 'faultless', instance: 'c:8000'}
  return [
    {labels: {...labels, __name__: 'http_requests_total', endpoint: '/cars', status: '200'}, values: counter(60)},
    ...histogram('http_request_duration_seconds', {...labels, endpoint: '/cars'}, [0, 0, 10, 40, 50, 60], spelling),
    {labels: {...labels, __name__: 'cache_misses_total'}, values: counter(120)},
  ]
}

/** Nobody asks: its counters stand still. */
function idle(spelling: BoundSpelling): readonly StoredSeries[] {
  const labels = {job: 'idle', instance: 'd:8000'}
  const still = (series: StoredSeries): StoredSeries => ({...series, values: constant(series.values[0] ?? 0)})
  return [
    {labels: {...labels, __name__: 'http_requests_total', endpoint: '/cars', status: '200'}, values: counter(60)},
    {labels: {...labels, __name__: 'http_requests_total', endpoint: '/cars', status: '500'}, values: counter(6)},
    ...histogram('http_request_duration_seconds', {...labels, endpoint: '/cars'}, [0, 0, 10, 40, 50, 60], spelling),
    {labels: {...labels, __name__: 'recommendations_total'}, values: counter(60)},
    {labels: {...labels, __name__: 'whatsapp_clicks_total', dealership: 'north'}, values: counter(30)},
    {labels: {...labels, __name__: 'cache_hits_total'}, values: counter(30)},
  ].map(still)
}

/** Measured for six hours only, with one replica down in the last of them. */
function young(): readonly StoredSeries[] {
  const labels = {job: 'young', instance: 'e:8000'}
  const recent = (series: StoredSeries): StoredSeries => ({...series, values: series.values.slice(-YOUNG_MINUTES)})
  return [
    {labels: {...labels, __name__: 'http_requests_total', endpoint: '/cars', status: '200'}, values: counter(60)},
    {labels: {...labels, __name__: 'http_requests_total', endpoint: '/cars', status: '500'}, values: counter(3)},
    {labels: {...labels, __name__: 'up'}, values: constant(1)},
    {labels: {...labels, instance: 'f:8000', __name__: 'up'}, values: constant(1).map(fallsAt(MINUTES - 59))},
  ].map(recent)
}

function fallsAt(minute: number): (value: number, index: number) => number {
  return (value, index) => (index < minute ? value : 0)
}

function machine(): readonly StoredSeries[] {
  const labels = {job: 'node', instance: 'm:9100'}
  const disk = (name: string, mountpoint: string, fstype: string, value: number): StoredSeries => ({
    labels: {...labels, __name__: `node_filesystem_${name}_bytes`, mountpoint, fstype},
    values: constant(value),
  })
  return [
    disk('size', '/', 'ext4', 100e9),
    disk('avail', '/', 'ext4', 37e9),
    disk('size', '/run', 'tmpfs', 1e9),
    disk('avail', '/run', 'tmpfs', 1e6),
    ...['0', '1'].map((cpu) => ({
      labels: {...labels, __name__: 'node_cpu_seconds_total', cpu, mode: 'idle'},
      values: counter(45),
    })),
    {labels: {...labels, __name__: 'node_memory_MemTotal_bytes'}, values: constant(8e9)},
  ]
}

/** The history that every backend under test is given. */
export function shopSeries(spelling: BoundSpelling): readonly StoredSeries[] {
  return [...busy(spelling), ...faultless(spelling), ...idle(spelling), ...young(), ...machine()]
}
