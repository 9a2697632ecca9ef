import {jobMatchers, promDuration, type Scope, selector} from '../promql/promql.js'
import {type BusinessSignalName, mean, over, quantile, rate, type Signal} from './signal.js'

/** Conversion is slow: its counters are held against each other over a day. */
const CONVERSION_SECONDS = 86_400

function increase(scope: Scope, counter: string, ...labels: readonly string[]): string {
  const window = `[${promDuration(scope.conversionSeconds ?? CONVERSION_SECONDS)}]`
  return `${over(scope, 'sum', ...labels)}(increase(${counter}${selector(jobMatchers(scope))}${window}))`
}

function total(scope: Scope, gauge: string): string {
  return `${over(scope, 'max')}(${gauge}${selector(jobMatchers(scope))})`
}

/** Hits and misses a second; one without series counts as zero. */
function lookups(scope: Scope): string {
  const [hits, misses] = [rate(scope, 'cache_hits_total'), rate(scope, 'cache_misses_total')]
  return `((${hits} or 0 * ${misses}) + (${misses} or 0 * ${hits}))`
}

function onJob({job}: Scope): string {
  return job === null ? 'on ()' : 'on (job)'
}

const SHARE = {unit: 'ratio', good: 'above', traffic: 'recommendations'} as const

/** The guide's business metrics: recommendations, conversion, quality, cache. */
export const BUSINESS_SIGNALS: readonly Signal<BusinessSignalName>[] = [
  {
    name: 'recommendations',
    title: 'recommendations',
    group: 'recommendations',
    unit: 'perMinute',
    good: 'above',
    traffic: null,
    recorded: 'job:recommendations_per_minute:rate5m',
    expression: (scope) => `60 * ${rate(scope, 'recommendations_total')}`,
  },
  {
    ...SHARE,
    name: 'matchScore',
    title: 'mean match score',
    group: 'recommendations',
    recorded: 'job:recommendation_match_score:mean5m',
    expression: (scope) => mean(scope, 'recommendation_match_score'),
  },
  {
    name: 'recommendationP95',
    title: 'recommendation p95',
    group: 'recommendations',
    unit: 'seconds',
    good: 'below',
    traffic: 'recommendations',
    recorded: 'job:recommendation_duration_seconds:p95_rate5m',
    expression: (scope) => quantile(scope, 0.95, 'recommendation_duration_seconds', jobMatchers(scope)),
  },
  {
    ...SHARE,
    name: 'whatsappClickThrough',
    title: 'WhatsApp click-through, 1 day',
    group: 'conversion',
    recorded: 'job:whatsapp_clicks_per_recommendation:ratio_increase1d',
    expression: (scope) =>
      `${increase(scope, 'whatsapp_clicks_total')} / (${increase(scope, 'recommendations_total')} > 0)`,
  },
  {
    // Recommendations carry no dealership: a share of all of them, no click-through of that dealership's own.
    ...SHARE,
    name: 'whatsappByDealership',
    title: 'clicks for each recommendation',
    group: 'conversion',
    by: 'dealership',
    recorded: 'job_dealership:whatsapp_clicks_per_recommendation:ratio_increase1d',
    expression: (scope) =>
      `${increase(scope, 'whatsapp_clicks_total', 'dealership')} / ${onJob(scope)} group_left () (${increase(scope, 'recommendations_total')} > 0)`,
  },
  {
    ...SHARE,
    name: 'diversity',
    title: 'diversity of results',
    group: 'quality',
    recorded: 'job:recommendation_diversity_score:mean5m',
    expression: (scope) => mean(scope, 'recommendation_diversity_score'),
  },
  {
    name: 'carsWithoutImage',
    title: 'cars without image',
    group: 'quality',
    unit: 'ratio',
    good: 'below',
    traffic: null,
    recorded: 'job:cars_without_image:ratio',
    // Every replica tells of the same catalogue.
    expression: (scope) => `${total(scope, 'cars_without_image')} / (${total(scope, 'cars_total')} > 0)`,
  },
  {
    name: 'cacheLookups',
    title: 'cache lookups',
    group: 'cache',
    unit: 'perSecond',
    good: 'above',
    traffic: null,
    recorded: 'job:cache_lookups:rate5m',
    expression: lookups,
  },
  {
    name: 'cacheHits',
    title: 'cache hit rate',
    group: 'cache',
    unit: 'ratio',
    good: 'above',
    traffic: 'cacheLookups',
    recorded: 'job:cache_hits:ratio_rate5m',
    expression: (scope) =>
      `(${rate(scope, 'cache_hits_total')} or 0 * ${rate(scope, 'cache_misses_total')}) / (${lookups(scope)} > 0)`,
  },
]
